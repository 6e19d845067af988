"""Triggers of consoles: what they run."""

from homeassistant.helpers.trigger import Trigger

from ..games.trigger import STATE, Changed, naming
from .watched import CONF_APP, CONSOLE


class ConsoleLaunchedApp(Changed):
    """A game or app came to the screen of a console."""

    _domain_specs = CONSOLE.specs
    _schema = naming(STATE, CONF_APP)
    _watched = CONSOLE


TRIGGERS: dict[str, type[Trigger]] = {"console_launched_app": ConsoleLaunchedApp}
