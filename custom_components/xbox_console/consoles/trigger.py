"""Triggers of consoles: what they run, and that one is wanted which the network cannot wake."""

from functools import partial
from typing import cast, override

from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, State
from homeassistant.helpers.target import (
    TargetSelection,
    async_extract_referenced_entity_ids,
)
from homeassistant.helpers.trigger import (
    Trigger,
    TriggerActionRunner,
    TriggerConfig,
    TriggerNotTriggeredReporter,
)
from homeassistant.helpers.typing import ConfigType

from ..games.trigger import EVENT, STATE, Changed, naming
from ..games.watched import coordinator_of, is_news
from . import wake
from .coordinator import ConsoleCoordinator
from .watched import ATTR_PENDING, CONF_APP, CONSOLE


class ConsoleLaunchedApp(Changed):
    """A game or app came to the screen of a console, and was seen there: a wish alone is no launch."""

    _domain_specs = CONSOLE.specs
    _schema = naming(STATE, CONF_APP)
    _watched = CONSOLE

    @override
    def fits(self, state: State) -> bool:
        """Whether one of those that are meant runs, and not only should."""
        return state.attributes.get(ATTR_PENDING) is None and super().fits(state)

    @override
    def is_valid_transition(self, from_state: State, to_state: State) -> bool:
        """Whether it has come to the screen since the last state: what is taken back was there before."""
        if not self._watched.holds(to_state):
            # Nothing is pending of home and the like.
            return super().is_valid_transition(from_state, to_state)
        console = coordinator_of(self._hass, to_state)
        return (
            isinstance(console, ConsoleCoordinator)
            and console.front_since is not None
            and console.front_since > from_state.last_updated
            and is_news(self._hass, to_state)
        )


class ConsoleWakeRequested(Trigger):
    """Somebody wants a console on that the network cannot wake."""

    @classmethod
    @override
    async def async_validate_config(
        cls, hass: HomeAssistant, config: ConfigType
    ) -> ConfigType:
        """Take a target and nothing else."""
        return cast("ConfigType", EVENT(config))

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Remember which consoles are meant."""
        super().__init__(hass, config)
        self._target = TargetSelection(config.target or {})

    @override
    async def async_attach_runner(
        self,
        run_action: TriggerActionRunner,
        did_not_trigger: TriggerNotTriggeredReporter | None = None,
    ) -> CALLBACK_TYPE:
        """Run as soon as one of them is wanted."""

        def help_with(player: str) -> wake.Ask | None:
            if player not in self._players():
                return None
            state = self._hass.states.get(player)
            told = {ATTR_ENTITY_ID: player, "from_state": state, "to_state": state}
            return partial(run_action, told, f"wake of {player}")

        return wake.offer(self._hass, help_with)

    def _players(self) -> set[str]:
        """The media players of the consoles that are meant by now."""
        selected = async_extract_referenced_entity_ids(self._hass, self._target)
        named = selected.referenced | selected.indirectly_referenced
        return CONSOLE.among(self._hass, named)


TRIGGERS: dict[str, type[Trigger]] = {
    "console_launched_app": ConsoleLaunchedApp,
    "console_wake_requested": ConsoleWakeRequested,
}
