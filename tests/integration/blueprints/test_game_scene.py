"""Lights and TV for games: once when games begin, once when they are over, come what may."""

from typing import Any

from homeassistant.core import ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component
import pytest

from tests.integration.blueprints.scene import LIVING_ROOM, Scene, data, tell

SWITCH = "input_boolean.games"


async def _use(scene: Scene, **inputs: Any) -> None:
    """The inputs of 0.1.0 and others, with the console at home."""
    await scene.house.act("xbox_console.launch", LIVING_ROOM, app="Home")
    released = {
        "console": LIVING_ROOM,
        "started": tell(scene="game"),
        "stopped": tell(scene="bright"),
        "pause": {"minutes": 2},
    }
    await scene.use("game_scene", **{**released, **inputs})


async def _remember(scene: Scene, **inputs: Any) -> None:
    assert await async_setup_component(
        scene.hass, "input_boolean", {"input_boolean": {"games": None}}
    )
    await _use(scene, remember=SWITCH, **inputs)


async def _launch(scene: Scene, app: str, seconds: float = 60) -> None:
    await scene.house.act("xbox_console.launch", LIVING_ROOM, app=app)
    await scene.house.clock.pass_by(seconds)


def _by_hand(scene: Scene, title: str | None) -> None:
    """Start a game with the controller while nobody looks; None: go home."""
    shell = scene.house.console("living_room").shell
    if title is None:
        shell.leave()
    else:
        shell.show(scene.house.simulator.world.titles[title])


def _scenes(scene: Scene) -> list[str]:
    return data(scene.told, "scene")


async def test_with_the_inputs_of_0_1_0(scene: Scene) -> None:
    """Once when games begin, once when they are over; apps are none, and a short break is no end."""
    await _use(scene)
    await scene.pass_by(5)
    await _launch(scene, "Larkvision")
    assert _scenes(scene) == []
    for game in ("Tidewater Tales", "Home", "Starfall Odyssey"):
        await _launch(scene, game)
    assert _scenes(scene) == ["game"]
    await scene.house.act("media_player.turn_off", LIVING_ROOM)
    await scene.pass_by(5)
    assert _scenes(scene) == ["game", "bright"]
    await _launch(scene, "Tidewater Tales")
    assert _scenes(scene) == ["game", "bright", "game"]


async def test_certain_games(scene: Scene) -> None:
    """They begin with one of them, also out of another, and end when no game is there."""
    await _use(scene, games=["Tidewater Tales"])
    await _launch(scene, "Starfall Odyssey", 200)
    assert _scenes(scene) == []
    await _launch(scene, "Tidewater Tales", 200)
    await _launch(scene, "Starfall Odyssey", 200)
    assert _scenes(scene) == ["game"]
    await _launch(scene, "Home", 200)
    assert _scenes(scene) == ["game", "bright"]


async def test_the_game_ends_while_the_first_actions_run(scene: Scene) -> None:
    """Case H3: the end is found by the state, after its pause."""
    slowly = [*tell(scene="game"), {"delay": {"minutes": 3}}, *tell(scene="dark")]
    await _use(scene, started=slowly)
    await _launch(scene, "Tidewater Tales", 30)
    await _launch(scene, "Home", 60)
    assert _scenes(scene) == ["game"]
    await scene.pass_by(6)
    assert _scenes(scene) == ["game", "dark", "bright"]
    await _launch(scene, "Tidewater Tales", 30)
    assert _scenes(scene)[3:] == ["game"]


async def test_a_restart_during_a_game(scene: Scene) -> None:
    """Case H3: it is taken up again, and has its end."""
    await _use(scene)
    await _launch(scene, "Tidewater Tales")
    await scene.restart()
    await scene.pass_by(5)
    assert _scenes(scene) == ["game", "game"]
    await _launch(scene, "Home", 200)
    assert _scenes(scene) == ["game", "game", "bright"]


