"""What people do is seen at once where the network pushes it, and asked for rarely."""

from typing import Any

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events

from custom_components.xbox_console.const import DOMAIN
from custom_components.xbox_console.diagnostics import (
    async_get_config_entry_diagnostics,
)
from custom_components.xbox_console.system_health import _info
from tests.integration.following import Following
from tests.integration.people.pushed import LIVING_ROOM, MIKA, Pushed

MINUTE = 60


@pytest.fixture
async def pushed(following: Following) -> Pushed:
    """The parent and Mika are followed, and everything is held."""
    await following.follow("mika")
    pushed = Pushed(following)
    await pushed.house.clock.pass_by(MINUTE)
    [socket] = pushed.hub.sockets
    assert len(socket.uris) >= 7
    return pushed


@pytest.mark.usefixtures("without_consoles")
async def test_a_game_that_starts_and_stops_is_seen_at_once(pushed: Pushed) -> None:
    """Of a friend who plays elsewhere, whom polling sees within 30 seconds, or 60."""
    lags = []
    for turn in range(5):
        title = ("nebula", "lanterns")[turn % 2]
        pushed.do("mika", "play", title=title)
        lags.append(await pushed.lag(f"sensor.{MIKA}_now_playing"))
        await pushed.house.clock.pass_by(20 + 2 * turn)
        pushed.do("mika", "stop")
        lags.append(await pushed.lag(f"sensor.{MIKA}_now_playing"))
        await pushed.house.clock.pass_by(21 + 2 * turn)
    assert sum(lags) / len(lags) <= 1.5
    assert max(lags) <= 3.5


async def test_a_game_on_our_console_is_seen_at_once(pushed: Pushed) -> None:
    """The event says whose it is, and the console is read."""
    lags = []
    for turn, title in enumerate(("lanterns", "nebula", None, "starfall", None)):
        pushed.show(pushed.world.titles[title] if title else None)
        lags.append(await pushed.lag(LIVING_ROOM, "media_title" if title else None))
        await pushed.house.clock.pass_by(45 + turn)
    assert sum(lags) / len(lags) <= 1.5
    assert max(lags) <= 3.5


async def test_who_plays_may_have_an_account_of_its_own(following: Following) -> None:
    """The console belongs to the parent's, and is read because of what the child's is told."""
    pushed = Pushed(following)
    pushed.house.console("living_room").signed_in[:] = ["child"]
    await following.beside("child")
    await pushed.house.clock.pass_by(4 * MINUTE)
    lags = []
    for turn, title in enumerate(("lanterns", "nebula", None)):
        pushed.show(pushed.world.titles[title] if title else None)
        lags.append(await pushed.lag(LIVING_ROOM, "media_title" if title else None))
        await pushed.house.clock.pass_by(65 + turn)
    assert max(lags) <= 3.5


@pytest.mark.usefixtures("without_consoles")
@pytest.mark.parametrize("lag", [3.0, 15.0])
async def test_the_services_may_lag_behind_an_event(pushed: Pushed, lag: float) -> None:
    """They are asked again until they have come so far, at growing pauses."""
    pushed.world.knobs.presence_lag_seconds = lag
    pushed.world.publish()
    await pushed.house.clock.pass_by(MINUTE)
    pushed.house.forget_requests()
    pushed.do("mika", "play", title="nebula")
    assert await pushed.lag(f"sensor.{MIKA}_now_playing") <= lag + 10
    assert len(pushed.looks()) <= 5


async def test_half_an_hour_costs_little(pushed: Pushed) -> None:
    """A look at people once a minute, at the console that they play on every 30 seconds."""
    await pushed.house.clock.pass_by(5 * MINUTE)
    pushed.house.forget_requests()
    await pushed.house.clock.pass_by(30 * MINUTE)
    assert len(pushed.looks()) <= 31
    assert pushed.statuses() <= 63


async def test_texts_alone_are_cheap(pushed: Pushed) -> None:
    """Case: a text every three seconds for twenty minutes. At most 60 looks in five minutes, none at a console."""
    await pushed.house.clock.pass_by(5 * MINUTE)
    pushed.house.forget_requests()
    seen = pushed.house.watch(f"sensor.{MIKA}_status")
    looks, statuses = [], 0
    session = next(iter(pushed.following.person("mika").sessions.values()))
    for turn in range(400):
        session.rich_presence = f"Wave {turn}"
        pushed.world.publish()
        await pushed.house.clock.pass_by(3)
        if turn % 100 == 99:
            looks += [one.time for one in pushed.looks()]
            statuses += pushed.statuses()
            pushed.house.forget_requests()
    assert len(seen) > 200
    busiest = max(sum(at <= one < at + 300 for one in looks) for at in looks)
    assert busiest <= 66, "60, and those that are due anyway"
    assert statuses <= 42


