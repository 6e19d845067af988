"""Tools for language models: who plays what, for how long, and may longer; launch, press a key, type text."""

from abc import abstractmethod
from collections.abc import Iterator
from typing import Any, ClassVar, override

from homeassistant.components.button import DOMAIN as BUTTON
from homeassistant.components.homeassistant import async_should_expose
from homeassistant.components.llm import LLMTools
from homeassistant.components.media_player import DOMAIN as MEDIA_PLAYER
from homeassistant.components.remote import (
    ATTR_COMMAND,
    DOMAIN as REMOTE,
    SERVICE_SEND_COMMAND,
)
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import (
    ATTR_ENTITY_ID,
    ATTR_UNIT_OF_MEASUREMENT,
    CONF_TIMEOUT,
    STATE_ON,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
    UnitOfTime,
)
from homeassistant.core import HomeAssistant, State, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import (
    config_validation as cv,
    device_registry as dr,
    entity_registry as er,
    intent,
)
from homeassistant.helpers.llm import (
    LLM_API_ASSIST,
    LLMContext,
    Tool,
    ToolAnnotations,
    ToolInput,
    ToolResult,
    async_get_match_preferences,
)
from homeassistant.util.json import JsonValueType
from homeassistant.util.unit_conversion import DurationConverter
from probatio import All, Coerce, EnsureList, Length, Optional, Range, Required, Schema

from .consoles.actions import ATTR_APP, ATTR_WAIT
from .consoles.names import NAMES, TEXT_PREFIX
from .const import DOMAIN
from .family.actions import of_device
from .family.button import MINUTES, MORE_MINUTES
from .family.family import Family
from .games.search import words
from .people.followed import Followed

_LAUNCH_SECONDS = 30
_WATCHED = {
    "binary_sensor": ("online", "in_game"),
    "sensor": ("now_playing", "played_today", "remaining_today"),
    MEDIA_PLAYER: ("console",),
}
"""Translation keys of the entities that tell who plays what."""
_MINUTES = {
    "played_today": "minutes_played_today",
    "remaining_today": "minutes_left_today",
}


def _exposed(
    hass: HomeAssistant, context: LLMContext, domain: str
) -> Iterator[tuple[er.RegistryEntry, State]]:
    """Our entities of a domain that this assistant may use, with their states."""
    for entity in er.async_get(hass).entities.values():
        if (
            entity.platform == DOMAIN
            and entity.domain == domain
            and (state := hass.states.get(entity.entity_id)) is not None
            and context.assistant
            and async_should_expose(hass, context.assistant, entity.entity_id)
        ):
            yield entity, state


def _watched(
    hass: HomeAssistant, context: LLMContext
) -> Iterator[tuple[er.RegistryEntry, State]]:
    """The exposed entities that tell who plays what."""
    for domain, keys in _WATCHED.items():
        for entity, state in _exposed(hass, context, domain):
            if entity.translation_key in keys:
                yield entity, state


class WhoIsPlaying(Tool):
    """Tells what people and consoles do; costs no request."""

    name = f"{DOMAIN}__who_is_playing"
    title = "Who is playing on Xbox"
    description = (
        "Tells who is online on Xbox, what they play, how many minutes they have played "
        "today and may still play, and what the Xbox consoles run."
    )
    parameters = Schema(
        {
            Optional(
                "name", description="Only this person or console, by name"
            ): cv.string
        }
    )
    annotations = ToolAnnotations(
        read_only=True, destructive=False, idempotent=True, open_world=False
    )
    integration = DOMAIN

    @override
    async def async_call(
        self, hass: HomeAssistant, tool_input: ToolInput, llm_context: LLMContext
    ) -> ToolResult:
        """Gather it by device."""
        wanted = words(_arguments(self, tool_input).get("name", ""))
        told: dict[str, dict[str, JsonValueType]] = {}
        consoles = set[str]()
        devices = dr.async_get(hass)
        for entity, state in _watched(hass, llm_context):
            device = devices.async_get(entity.device_id or "")
            name = (device and (device.name_by_user or device.name)) or state.name
            if wanted and not set(wanted) <= set(words(name)):
                continue
            told.setdefault(device.id if device else entity.id, {"name": name}).update(
                _facts(entity, state)
            )
            if entity.domain == MEDIA_PLAYER:
                consoles.add(device.id if device else entity.id)
        people: list[JsonValueType] = [
            facts for key, facts in told.items() if key not in consoles
        ]
        machines: list[JsonValueType] = [told[key] for key in consoles]
        return ToolResult(data={"people": people, "consoles": machines})


