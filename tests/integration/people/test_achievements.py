"""Achievements: one event for each unlock from now on, and progress that follows."""

from typing import Any

from homeassistant.core import Event, EventStateChangedData, State, callback
from homeassistant.helpers.event import async_track_state_change_event
import pytest

from tests.integration.following import Following

pytestmark = pytest.mark.usefixtures("consoles_aside")

MIKA = "lanternfox2048"
EVENT = f"event.{MIKA}_achievement"
SOON = 520.0
"""Longer than the time between two looks at the scores."""


class Heard:
    """Every event of one entity."""

    def __init__(self, following: Following, entity_id: str = EVENT) -> None:
        """Listen from now on."""
        self.states: list[State] = []
        async_track_state_change_event(following.hass, entity_id, self._hear)

    @callback
    def _hear(self, event: Event[EventStateChangedData]) -> None:
        old, new = event.data["old_state"], event.data["new_state"]
        if old and new and old.state not in (new.state, "unavailable"):
            if new.state not in ("unavailable", "unknown"):
                self.states.append(new)

    @property
    def names(self) -> list[Any]:
        """What was unlocked, in order."""
        return [state.attributes["name"] for state in self.states]


async def test_an_unlock_is_an_event(following: Following) -> None:
    """With all that makes a notification; what was unlocked before is none."""
    await following.follow("mika")
    heard = Heard(following)
    await following.house.clock.pass_by(SOON)
    assert following.house.shows(EVENT) == "unknown"
    following.do("mika", "unlock", id="3")
    await following.house.clock.pass_by(SOON)
    (state,) = heard.states
    unlock = following.house.simulator.world.unlocks[-1]
    assert state.attributes["event_type"] == "unlocked"
    title = following.house.simulator.world.titles["tidewater"]
    expected = next(one for one in title.achievements if one.id == "3")
    assert unlock.achievement == "3"
    assert state.attributes["name"] == expected.name
    assert state.attributes["description"] == expected.description
    assert state.attributes["gamerscore"] == expected.gamerscore
    assert state.attributes["game"] == title.name
    assert state.attributes["rarity"] > 0
    assert state.attributes["picture"].startswith(following.house.simulator.url)


async def test_progress_follows_the_unlock(following: Following) -> None:
    """Gamerscore, achievements and percent of the game, while it goes on."""
    await following.follow("mika")
    house = following.house
    progress = f"sensor.{MIKA}_progress_in_this_game"
    before = float(house.shows(progress))
    had = house.state(f"sensor.{MIKA}_now_playing").attributes["achievements"]
    following.do("mika", "unlock")
    await house.clock.pass_by(SOON)
    assert float(house.shows(progress)) > before
    playing = house.state(f"sensor.{MIKA}_now_playing")
    assert playing.attributes["achievements"] == had + 1


async def test_several_unlocks_are_several_events(following: Following) -> None:
    """In the order in which they happened."""
    await following.follow("mika")
    following.do("mika", "play", title="nebula")
    await following.house.clock.pass_by(60)
    heard = Heard(following)
    for _ in range(2):
        following.do("mika", "unlock")
        await following.house.clock.pass_by(30)
    await following.house.clock.pass_by(SOON)
    title = following.house.simulator.world.titles["nebula"]
    assert heard.names == [one.name for one in title.achievements[:2]]
    await following.house.clock.pass_by(2 * SOON)
    assert len(heard.states) == 2


async def test_the_last_unlock_is_told_when_the_game_ends(
    following: Following,
) -> None:
    """At once, not with the next look at the scores."""
    await following.follow("mika")
    heard = Heard(following)
    following.do("mika", "unlock")
    following.do("mika", "offline")
    following.house.simulator.world.publish()
    await following.house.clock.pass_by(35)
    assert len(heard.states) == 1


async def test_a_restart_tells_nothing_twice(following: Following) -> None:
    """Nor what was unlocked while Home Assistant was away; what comes after it is told once."""
    await following.follow("mika")
    following.do("mika", "play", title="nebula")
    house = following.house
    await house.clock.pass_by(60)
    following.do("mika", "unlock")
    await house.clock.pass_by(SOON)
    told = house.shows(EVENT)
    assert await house.unload(following.entry)
    following.do("mika", "unlock")
    await house.clock.pass_by(60)
    heard = Heard(following)
    assert await house.set_up(following.entry)
    await house.clock.pass_by(SOON)
    assert heard.states == []
    assert house.shows(EVENT) == told
    following.do("mika", "unlock")
    await house.clock.pass_by(SOON)
    assert len(heard.states) == 1


async def test_games_of_the_older_console(following: Following) -> None:
    """They have achievements, too."""
    await following.follow("mika")
    following.do("mika", "offline")
    following.do("mika", "play", title="skyline-2011", device="Xbox360")
    await following.house.clock.pass_by(60)
    heard = Heard(following)
    following.do("mika", "unlock")
    await following.house.clock.pass_by(SOON)
    title = following.house.simulator.world.titles["skyline-2011"]
    assert heard.names == [title.achievements[0].name]
    assert heard.states[0].attributes["game"] == title.name


async def test_the_account_itself_achieves(following: Following) -> None:
    """Its unlocks are events, too."""
    heard = Heard(following, "event.quietharbor77_achievement")
    await following.house.clock.pass_by(5)
    following.do("parent", "unlock", title="starfall")
    await following.house.clock.pass_by(SOON + 90)
    assert len(heard.states) == 1


@pytest.mark.parametrize("retry_after", [None, 400])
async def test_achievements_that_fail_come_later(
    following: Following, retry_after: float | None
) -> None:
    """A service that is ill or throttles loses nothing, though nothing is pushed."""
    following.house.simulator.world.activity.knobs.silent = True
    await following.follow("mika")
    heard = Heard(following)
    following.house.fail(
        kind="status",
        host="achievements.xboxlive.com",
        status=429 if retry_after else 500,
        retry_after=retry_after,
        times=1,
    )
    following.do("mika", "unlock")
    await following.house.clock.pass_by(SOON)
    assert heard.states == []
    await following.house.clock.pass_by(SOON)
    assert len(heard.states) == 1


async def test_achievements_cost_nothing_while_none_is_unlocked(
    following: Following,
) -> None:
    """The score tells whether asking is worth it."""
    await following.follow("mika")
    counts = await following.requests_within(1800)
    assert "achievements.xboxlive.com" not in counts