@pytest.mark.parametrize(
    ("before", "meanwhile", "after", "told"),
    [
        ("Home", None, None, []),
        ("Home", "tidewater", None, ["game", "bright"]),
        ("Tidewater Tales", "tidewater", None, ["game", "bright"]),
        ("Tidewater Tales", None, None, ["game", "bright"]),
        ("Tidewater Tales", "starfall", "starfall", ["game"]),
    ],
)
async def test_a_restart_with_a_helper(
    scene: Scene, before: str, meanwhile: str | None, after: str | None, told: list[str]
) -> None:
    """Case H3: nothing is done twice, and what was missed is made up for, begin and end."""
    await _remember(scene)
    await _launch(scene, before)
    await scene.stop()
    _by_hand(scene, meanwhile)
    await scene.pass_by(10)
    await scene.start()
    await scene.pass_by(3)
    _by_hand(scene, after)
    await scene.pass_by(5)
    assert _scenes(scene) == told


async def test_a_restart_in_the_pause(scene: Scene) -> None:
    """It begins anew."""
    await _remember(scene)
    await _launch(scene, "Tidewater Tales")
    await _launch(scene, "Home", 90)
    await scene.restart()
    await scene.pass_by(1.5)
    assert _scenes(scene) == ["game"]
    await scene.pass_by(1)
    assert _scenes(scene) == ["game", "bright"]
    assert scene.house.shows(SWITCH) == "off"


async def test_a_restart_while_the_first_actions_run(scene: Scene) -> None:
    """They are done anew, whole."""
    slowly = [*tell(scene="game"), {"delay": {"minutes": 1}}, *tell(scene="dark")]
    await _remember(scene, started=slowly)
    await _launch(scene, "Tidewater Tales", 30)
    await scene.restart()
    await scene.pass_by(3)
    assert _scenes(scene) == ["game", "game", "dark"]
    await _launch(scene, "Home", 200)
    assert _scenes(scene)[3:] == ["bright"]


async def test_a_restart_while_the_last_actions_run(scene: Scene) -> None:
    """They are done anew, whole."""
    slowly = [*tell(scene="dim"), {"delay": {"minutes": 1}}, *tell(scene="bright")]
    await _remember(scene, stopped=slowly)
    await _launch(scene, "Tidewater Tales")
    await _launch(scene, "Home", 150)
    assert _scenes(scene) == ["game", "dim"]
    await scene.restart()
    await scene.pass_by(5)
    assert _scenes(scene) == ["game", "dim", "dim", "bright"]


async def test_a_change_in_the_editor(scene: Scene) -> None:
    """Automations that are loaded anew during a game do not lose its end."""
    await _use(scene)
    await _launch(scene, "Tidewater Tales")
    await scene.use(
        "game_scene",
        alias="Theirs",
        console=LIVING_ROOM,
        started=tell(scene="their game"),
        stopped=tell(scene="their end"),
    )
    assert _scenes(scene) == ["game", "their game"]
    await _launch(scene, "Home", 200)
    assert _scenes(scene) == ["game", "their game", "their end", "bright"]


async def test_a_console_that_is_lost_for_a_while(scene: Scene) -> None:
    """Unavailable is no end, and a game that is found afterwards is a beginning."""
    await _use(scene)
    await _launch(scene, "Tidewater Tales")
    await scene.outage(6)
    assert _scenes(scene) == ["game"]
    await scene.pass_by(10)
    assert _scenes(scene) == ["game"]
    await _launch(scene, "Home", 200)
    assert _scenes(scene) == ["game", "bright"]
    await scene.outage(6)
    assert scene.house.shows(LIVING_ROOM) == "unavailable"
    _by_hand(scene, "tidewater")
    await scene.pass_by(10)
    assert _scenes(scene) == ["game", "bright", "game"]


async def test_failing_actions_do_not_lose_the_end(scene: Scene) -> None:
    """An error while the lights are set, and the end has its turn."""

    async def fail(_: ServiceCall) -> None:
        raise HomeAssistantError("The lights do not answer")

    scene.hass.services.async_register("test", "fail", fail)
    await _use(scene, started=[*tell(scene="game"), {"action": "test.fail"}])
    await _launch(scene, "Tidewater Tales")
    await _launch(scene, "Home", 200)
    assert _scenes(scene) == ["game", "bright"]
