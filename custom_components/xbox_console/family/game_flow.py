"""Follow a game: one that was played or is installed, or any by name."""

from typing import Any

from homeassistant.config_entries import (
    ConfigEntryState,
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

from ..consoles.list import ConsoleListCoordinator
from ..const import ATTR_GAME, LOGGER
from ..games.search import words
from ..people.coordinator import PeopleCoordinator
from ..xboxlive.client import XboxLive
from ..xboxlive.errors import XboxError
from ..xboxlive.services.catalog import AlternateId
from ..xboxlive.services.titlehub import TitleField, TitleType
from .game import GAME

_MOST = 200


class GameSubentryFlow(ConfigSubentryFlow):
    """Add a subentry for a game."""

    def __init__(self) -> None:
        """Start without knowing any game."""
        self._games: dict[str, str] | None = None

    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Let the user pick one, or name one."""
        entry = self._get_entry()
        if entry.state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="not_loaded")
        people: PeopleCoordinator = entry.runtime_data.people
        if self._games is None:
            installed = _installed(entry.runtime_data.consoles)
            self._games = {**installed, **await _played(people)}
        taken = {each.unique_id for each in entry.get_subentries_of_type(GAME)}
        problem, wanted = "", ""
        if user_input is not None:
            wanted = user_input[ATTR_GAME].strip()
            found = await self._found(people.xbox, wanted)
            if found is not None and found[0] not in taken:
                title_id, name = found
                return self.async_create_entry(title=name, data={}, unique_id=title_id)
            problem = "game_followed" if found else "unknown_game"
        return self.async_show_form(
            step_id="user",
            data_schema=self.add_suggested_values_to_schema(
                self._schema(taken), user_input
            ),
            errors={"base": problem} if problem else {},
            description_placeholders={"game": wanted},
        )

    def _schema(self, taken: set[str | None]) -> Schema:
        options = [
            SelectOptionDict(value=title_id, label=name)
            for title_id, name in (self._games or {}).items()
            if title_id not in taken
        ]
        return Schema(
            {
                Required(ATTR_GAME): SelectSelector(
                    SelectSelectorConfig(
                        options=sorted(options, key=lambda one: one["label"]),
                        custom_value=True,
                        mode=SelectSelectorMode.DROPDOWN,
                    )
                )
            }
        )

    async def _found(self, xbox: XboxLive, wanted: str) -> tuple[str, str] | None:
        """Title id and name of what was picked or typed; None if there is no such game."""
        games = self._games or {}
        if wanted in games:
            return wanted, games[wanted]
        sought = words(wanted)
        if not sought:
            return None
        for title_id, name in games.items():
            if words(name) == sought:
                return title_id, name
        try:
            return await _searched(xbox, wanted)
        except XboxError as error:
            LOGGER.debug("The Store cannot be searched: %s", error)
            return None


def _installed(consoles: ConsoleListCoordinator) -> dict[str, str]:
    """Names of installed games by title id."""
    return {
        app.title_id: app.name
        for console in consoles.consoles.values()
        for app in console.library.installed
        if app.game and app.title_id and app.name
    }


async def _played(people: PeopleCoordinator) -> dict[str, str]:
    """Names of games that the account played, by title id; none if that is not told."""
    try:
        titles = await people.xbox.titlehub(patience=5).history(
            people.xuid, (TitleField.ACHIEVEMENT,), _MOST
        )
    except XboxError as error:
        LOGGER.debug("The history is not told: %s", error)
        return {}
    return {
        title.title_id: title.name
        for title in titles
        if title.name and title.type != TitleType.APPLICATION
    }


async def _searched(xbox: XboxLive, wanted: str) -> tuple[str, str] | None:
    """What the Store has by that name. Raises XboxError."""
    found = await xbox.catalog(patience=5).search(wanted)
    products = await xbox.catalog(patience=5).products(
        [one.product_id for one in found]
    )
    for product in products:
        for other in product.alternate_ids:
            if other.id_type == AlternateId.XBOX_TITLE_ID and other.value:
                return other.value, product.title or wanted
    return None
