"""The options of an entry, in short forms that nobody has to open."""

from collections.abc import Mapping
from typing import Any

from homeassistant.components.media_player import DOMAIN as MEDIA_PLAYER
from homeassistant.config_entries import (
    ConfigEntryState,
    ConfigFlowResult,
    OptionsFlowWithReload,
)
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.selector import (
    BooleanSelector,
    EntitySelector,
    EntitySelectorConfig,
    ObjectSelector,
    ObjectSelectorConfig,
    ObjectSelectorField,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TimeSelector,
)
from homeassistant.util import dt as dt_util
from probatio import Optional, Required, Schema

from ..account import naming
from ..account.options import (
    CONF_DAY_START,
    CONF_DESELECTED,
    CONF_GAME_PASS,
    CONF_HIDDEN,
    CONF_LOCAL_NETWORK,
    CONF_RENAMED,
    CONF_SOUND,
    Options,
)
from ..const import DOMAIN
from ..games.library import Library, clean
from .coordinator import ConsoleCoordinator
from .list import ConsoleListCoordinator
from .sound import Sound

_CONSOLES = "consoles"
_CONSOLE = "console"
_PLAYER = "player"
_APP = "app"
_NAME = "name"
_LONG_LIST = 8
"""Choices from which on they are folded away."""


