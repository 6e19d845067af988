"""The blueprints, each filled in as a user does and run on the simulated network."""

from pathlib import Path
import shutil
from typing import Any

from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import async_mock_service

from tests.integration.following import Following

_BLUEPRINTS = Path(__file__).parents[2] / "blueprints/automation/xbox_console"
LIVING_ROOM, BEDROOM = "media_player.living_room", "media_player.bedroom"
ACCOUNT, MIKA = "quietharbor77", "lanternfox2048"
LOOK = 190.0
"""Longer than the longest time between two looks at people."""
SCORES = 520.0
"""Longer than the time between two looks at scores."""


class Scene:
    """A home with one of the blueprints in use."""

    def __init__(self, following: Following, folder: Path) -> None:
        """Copy the blueprints where Home Assistant looks for them."""
        self.following = following
        self.hass: HomeAssistant = following.hass
        self.house = following.house
        self.hass.config.config_dir = str(folder)
        shutil.copytree(_BLUEPRINTS, folder / "blueprints/automation/xbox_console")
        self.told = async_mock_service(self.hass, "test", "tell")

    async def use(self, blueprint: str, **inputs: Any) -> None:
        """Make an automation of it."""
        automation = {
            "alias": "Ours",
            "use_blueprint": {
                "path": f"xbox_console/{blueprint}.yaml",
                "input": inputs,
            },
        }
        assert await async_setup_component(
            self.hass, "automation", {"automation": automation}
        )
        await self.house.clock.settle()
        assert self.house.shows("automation.ours") == "on"

    def device(self, entity_id: str) -> str:
        """The device of an entity."""
        entity = er.async_get(self.hass).async_get(entity_id)
        assert entity is not None and entity.device_id
        return entity.device_id

    @property
    def messages(self) -> list[str]:
        """What Mika was written, the oldest first."""
        sender = self.following.entry.unique_id or ""
        written = self.house.simulator.world.messages.between(
            sender, self.following.person("mika").xuid
        )
        return [each.text for each in sorted(written, key=lambda each: each.at)]


def _tell(**data: str) -> list[dict[str, Any]]:
    return [{"action": "test.tell", "data": data}]


def _data(calls: list[ServiceCall], what: str) -> list[Any]:
    return [call.data[what] for call in calls]


@pytest.fixture
async def scene(following: Following, tmp_path: Path) -> Scene:
    """The parent's account and Mika, whom it follows."""
    await following.follow("mika")
    return Scene(following, tmp_path)


async def test_play_time_limit(scene: Scene) -> None:
    """A message first; then the console goes off, and off again for the next game."""
    house = scene.house
    following = scene.following
    await scene.use(
        "play_time_limit",
        played_today=f"sensor.{ACCOUNT}_played_today",
        in_game=f"binary_sensor.{ACCOUNT}_in_game",
        consoles=[LIVING_ROOM],
        limit={"minutes": 30},
        before={"minutes": 10},
        recipients=[f"notify.{MIKA}_message"],
        message="Ten minutes left",
    )
    await house.clock.pass_by(15 * 60)
    assert "Ten minutes left" not in scene.messages
    await house.clock.pass_by(8 * 60)
    assert scene.messages.count("Ten minutes left") == 1
    assert house.console("living_room").is_on
    await house.clock.pass_by(10 * 60)
    assert not house.console("living_room").is_on
    assert float(house.shows(f"sensor.{ACCOUNT}_played_today")) >= 30
    await house.clock.pass_by(10 * 60)
    await house.act(
        "xbox_console.launch", LIVING_ROOM, app="Tidewater Tales", wait=True
    )
    following.house.console("living_room").signed_in[:] = ["parent"]
    await house.clock.pass_by(600)
    assert not house.console("living_room").is_on
    assert scene.messages.count("Ten minutes left") == 1


async def test_bedtime(scene: Scene) -> None:
    """A message, the end, and no game in the night; in the morning all is well again."""
    house = scene.house
    await scene.hass.config.async_set_time_zone("Asia/Dubai")
    await scene.use(
        "bedtime",
        consoles=[LIVING_ROOM, BEDROOM],
        bedtime="23:00:00",
        morning="02:00:00",
        evenings=["fri"],
        before=15,
        recipients=[f"notify.{MIKA}_message"],
        message="To bed soon",
    )
    assert f"{dt_util.now():%a %H:%M}" == "Fri 22:00"
    await house.clock.pass_by(40 * 60)
    assert "To bed soon" not in scene.messages
    await house.clock.pass_by(10 * 60)
    assert scene.messages.count("To bed soon") == 1
    assert house.console("living_room").is_on
    await house.clock.pass_by(15 * 60)
    assert not house.console("living_room").is_on
    # Saturday's first hours are still the night after Friday.
    await house.clock.pass_by(1.5 * 3600)
    assert f"{dt_util.now():%a}" == "Sat"
    house.console("bedroom").wake()
    await house.clock.pass_by(600)
    assert not house.console("bedroom").is_on
    await house.clock.pass_by(1.5 * 3600)
    house.console("bedroom").wake()
    await house.clock.pass_by(600)
    assert house.console("bedroom").is_on
    assert scene.messages.count("To bed soon") == 1
    await house.act("automation.turn_off", "automation.ours")


