"""Whether Home Assistant shows the town as it is."""

from collections.abc import Iterator
from typing import Any

from homeassistant.util import slugify

from simulator.consoles.console import Console
from simulator.games.titles import HOME_AUMID, SCREENSAVER_AUMID
from simulator.people.person import Person
from simulator.people.state import presence_of
from simulator.world import World
from tests.endurance.soak.play import PLAYERS
from tests.endurance.soak.town import PARENT
from tests.integration.house import House

SETTLED = 300.0
"""Seconds after a change in which it may not be shown yet."""
_NOT_SHOWN = "absent"


def wrong_states(house: House) -> Iterator[str]:
    """Say which entities show what is not so."""
    world, now = house.simulator.world, house.clock.now
    world.settle()
    expected: dict[tuple[str, str], Any] = {}
    for console in world.consoles.values():
        since, _ = console.history.states.entries[-1]
        if now - since > SETTLED:
            expected |= _of_console(world, console)
    for key in PLAYERS:
        expected |= _of_person(world, world.people[key])
    for (entity_id, attribute), value in expected.items():
        shown = _shown(house, entity_id, attribute)
        if shown != value:
            yield f"{entity_id} {attribute}: {shown!r}, truly {value!r}"


def _shown(house: House, entity_id: str, attribute: str) -> Any:
    state = house.hass.states.get(entity_id)
    if state is None:
        return _NOT_SHOWN
    return state.attributes.get(attribute) if attribute else state.state


def _of_console(world: World, console: Console) -> dict[tuple[str, str], Any]:
    name = slugify(console.name)
    player = f"media_player.{name}"
    state = console.history.states.entries[-1][1]
    app = next(
        (one for one in world.titles if one.aumid and one.aumid == state.app), None
    )
    game = app is not None and app.kind == "Game"
    if not state.awake:
        shown = "off"
    elif state.playback in ("Playing", "Paused"):
        shown = state.playback.lower()
    elif game:
        shown = "playing"
    else:
        shown = {SCREENSAVER_AUMID: "idle", HOME_AUMID: "on"}.get(state.app, "on")
    expected: dict[tuple[str, str], Any] = {
        (player, ""): shown,
        (f"remote.{name}", ""): "on" if state.awake else "off",
    }
    same_name = [one for one in world.titles if app and one.name == app.name]
    if app is not None and app.name and len(same_name) == 1:
        expected[player, "source"] = app.name
    return expected


def _of_person(world: World, person: Person) -> dict[tuple[str, str], Any]:
    name = slugify(person.gamertag)
    state, devices = presence_of(world, person, world.accounts[PARENT])
    titles = [world.titles.by_title_id(device.front.title_id) for device in devices]
    game = next((one for one in titles if one and one.kind == "Game"), None)
    return {
        (f"binary_sensor.{name}_online", ""): "off" if state == "Offline" else "on",
        (f"binary_sensor.{name}_in_game", ""): "on" if game else "off",
        (f"binary_sensor.{name}_in_game", "title_id"): (
            str(game.title_id) if game else None
        ),
    }


def wrong_sums(house: House) -> Iterator[str]:
    """Say which figures are wrong after hours without any change."""
    world = house.simulator.world
    for key in PLAYERS:
        person = world.people[key]
        entity_id = f"sensor.{slugify(person.gamertag)}_gamerscore"
        shown = _shown(house, entity_id, "")
        if shown != str(person.gamerscore):
            yield f"{entity_id}: {shown!r}, truly {person.gamerscore}"