def _facts(entity: er.RegistryEntry, state: State) -> dict[str, JsonValueType]:
    """What one entity says; nothing if it does not know."""
    if state.state == STATE_UNAVAILABLE:
        return {}
    match entity.translation_key:
        case "console":
            running = state.attributes.get("media_title") or state.attributes.get(
                "app_name"
            )
            return {"state": state.state, "running": running}
        case "now_playing":
            return {"playing": None if state.state == STATE_UNKNOWN else state.state}
        case _ if state.state == STATE_UNKNOWN:
            return {}
        case "played_today" | "remaining_today" as key:
            unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
            minutes = DurationConverter.convert(
                float(state.state), unit, UnitOfTime.MINUTES
            )
            return {_MINUTES[key]: round(minutes)}
        case key:
            return {str(key): state.state == STATE_ON}


def _arguments(tool: Tool, tool_input: ToolInput) -> dict[str, Any]:
    """What was given, without the blanks that models like to send."""
    given = tool_input.tool_args.items()
    arguments: dict[str, Any] = tool.parameters(
        {key: value for key, value in given if not intent.is_blank_slot_value(value)}
    )
    return arguments


class _ConsoleTool(Tool):
    """A tool that tells one console something, through an exposed entity of it."""

    integration = DOMAIN
    annotations = ToolAnnotations(open_world=False)
    domain: ClassVar[str]
    _target: ClassVar = {
        Optional("console_name", description="Name of the console"): cv.string,
        Optional("area", description="Name of the area it is in"): cv.string,
        Optional("floor", description="Name of the floor it is on"): cv.string,
    }

    @override
    async def async_call(
        self, hass: HomeAssistant, tool_input: ToolInput, llm_context: LLMContext
    ) -> ToolResult:
        """Tell the console that is meant."""
        arguments = _arguments(self, tool_input)
        console = self._console(hass, llm_context, arguments)
        service, data, did = self._act(arguments)
        domain, _, action = service.partition(".")
        await hass.services.async_call(
            domain,
            action,
            {ATTR_ENTITY_ID: console.entity_id, **data},
            context=llm_context.context,
            blocking=True,
        )
        return ToolResult(data={"success": True, "console": console.name, "did": did})

    @abstractmethod
    def _act(self, arguments: dict[str, Any]) -> tuple[str, dict[str, Any], str]:
        """The action, its data, and what it comes to in words."""

    def _console(
        self, hass: HomeAssistant, context: LLMContext, arguments: dict[str, Any]
    ) -> State:
        """The one console that is meant. Raises MatchFailedError."""
        constraints = intent.MatchTargetsConstraints(
            name=arguments.get("console_name"),
            area_name=arguments.get("area"),
            floor_name=arguments.get("floor"),
            domains={self.domain},
            assistant=context.assistant,
            single_target=True,
        )
        preferences = async_get_match_preferences(hass, context)
        ours = [state for _, state in _exposed(hass, context, self.domain)]
        result = intent.async_match_targets(hass, constraints, preferences, ours)
        if not result.is_match:
            raise intent.MatchFailedError(
                result=result, constraints=constraints, preferences=preferences
            )
        return result.states[0]


class Launch(_ConsoleTool):
    """Starts something and waits until it runs."""

    name = f"{DOMAIN}__launch"
    title = "Launch on Xbox"
    description = (
        "Starts an installed game or app on an Xbox console, waking it first if need be. "
        "What runs there is left. Home goes to the home screen."
    )
    parameters = Schema(
        {
            Required(ATTR_APP, description="Name of the game or app"): cv.string,
            **_ConsoleTool._target,  # noqa: SLF001 - the same for all tools of a console
        }
    )
    annotations = ToolAnnotations(idempotent=True, open_world=False)
    domain = MEDIA_PLAYER

    @override
    def _act(self, arguments: dict[str, Any]) -> tuple[str, dict[str, Any], str]:
        app = arguments[ATTR_APP]
        data = {ATTR_APP: app, ATTR_WAIT: True, CONF_TIMEOUT: _LAUNCH_SECONDS}
        return f"{DOMAIN}.launch", data, f"started {app}"


