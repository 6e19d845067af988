"""Friends who come or play, achievements: told with all that makes a notification."""

import pytest

from tests.integration.blueprints.scene import MIKA, Scene, data, tell
from tests.integration.following import Following

LOOK = 190.0
"""Longer than the longest time between two looks at people."""
SCORES = 520.0
"""Longer than the time between two looks at scores."""


@pytest.fixture
def following(without_consoles: None, following: Following) -> Following:
    """Friends who play elsewhere, as nothing here is about consoles."""
    return following


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
    assert data(scene.told, "title") == ["LanternFox2048"] * 2
    assert data(scene.told, "message") == ["is online", "plays Starfall Odyssey"]
    gamerpic, art = (told["image"] for told in data(scene.told, "data"))
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
    assert data(scene.told, "message") == ["plays Tidewater Tales"]


@pytest.mark.parametrize(("rarity", "celebrated"), [(100, True), (1, False)])
async def test_achievement(scene: Scene, rarity: int, celebrated: bool) -> None:
    """With all that makes a speech, if it is rare enough."""
    await scene.use(
        "achievement",
        people={"device_id": scene.device(f"event.{MIKA}_achievement")},
        rarity=rarity,
        celebration=tell(
            speech="{{ person }}: {{ achievement }} in {{ game }}, {{ points }} points"
        ),
    )
    scene.following.do("mika", "unlock", id="3")
    await scene.house.clock.pass_by(SCORES)
    title = scene.house.simulator.world.titles["tidewater"]
    one = next(each for each in title.achievements if each.id == "3")
    speech = f"LanternFox2048: {one.name} in {title.name}, {one.gamerscore} points"
    assert data(scene.told, "speech") == ([speech] if celebrated else [])


async def test_many_come_at_once(scene: Scene) -> None:
    """Each is told, though one waits for the other."""
    friends = scene.house.simulator.world.add_friends(30)
    for friend in friends:
        scene.following.do(friend.key, "offline")
    await scene.following.follow(*(friend.key for friend in friends))
    await scene.house.clock.pass_by(LOOK)
    people = [
        f"binary_sensor.{friend.gamertag.casefold()}_online" for friend in friends
    ]
    await scene.use(
        "friend_notification", people={"entity_id": people}, notify="test.tell"
    )
    for friend in friends:
        scene.following.do(friend.key, "online")
    await scene.house.clock.pass_by(LOOK)
    told = data(scene.told, "title")
    assert sorted(told) == sorted(friend.gamertag for friend in friends)


async def test_many_achievements_at_once(scene: Scene) -> None:
    """Each has its celebration, though that takes a while."""
    (friend,) = scene.house.simulator.world.add_friends(1)
    await scene.following.follow(friend.key)
    await scene.use(
        "achievement",
        people={
            "device_id": scene.device(f"event.{friend.gamertag.casefold()}_achievement")
        },
        celebration=[*tell(speech="{{ achievement }}"), {"delay": {"minutes": 15}}],
    )
    unlocked = list[str]()
    for key in ("starfall", "nebula", "skyline-2011", "mosslight"):
        scene.following.do(friend.key, "play", title=key)
        await scene.house.clock.pass_by(LOOK)
        for one in scene.house.simulator.world.titles[key].achievements:
            scene.following.do(friend.key, "unlock", id=one.id)
            unlocked.append(one.name)
    scene.following.do(friend.key, "offline")
    await scene.pass_by(15 * len(unlocked) + 15)
    assert len(unlocked) > 12
    assert sorted(data(scene.told, "speech")) == sorted(unlocked)
