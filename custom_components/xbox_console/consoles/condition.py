"""Conditions of consoles: what they run."""

from homeassistant.helpers.condition import Condition

from ..games.condition import WatchingCondition, naming
from .watched import CONF_APP, CONSOLE


class ConsoleIsRunning(WatchingCondition):
    """A console runs a game or app, or one that is named."""

    _domain_specs = CONSOLE.specs
    _schema = naming(CONF_APP)
    _watched = CONSOLE


CONDITIONS: dict[str, type[Condition]] = {"console_is_running": ConsoleIsRunning}