async def test_game_scene(scene: Scene) -> None:
    """Once when games begin, once when they are over; apps are none, and a short break is no end."""
    house = scene.house
    await scene.use(
        "game_scene",
        console=LIVING_ROOM,
        started=_tell(scene="game"),
        stopped=_tell(scene="bright"),
        pause={"minutes": 2},
    )
    await house.act("xbox_console.launch", LIVING_ROOM, app="Home")
    await house.clock.pass_by(300)
    assert scene.told == []
    await house.act("xbox_console.launch", LIVING_ROOM, app="Larkvision")
    await house.clock.pass_by(60)
    assert scene.told == []
    for game in ("Tidewater Tales", "Home", "Starfall Odyssey"):
        await house.act("xbox_console.launch", LIVING_ROOM, app=game)
        await house.clock.pass_by(60)
    assert _data(scene.told, "scene") == ["game"]
    await house.act("media_player.turn_off", LIVING_ROOM)
    await house.clock.pass_by(300)
    assert _data(scene.told, "scene") == ["game", "bright"]


async def test_friend_notification(scene: Scene) -> None:
    """With the gamerpic, then with the picture of the game."""
    scene.following.do("mika", "offline")
    await scene.house.clock.pass_by(LOOK)
    await scene.use(
        "friend_notification",
        people={"device_id": scene.device(f"binary_sensor.{MIKA}_online")},
        notify="test.tell",
    )
    scene.following.do("mika", "online")
    await scene.house.clock.pass_by(LOOK)
    scene.following.do("mika", "play", title="starfall")
    await scene.house.clock.pass_by(LOOK)
    assert _data(scene.told, "title") == ["LanternFox2048"] * 2
    assert _data(scene.told, "message") == ["is online", "plays Starfall Odyssey"]
    gamerpic, art = (told["image"] for told in _data(scene.told, "data"))
    assert gamerpic.startswith(f"/api/image_proxy/image.{MIKA}_gamerpic")
    assert art.startswith(f"/api/image_proxy/image.{MIKA}_now_playing")


async def test_friend_notification_only_of_what_is_wanted(scene: Scene) -> None:
    """A game by name, and not that somebody came."""
    scene.following.do("mika", "offline")
    await scene.house.clock.pass_by(LOOK)
    await scene.use(
        "friend_notification",
        people={"entity_id": f"binary_sensor.{MIKA}_in_game"},
        events=["game"],
        games=["Tidewater Tales"],
        notify="test.tell",
    )
    for title in ("starfall", "tidewater"):
        scene.following.do("mika", "play", title=title)
        await scene.house.clock.pass_by(LOOK)
    assert _data(scene.told, "message") == ["plays Tidewater Tales"]


@pytest.mark.parametrize(("rarity", "celebrated"), [(100, True), (1, False)])
async def test_achievement(scene: Scene, rarity: int, celebrated: bool) -> None:
    """With all that makes a speech, if it is rare enough."""
    await scene.use(
        "achievement",
        people={"device_id": scene.device(f"event.{MIKA}_achievement")},
        rarity=rarity,
        celebration=_tell(
            speech="{{ person }}: {{ achievement }} in {{ game }}, {{ points }} points"
        ),
    )
    scene.following.do("mika", "unlock", id="3")
    await scene.house.clock.pass_by(SCORES)
    title = scene.house.simulator.world.titles["tidewater"]
    one = next(each for each in title.achievements if each.id == "3")
    speech = f"LanternFox2048: {one.name} in {title.name}, {one.gamerscore} points"
    assert _data(scene.told, "speech") == ([speech] if celebrated else [])


def test_every_blueprint_is_tested() -> None:
    """One that is added gets a test."""
    source = Path(__file__).read_text()
    for path in _BLUEPRINTS.glob("*.yaml"):
        assert f'"{path.stem}"' in source, path.name
