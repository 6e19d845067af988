"""What a user may choose beyond the sign-in; nothing has to be chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Self

from homeassistant.config_entries import ConfigEntry

CONF_BUDGET = "budget"
CONF_DAY_START = "day_start"
CONF_DESELECTED = "deselected_consoles"
CONF_GAME_PASS = "game_pass"
CONF_HIDDEN = "hidden_apps"
CONF_LOCAL_NETWORK = "local_network"
CONF_RENAMED = "renamed_apps"
CONF_SOUND = "sound_through"


@dataclass(frozen=True, slots=True)
class Options:
    """The options of an entry."""

    deselected: frozenset[str]
    """Ids of consoles that are left alone."""
    hidden: frozenset[str]
    """Product ids of what no list shows."""
    renamed: Mapping[str, str]
    """New names by product id."""
    sound: Mapping[str, str]
    """By console id: the media player (entity id, or its id in the registry) that has the volume."""
    local_network: bool
    """Whether the local network may be asked, and sent wakes."""
    game_pass: bool
    """Whether it is told what Game Pass gets and loses."""
    day_start: time
    """When a day of play begins, where Home Assistant is."""

    @classmethod
    def of(cls, entry: ConfigEntry) -> Self:
        """Read the options of an entry."""
        chosen = entry.options
        return cls(
            deselected=frozenset(chosen.get(CONF_DESELECTED, ())),
            hidden=frozenset(chosen.get(CONF_HIDDEN, ())),
            renamed=chosen.get(CONF_RENAMED, {}),
            sound=chosen.get(CONF_SOUND, {}),
            local_network=chosen.get(CONF_LOCAL_NETWORK, True),
            game_pass=chosen.get(CONF_GAME_PASS, False),
            day_start=time.fromisoformat(
                chosen.get(CONF_DAY_START, time().isoformat())
            ),
        )
