"""Follow people: the family with a tick each, friends from a list, several at once, or anyone by gamertag."""

from asyncio import gather
from collections.abc import Container, Mapping
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

_FAMILY = "family"
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
        self._family: dict[str, str] = {}

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
            self._family, self._friends = await gather(_family(xbox), _friends(xbox))
            self._family.pop(entry.unique_id or "", None)
        problem: _Refused | None = None
        if user_input is not None:
            try:
                picked = [*user_input.get(_FAMILY, ()), *user_input[_PEOPLE]]
                return self._follow(await self._found(xbox, picked))
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
        family = _options(self._family, without=followed)
        friends = _options(self._friends or {}, without={*followed, *self._family})
        people = SelectSelector(
            SelectSelectorConfig(
                options=friends,
                multiple=True,
                custom_value=True,
                mode=SelectSelectorMode.DROPDOWN,
            )
        )
        ticks = SelectSelector(
            SelectSelectorConfig(
                options=family, multiple=True, mode=SelectSelectorMode.LIST
            )
        )
        # Without a default the page would pick the first one by itself.
        return Schema(
            {
                **({Required(_FAMILY, default=list): ticks} if family else {}),
                Required(_PEOPLE, default=list): people,
            }
        )

    async def _found(self, xbox: XboxLive, picked: list[str]) -> dict[str, str]:
        """Gamertags by XUID: friends by id, others looked up. Raises _Refused."""
        entry = self._get_entry()
        taken = {each.unique_id for each in entry.get_subentries_of_type(PERSON)}
        known, found = {**(self._friends or {}), **self._family}, dict[str, str]()
        for one in picked:
            if one in known:
                xuid, gamertag = one, known[one]
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


def _options(
    people: Mapping[str, str], without: Container[str | None]
) -> list[SelectOptionDict]:
    return [
        SelectOptionDict(value=xuid, label=gamertag)
        for xuid, gamertag in people.items()
        if xuid not in without
    ]


async def _family(xbox: XboxLive) -> dict[str, str]:
    """Gamertags of the family by XUID, children first; nobody if the network does not tell them."""
    try:
        members = await xbox.family(patience=5).members()
    except XboxError as error:
        LOGGER.debug("The family is not told: %s", error)
        return {}
    in_order = sorted(members, key=lambda one: (not one.child, one.gamertag.casefold()))
    return {member.xuid: member.gamertag for member in in_order}


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