class PressKey(_ConsoleTool):
    """Presses keys, one after the other."""

    name = f"{DOMAIN}__press_key"
    title = "Press keys on Xbox"
    description = (
        "Presses keys of the remote control of an Xbox console that is on. Keys: "
        f"{', '.join(NAMES)}."
    )
    parameters = Schema(
        {
            Required("keys", description="Names of the keys, in order"): All(
                EnsureList(), [cv.string], Length(min=1, max=20)
            ),
            **_ConsoleTool._target,  # noqa: SLF001 - the same for all tools of a console
        }
    )
    domain = REMOTE

    @override
    def _act(self, arguments: dict[str, Any]) -> tuple[str, dict[str, Any], str]:
        keys: list[str] = arguments["keys"]
        data = {ATTR_COMMAND: keys}
        return f"{REMOTE}.{SERVICE_SEND_COMMAND}", data, f"pressed {', '.join(keys)}"


class TypeText(_ConsoleTool):
    """Types into the focused text box."""

    name = f"{DOMAIN}__type_text"
    title = "Type text on Xbox"
    description = (
        "Types into the text box that has the focus on an Xbox console, replacing what is "
        "in it."
    )
    parameters = Schema(
        {
            Required("text", description="What to type"): All(cv.string, Length(min=1)),
            **_ConsoleTool._target,  # noqa: SLF001 - the same for all tools of a console
        }
    )
    annotations = ToolAnnotations(idempotent=True, open_world=False)
    domain = REMOTE

    @override
    def _act(self, arguments: dict[str, Any]) -> tuple[str, dict[str, Any], str]:
        text: str = arguments["text"]
        data = {ATTR_COMMAND: [f"{TEXT_PREFIX}{text}"]}
        return f"{REMOTE}.{SERVICE_SEND_COMMAND}", data, f"typed {text}"


def _granting(
    hass: HomeAssistant, context: LLMContext
) -> Iterator[tuple[er.RegistryEntry, State]]:
    """The exposed buttons that let somebody play longer."""
    for entity, state in _exposed(hass, context, BUTTON):
        if entity.translation_key == MORE_MINUTES.key:
            yield entity, state


class GrantPlayTime(Tool):
    """Lets somebody play longer whose button was exposed by hand."""

    name = f"{DOMAIN}__grant_play_time"
    title = "Grant Xbox play time"
    description = (
        "Lets somebody who has a play budget on Xbox play longer, today only. Use it only "
        "when a parent asks for it."
    )
    parameters = Schema(
        {
            Required("name", description="Who may play longer"): cv.string,
            Optional("minutes", default=MINUTES, description="How much longer"): All(
                Coerce(int), Range(min=1, max=240)
            ),
        }
    )
    annotations = ToolAnnotations(
        read_only=False, destructive=False, idempotent=False, open_world=False
    )
    integration = DOMAIN

    @override
    async def async_call(
        self, hass: HomeAssistant, tool_input: ToolInput, llm_context: LLMContext
    ) -> ToolResult:
        """Grant it to the one person that is meant."""
        arguments = _arguments(self, tool_input)
        wanted = set(words(arguments["name"]))
        buttons = [entity for entity, _ in _granting(hass, llm_context)]
        people = [(one, *of_device(hass, one.device_id, _family)) for one in buttons]
        meant = [
            (family, person)
            for button, family, person in people
            if wanted and wanted <= _names(hass, button, person)
        ]
        if len(meant) != 1:
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key="nobody_to_grant",
                translation_placeholders={"player": arguments["name"]},
            )
        ((family, person),) = meant
        family.budgets.grant(person, arguments["minutes"])
        budget = family.budgets.of(person)
        return ToolResult(
            data={
                "success": True,
                "person": person.gamertag,
                "minutes_granted": arguments["minutes"],
                "minutes_left_today": budget.remaining if budget else None,
            }
        )


def _family(entry: ConfigEntry) -> Family:
    family: Family = entry.runtime_data.family
    return family


def _names(hass: HomeAssistant, entity: er.RegistryEntry, person: Followed) -> set[str]:
    """The words that somebody is called by: the gamertag, and what the user calls the device."""
    device = dr.async_get(hass).async_get(entity.device_id or "")
    return {*words(person.gamertag), *words((device and device.name_by_user) or "")}


@callback
def async_get_tools(
    hass: HomeAssistant, llm_context: LLMContext, api_id: str
) -> LLMTools | None:
    """The tools for which entities are exposed."""
    if api_id != LLM_API_ASSIST:
        return None
    tools: list[Tool] = [
        tool()
        for tool in (Launch, PressKey, TypeText)
        if any(_exposed(hass, llm_context, tool.domain))
    ]
    if any(_watched(hass, llm_context)):
        tools.append(WhoIsPlaying())
    if any(_granting(hass, llm_context)):
        tools.append(GrantPlayTime())
    return LLMTools(tools=tools) if tools else None