@pytest.mark.usefixtures("without_consoles")
async def test_a_storm_of_events_is_a_few_looks(pushed: Pushed) -> None:
    """50 of them in a moment, and the service's limits are kept."""
    pushed.house.forget_requests()
    for turn in range(25):
        pushed.do("mika", "play", title=("nebula", "lanterns")[turn % 2])
        pushed.do("mika", "stop")
    await pushed.house.clock.pass_by(15)
    assert 1 <= len(pushed.looks()) <= 30
    assert {one.status for one in pushed.looks()} == {200}


@pytest.mark.usefixtures("without_consoles")
@pytest.mark.parametrize(
    "knobs",
    [
        {"oddities": True, "repeats": 2},
        {"framing": "fragments"},
        {"framing": "binary"},
        {"title_spelling": "started_id"},
        {"rich_presence_first": "object"},
        {"rich_presence_offline": False},
        {"refusal_shape": "padded"},
        {"event_delay_seconds": 1.0},
    ],
)
async def test_whatever_the_channel_is_like(
    following: Following, knobs: dict[str, Any]
) -> None:
    """What is not known of it makes no difference."""
    pushed = Pushed(following)
    pushed.hub.knobs.update(knobs)
    await following.follow("mika")
    await pushed.house.clock.pass_by(MINUTE)
    pushed.do("mika", "play", title="nebula")
    assert await pushed.lag(f"sensor.{MIKA}_now_playing") <= 1.5
    pushed.do("mika", "offline")
    assert await pushed.lag(f"binary_sensor.{MIKA}_online") <= 1.5
    await pushed.house.clock.pass_by(15 * MINUTE)
    assert pushed.hub.most_sockets == 1


@pytest.mark.usefixtures("without_consoles")
async def test_an_unlock_is_told_while_the_game_goes_on(
    hass: HomeAssistant, pushed: Pushed
) -> None:
    """Progress is subscribed to for the game in play."""
    events = async_capture_events(hass, "state_changed")
    pushed.do("mika", "unlock")
    await pushed.house.clock.pass_by(2)
    told = [one.data["entity_id"] for one in events]
    assert f"event.{MIKA}_achievement" in told


@pytest.mark.usefixtures("without_consoles")
async def test_friends_that_come_and_go_are_counted_soon(pushed: Pushed) -> None:
    """The profiles are read, but not with each of many changes."""
    pushed.house.forget_requests()
    for _ in range(5):
        pushed.do("oren", "friend")
        pushed.do("oren", "unfriend")
        await pushed.house.clock.pass_by(1)
    await pushed.house.clock.pass_by(90)
    hosts = [request.host for request in pushed.world.requests]
    assert 1 <= hosts.count("peoplehub.xboxlive.com") <= 2


async def test_health_tells_of_it(pushed: Pushed) -> None:
    """How long, how much, and what was refused; without whose it is."""
    told = (await _info(pushed.following.hass))["push"]
    assert told.startswith("for 1 min (")
    assert told.endswith(" of 9, 0 refused)")
    said = (
        await async_get_config_entry_diagnostics(
            pushed.following.hass, pushed.following.entry
        )
    )["push"]
    assert (said["healthy"], said["connections"], said["refused"]) == (True, 1, [])
    assert pushed.following.person("mika").xuid not in str(said)


@pytest.mark.usefixtures("without_consoles")
@pytest.mark.parametrize("end", ["unload", "stop"])
async def test_it_ends_with_the_entry(
    hass: HomeAssistant, pushed: Pushed, end: str
) -> None:
    """No socket, task or timer is left, whatever was under way."""
    pushed.do("mika", "play", title="nebula")
    if end == "unload":
        assert await pushed.house.unload(pushed.following.entry)
    else:
        await pushed.house.clock.result(hass.async_stop(), within=60)
    await pushed.house.clock.settle()
    assert pushed.hub.sockets == []


@pytest.mark.usefixtures("without_consoles")
async def test_who_is_no_longer_followed_is_not_subscribed_to(pushed: Pushed) -> None:
    """The difference alone is sent, on the socket that there is."""
    entry, hass = pushed.following.entry, pushed.following.hass
    [socket] = pushed.hub.sockets
    for subentry_id in list(entry.subentries):
        hass.config_entries.async_remove_subentry(entry, subentry_id)
    await pushed.house.clock.pass_by(1)
    mika = pushed.following.person("mika").xuid
    assert pushed.hub.sockets == [socket]
    assert not [uri for uri in socket.uris if mika in uri]
    assert hass.config_entries.async_loaded_entries(DOMAIN) == [entry]
