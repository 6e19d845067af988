"""Assist and consoles: what is not installed is said in words, and a library can be searched by voice."""

from collections.abc import Callable
import re
from typing import TYPE_CHECKING, Any, override

from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.components.media_player import (
    DOMAIN as MEDIA_PLAYER,
    INTENT_MEDIA_SEARCH_AND_PLAY,
    MediaPlayerEntityFeature,
)
from homeassistant.const import EVENT_COMPONENT_LOADED
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, State, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er, intent
from homeassistant.helpers.event import (
    async_track_entity_registry_updated_event,
    async_track_state_change_event,
)
from homeassistant.helpers.start import async_at_started
from homeassistant.loader import async_get_integration
from homeassistant.setup import ATTR_COMPONENT, EventComponentLoaded, async_when_setup

from ..const import DOMAIN

if TYPE_CHECKING:
    # Installed with the conversation integration, which a house may lack.
    from hassil.recognize import RecognizeResult
    from homeassistant.components.conversation.models import ConversationInput

_CONVERSATION = "conversation"
_SEARCH = "search [for] {query} (on|in) [the] "
"""What is said; an English sentence has an English answer."""
_NO_WORD = re.compile(r"[^\w\s]+")
_MOST_FOUND = 5
"""Names that are read out: nobody listens to more."""


@callback
def register(hass: HomeAssistant) -> None:
    """Stand before what plays media by voice, as soon as it is there."""
    for component in (MEDIA_PLAYER, _CONVERSATION):
        async_when_setup(hass, component, _stand_before)
    async_at_started(hass, _stand_before)


async def _stand_before(hass: HomeAssistant, _: str = "") -> None:
    if MEDIA_PLAYER in hass.config.components:
        # What plays media by voice is there once its module is.
        integration = await async_get_integration(hass, MEDIA_PLAYER)
        await integration.async_get_platform("intent")
    for handler in tuple(intent.async_get(hass)):
        if handler.intent_type == INTENT_MEDIA_SEARCH_AND_PLAY and not isinstance(
            handler, SearchAndPlay
        ):
            intent.async_remove(hass, INTENT_MEDIA_SEARCH_AND_PLAY)
            intent.async_register(hass, SearchAndPlay(handler))


class SearchAndPlay(intent.IntentHandler):
    """Plays on every player as before; what a console does not play is explained.

    Home Assistant speaks of an unexpected error when nothing is found.
    """

    intent_type = INTENT_MEDIA_SEARCH_AND_PLAY
    platforms = {MEDIA_PLAYER}

    def __init__(self, handler: intent.IntentHandler) -> None:
        """Leave everything to another handler first."""
        self._handler = handler
        self.description = handler.description

    @property
    @override
    def slot_schema(self) -> dict[str, object] | None:
        """What the other takes."""
        return self._handler.slot_schema

    @override
    async def async_handle(self, intent_obj: intent.Intent) -> intent.IntentResponse:
        """Let the other handle it, and put into words what it could not do."""
        try:
            return await self._handler.async_handle(intent_obj)
        except intent.IntentHandleError as error:
            reason = _reason(intent_obj, error.__cause__)
            if reason is None:
                raise
        response = intent_obj.create_response()
        response.async_set_error(
            intent.IntentResponseErrorCode.FAILED_TO_HANDLE, str(reason)
        )
        return response


def _reason(
    intent_obj: intent.Intent, cause: BaseException | None
) -> HomeAssistantError | None:
    """Why a console does not play it; None if it is another player, or nobody knows."""
    if isinstance(cause, HomeAssistantError):
        return cause if cause.translation_domain == DOMAIN else None
    console = _console(intent_obj)
    if console is None:
        return None
    return HomeAssistantError(
        translation_domain=DOMAIN,
        translation_key="app_not_installed",
        translation_placeholders={
            "app": _slot(intent_obj, "search_query") or "",
            "console": console.name,
        },
    )


