"""Consoles with which a known case is met, by the case's name."""

from collections.abc import Mapping

from simulator.consoles.knobs import KINDS, ConsoleKnobs
from simulator.consoles.ranges import NEVER

_wake_8 = ConsoleKnobs.answering(2.0, wake__effect_seconds=8.0)

PRESETS: Mapping[str, ConsoleKnobs] = {
    "A1": _wake_8,
    "A2": _wake_8,
    "A3": _wake_8,
    "A4": ConsoleKnobs.answering(2.0, wake__effect_seconds=8.1),
    "A5": ConsoleKnobs.answering(0.5, launch__effect_seconds=5.0),
    "A6": ConsoleKnobs.answering(2.0, launch__effect_seconds=25.0),
    "A7": ConsoleKnobs.answering(2.0, wake__effect_seconds=45.0),
    "A8": ConsoleKnobs.answering(2.0, wake__effect_seconds=NEVER),
    "A9": ConsoleKnobs.answering(
        0.5, wake__effect_seconds=8.0, turn_off__effect_seconds=6.0
    ),
    "A10": ConsoleKnobs.answering(2.0, reboot__effect_seconds=40.0, reboot_shows="Off"),
    "A10 asleep": ConsoleKnobs.answering(
        2.0, reboot__effect_seconds=40.0, reboot_shows="Off", reboot_ends="asleep"
    ),
    "A11": ConsoleKnobs.answering(
        2.0, install__effect_seconds=120.0, install__op_seconds=90.0
    ),
    "A12": ConsoleKnobs.answering(
        2.0, maintenance_after_seconds=60.0, maintenance_seconds=120.0
    ),
    "A13": ConsoleKnobs.answering(2.0, game_sessions=False),
    "A13 session": ConsoleKnobs.answering(2.0, game_sessions=True),
    "B1": ConsoleKnobs().changed({"odd_list": "empty"}),
    "B1 missing": ConsoleKnobs().changed({"odd_list": "missing"}),
    "B1 missing often": ConsoleKnobs().changed({"odd_list": "missing", "odd_lists": 5}),
    "B2": ConsoleKnobs().changed({"odd_refusal": 1}),
    "B3": ConsoleKnobs().changed({"unplugged_status_seconds": NEVER}),
    "B4": ConsoleKnobs(),
    "B5": ConsoleKnobs().changed({"focus_in_standby": "stale"}),
    "B6": ConsoleKnobs().changed({"list_power_asleep": "On"}),
    "B6 lag": ConsoleKnobs().changed({"list_lag_seconds": 120.0}),
    "W2": ConsoleKnobs.answering(NEVER),
    "W2 unknown": ConsoleKnobs().changed(
        {f"{kind}.op_answer": "404" for kind in KINDS}
    ),
    "D8": ConsoleKnobs().changed({"install_events": "404"}),
    "D8 unlisted": ConsoleKnobs().changed(
        {"installed_lag_seconds": NEVER, "events_lag_seconds": NEVER}
    ),
}
