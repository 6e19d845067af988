"""Follow people: friends picked from a list, several at once, or anyone by gamertag."""

from types import MappingProxyType
from typing import Any

from homeassistant.config_entries import (
    ConfigEntry,
    ConfigEntryState,
    ConfigSubentry,
    ConfigSubentryFlow,
    SubentryFlowResult,
)
from homeassistant.helpers.selector import (
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)
from probatio import Required, Schema

from ..account.errors import error_key, placeholders
from ..const import LOGGER
from ..xboxlive.client import XboxLive
from ..xboxlive.errors import NotFound, XboxError
from ..xboxlive.services.people import Decoration
from ..xboxlive.services.profile import Setting
from .coordinator import PeopleCoordinator
from .roster import PERSON
from .state import name_of

_PEOPLE = "people"
_NAMES = (Setting.GAMERTAG, Setting.UNIQUE_MODERN_GAMERTAG)


class _Refused(Exception):
    """Somebody who was entered cannot be followed."""

    def __init__(self, reason: str, **words: str) -> None:
        """Keep why, as a translation key and what its text mentions."""
        super().__init__(reason)
        self.reason = reason
        self.words = words


class PersonSubentryFlow(ConfigSubentryFlow):
    """Add a subentry for each person that is picked."""

    def __init__(self) -> None:
        """Start without knowing anybody."""
        self._friends: dict[str, str] | None = None

    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Let the user pick."""
        entry = self._get_entry()
        if entry.state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="not_loaded")
        people: PeopleCoordinator = entry.runtime_data.people
        xbox = people.xbox
        if self._friends is None:
            self._friends = await _friends(xbox)
        problem: _Refused | None = None
        if user_input is not None:
            try:
                return self._follow(await self._found(xbox, user_input[_PEOPLE]))
            except _Refused as refused:
                problem = refused
        return self.async_show_form(
            step_id="user",
            data_schema=self.add_suggested_values_to_schema(
                self._schema(entry), user_input
            ),
            errors={"base": problem.reason} if problem else {},
            description_placeholders=problem.words if problem else {},
        )

    def _schema(self, entry: ConfigEntry) -> Schema:
        followed = {each.unique_id for each in entry.get_subentries_of_type(PERSON)}
        options = [
            SelectOptionDict(value=xuid, label=gamertag)
            for xuid, gamertag in (self._friends or {}).items()
            if xuid not in followed
        ]
        selector = SelectSelector(
            SelectSelectorConfig(
                options=options,
                multiple=True,
                custom_value=True,
                mode=SelectSelectorMode.DROPDOWN,
            )
        )
        # Without a default the page would pick the first friend by itself.
        return Schema({Required(_PEOPLE, default=list): selector})

    async def _found(self, xbox: XboxLive, picked: list[str]) -> dict[str, str]:
        """Gamertags by XUID: friends by id, others looked up. Raises _Refused."""
        entry = self._get_entry()
        taken = {each.unique_id for each in entry.get_subentries_of_type(PERSON)}
        friends, found = self._friends or {}, dict[str, str]()
        for one in picked:
            if one in friends:
                xuid, gamertag = one, friends[one]
            else:
                xuid, gamertag = await _look_up(xbox, one.strip())
            if xuid == entry.unique_id:
                raise _Refused("own_account", gamertag=gamertag)
            if xuid in taken:
                raise _Refused("already_followed", gamertag=gamertag)
            found[xuid] = gamertag
        if not found:
            raise _Refused("nobody")
        return found

    def _follow(self, people: dict[str, str]) -> SubentryFlowResult:
        """Make a subentry each: one as this flow's result, the others beside it."""
        *others, (xuid, gamertag) = people.items()
        for other_xuid, other in others:
            self.hass.config_entries.async_add_subentry(
                self._get_entry(),
                ConfigSubentry(
                    data=MappingProxyType({}),
                    subentry_type=PERSON,
                    title=other,
                    unique_id=other_xuid,
                ),
            )
        return self.async_create_entry(title=gamertag, data={}, unique_id=xuid)


async def _friends(xbox: XboxLive) -> dict[str, str]:
    """Gamertags of the friends by XUID, in order; none if the network does not tell them."""
    try:
        friends = await xbox.people(patience=5).friends((Decoration.PREFERRED_COLOR,))
    except XboxError as error:
        LOGGER.debug("The friends are not told: %s", error)
        return {}
    names = {person.xuid: name_of(person) or "?" for person in friends.people}
    return dict(sorted(names.items(), key=lambda friend: friend[1].casefold()))


async def _look_up(xbox: XboxLive, gamertag: str) -> tuple[str, str]:
    """XUID and gamertag of anyone. Raises _Refused."""
    try:
        profile = await xbox.profiles(patience=5).of_gamertag(gamertag, _NAMES)
    except NotFound:
        raise _Refused("unknown_player", gamertag=gamertag) from None
    except XboxError as error:
        raise _Refused(error_key(error), **placeholders(error)) from None
    return profile.id, profile.get(Setting.GAMERTAG) or gamertag