def _console(intent_obj: intent.Intent) -> State | None:
    """The console that is meant, if one is: found as Home Assistant finds a player."""
    result = intent.async_match_targets(
        intent_obj.hass,
        intent.MatchTargetsConstraints(
            name=_slot(intent_obj, "name"),
            area_name=_slot(intent_obj, "area"),
            floor_name=_slot(intent_obj, "floor"),
            domains={MEDIA_PLAYER},
            assistant=intent_obj.assistant,
            features=MediaPlayerEntityFeature.SEARCH_MEDIA
            | MediaPlayerEntityFeature.PLAY_MEDIA,
            single_target=True,
        ),
        intent.MatchTargetsPreferences(
            area_id=_slot(intent_obj, "preferred_area_id"),
            floor_id=_slot(intent_obj, "preferred_floor_id"),
        ),
    )
    if not result.is_match:
        return None
    entity = er.async_get(intent_obj.hass).async_get(result.states[0].entity_id)
    return result.states[0] if entity and entity.platform == DOMAIN else None


def _slot(intent_obj: intent.Intent, name: str) -> str | None:
    value: str | None = intent_obj.slots.get(name, {}).get("value")
    return value


@callback
def _is_conversation(loaded: EventComponentLoaded) -> bool:
    return loaded[ATTR_COMPONENT] == _CONVERSATION


class Searched:
    """A player whose library can be searched by voice under each of its names, while it is exposed."""

    def __init__(
        self, hass: HomeAssistant, entity_id: str, found: Callable[[str], list[str]]
    ) -> None:
        """Answer with what `found` has for a query, the likeliest first."""
        self._hass = hass
        self._entity_id = entity_id
        self._found = found
        self._names: list[str] = []
        self._let_go: CALLBACK_TYPE = lambda: None
        self._gone = False

    @callback
    def follow(self) -> CALLBACK_TYPE:
        """Be there from now on, under the names of then; returns what ends it."""
        ends = (
            async_track_state_change_event(self._hass, self._entity_id, self._renew),
            async_track_entity_registry_updated_event(
                self._hass, self._entity_id, self._renew
            ),
            # Not async_when_setup: that waits for ever in a house that has no Assist.
            self._hass.bus.async_listen(
                EVENT_COMPONENT_LOADED, self._renew, event_filter=_is_conversation
            ),
        )
        self._renew()

        @callback
        def end() -> None:
            self._gone = True
            for stop in (*ends, self._let_go):
                stop()

        return end

    @callback
    def _renew(self, _event: Event[Any] | None = None) -> None:
        """Take the names of now, if they are others."""
        names = self._spoken()
        if self._gone or names == self._names:
            return
        # Loaded by then, or there would be no names; a house without it need not load it.
        from homeassistant.components.conversation.agent_manager import (  # noqa: PLC0415
            get_agent_manager,
        )

        self._let_go()
        self._names = names
        self._let_go = (
            get_agent_manager(self._hass).register_trigger(
                [f"{_SEARCH}({'|'.join(names)})"], self._answer
            )
            if names
            else lambda: None
        )

    def _spoken(self) -> list[str]:
        """The names under which Assist knows it, without what templates of sentences give a meaning."""
        entity = er.async_get(self._hass).async_get(self._entity_id)
        if (
            entity is None
            or _CONVERSATION not in self._hass.config.components
            or not async_should_expose(self._hass, _CONVERSATION, self._entity_id)
        ):
            return []
        names = er.async_get_entity_aliases(self._hass, entity, allow_empty=False)
        plain = (" ".join(_NO_WORD.sub(" ", name).split()) for name in names)
        return sorted(filter(None, set(plain)))

    async def _answer(self, said: ConversationInput, result: RecognizeResult) -> str:
        """Say what is installed."""
        query = result.entities["query"].text.strip()
        state = self._hass.states.get(self._entity_id)
        console = state.name if state else self._names[0]
        found = self._found(query)[:_MOST_FOUND]
        if not found:
            return f"Nothing like {query} is installed on {console}."
        return f"Found on {console}: {', '.join(found)}."