class XboxConsoleOptionsFlow(OptionsFlowWithReload):
    """Which consoles, how their apps are called, through what they are heard, and when a day begins."""

    MENU: tuple[str, ...] = (
        "consoles",
        "apps",
        "sound",
        "people",
        "local_network",
        "game_pass",
    )

    def __init__(self) -> None:
        """Start with no console chosen."""
        self._console_id = ""

    @property
    def _consoles(self) -> ConsoleListCoordinator:
        consoles: ConsoleListCoordinator = self.config_entry.runtime_data.consoles
        return consoles

    @property
    def _options(self) -> Options:
        return Options.of(self.config_entry)

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Let the user choose what to change."""
        if self.config_entry.state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="not_loaded")
        return self.async_show_menu(step_id="init", menu_options=list(self.MENU))

    async def async_step_consoles(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Which consoles to have; those that come later are had until they are deselected."""
        names = {
            console.id: naming.title(console)
            for console in self._consoles.data.values()
        }
        deselected = self._options.deselected
        if user_input is not None:
            gone = deselected - names.keys()
            unwanted = names.keys() - set(user_input[_CONSOLES])
            return self._saved(CONF_DESELECTED, sorted(gone | unwanted))
        wanted = [console_id for console_id in names if console_id not in deselected]
        return self.async_show_form(
            step_id="consoles",
            data_schema=Schema(
                {Required(_CONSOLES, default=wanted): _choice(names, multiple=True)}
            ),
        )

    async def async_step_apps(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """What to hide, and what to call otherwise."""
        names, options = self._app_names(), self._options
        if user_input is not None:
            hidden = {
                *(options.hidden - names.keys()),
                *user_input.get(CONF_HIDDEN, ()),
            }
            renamed = _renamed(names, options, user_input.get(CONF_RENAMED, ()))
            return self._saved(CONF_HIDDEN, sorted(hidden), {CONF_RENAMED: renamed})
        schema = Schema(
            {
                Optional(CONF_HIDDEN): _choice(names, multiple=True),
                Optional(CONF_RENAMED): _renaming(list(names.values())),
            }
        )
        chosen = {
            CONF_HIDDEN: [each for each in names if each in options.hidden],
            CONF_RENAMED: [
                {_APP: names[product_id], _NAME: name}
                for product_id, name in options.renamed.items()
                if product_id in names
            ],
        }
        return self.async_show_form(
            step_id="apps",
            data_schema=self.add_suggested_values_to_schema(schema, chosen),
        )

    def _app_names(self) -> dict[str, str]:
        """What everything that is installed anywhere is called, by product id."""
        everything = Library(
            app
            for console in self._consoles.consoles.values()
            for app in console.library.installed
        )
        return {
            app.product_id: name
            for name, app in everything.by_name.items()
            if app.product_id
        }

    async def async_step_sound(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Which console's sound it is about, if there are several."""
        names = {
            console_id: console.subject
            for console_id, console in self._consoles.consoles.items()
        }
        if not names:
            return self.async_abort(reason="no_console")
        if user_input is None and len(names) > 1:
            return self.async_show_form(
                step_id="sound",
                data_schema=Schema({Required(_CONSOLE): _choice(names)}),
            )
        self._console_id = user_input[_CONSOLE] if user_input else next(iter(names))
        return await self.async_step_sound_player()

    async def async_step_sound_player(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Through which media player a console is heard."""
        registry = er.async_get(self.hass)
        sound = dict(self._options.sound)
        errors = {}
        if user_input is not None:
            sound.pop(self._console_id, None)
            if (player := user_input.get(_PLAYER)) is not None:
                # The id in the registry outlives a change of the entity id.
                known = registry.async_get(player)
                sound[self._console_id] = known.id if known else player
                if Sound(self.hass, player, self._console_id).contains_console:
                    errors[_PLAYER] = "contains_console"
            if not errors:
                return self._saved(CONF_SOUND, sound)
        own = [
            entity.entity_id
            for entity in registry.entities.values()
            if entity.platform == DOMAIN and entity.domain == MEDIA_PLAYER
        ]
        selector = EntitySelector(
            EntitySelectorConfig(domain=MEDIA_PLAYER, exclude_entities=own)
        )
        reference = sound.get(self._console_id)
        player = er.async_resolve_entity_id(registry, reference) if reference else None
        return self.async_show_form(
            step_id="sound_player",
            data_schema=self.add_suggested_values_to_schema(
                Schema({Optional(_PLAYER): selector}), {_PLAYER: player}
            ),
            errors=errors,
            description_placeholders={
                _CONSOLE: self._consoles.consoles[self._console_id].subject
            },
        )

    async def async_step_people(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """When a day of play begins: whoever plays past midnight does not begin a new one."""
        if user_input is not None:
            return self._saved(CONF_DAY_START, user_input[CONF_DAY_START])
        default = self._options.day_start.isoformat()
        return self.async_show_form(
            step_id="people",
            data_schema=Schema(
                {Required(CONF_DAY_START, default=default): TimeSelector()}
            ),
        )

    async def async_step_local_network(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Whether the local network may be used, and what was found there."""
        if user_input is not None:
            return self._saved(CONF_LOCAL_NETWORK, user_input[CONF_LOCAL_NETWORK])
        default = self._options.local_network
        found = "\n".join(
            f"- {line}"
            for console in self._consoles.consoles.values()
            if (line := _whereabouts(console))
        )
        return self.async_show_form(
            step_id="local_network",
            data_schema=Schema(
                {Required(CONF_LOCAL_NETWORK, default=default): BooleanSelector()}
            ),
            description_placeholders={"found": found or "–"},
        )

    async def async_step_game_pass(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Whether it is told what Game Pass gets and loses."""
        if user_input is not None:
            return self._saved(CONF_GAME_PASS, user_input[CONF_GAME_PASS])
        default = self._options.game_pass
        return self.async_show_form(
            step_id="game_pass",
            data_schema=Schema(
                {Required(CONF_GAME_PASS, default=default): BooleanSelector()}
            ),
        )

    def _saved(
        self, key: str, value: object, others: Mapping[str, object] | None = None
    ) -> ConfigFlowResult:
        changed = {key: value, **(others or {})}
        return self.async_create_entry(data={**self.config_entry.options, **changed})


def _whereabouts(console: ConsoleCoordinator) -> str:
    """Name and address of a console, and since when it answers; nothing if it was not found."""
    there = console.nearby.neighbour
    if there.address is None:
        return ""
    since = there.answers_since
    answers = f" ✓ {dt_util.as_local(since):%Y-%m-%d %H:%M}" if since else ""
    return f"{console.subject}: {there.address}{answers}"


def _choice(names: Mapping[str, str], *, multiple: bool = False) -> SelectSelector:
    return SelectSelector(
        SelectSelectorConfig(
            options=[
                SelectOptionDict(value=value, label=label)
                for value, label in names.items()
            ],
            multiple=multiple,
            mode=SelectSelectorMode.LIST
            if len(names) < _LONG_LIST
            else SelectSelectorMode.DROPDOWN,
        )
    )


def _renaming(names: list[str]) -> ObjectSelector:
    """A list of apps with a new name each; the page shows values, so these are names, not ids."""
    app = SelectSelector(
        SelectSelectorConfig(options=names, mode=SelectSelectorMode.DROPDOWN)
    )
    return ObjectSelector(
        ObjectSelectorConfig(
            fields={
                _APP: ObjectSelectorField(selector=app, required=True),
                _NAME: ObjectSelectorField(selector=TextSelector(), required=True),
            },
            multiple=True,
            translation_key="renamed_app",
        )
    )


def _renamed(
    names: Mapping[str, str], options: Options, entered: list[dict[str, str]]
) -> dict[str, str]:
    """New names by product id; those of what is not installed at the moment are kept."""
    ids = {name: product_id for product_id, name in names.items()}
    kept = {id_: name for id_, name in options.renamed.items() if id_ not in names}
    new = {ids[item[_APP]]: clean(item[_NAME]) for item in entered}
    return kept | {id_: name for id_, name in new.items() if name}
