"""Whatever becomes of the push channel, nothing is missed for longer than polling would, and nothing is left."""

from collections.abc import Callable
import itertools
import logging

import pytest

from custom_components.xbox_console.system_health import _info
from tests.integration.following import Following
from tests.integration.people.pushed import LIVING_ROOM, MIKA, Pushed

MINUTE, HOUR = 60, 3600


@pytest.fixture
async def pushed(following: Following) -> Pushed:
    """The parent and Mika are followed, and everything is held."""
    await following.follow("mika")
    pushed = Pushed(following)
    await pushed.house.clock.pass_by(2 * MINUTE)
    return pushed


def _absent(pushed: Pushed) -> None:
    pushed.hub.knobs.available = False
    pushed.hub.end()


def _cut(pushed: Pushed) -> None:
    pushed.hub.end()


def _deaf(pushed: Pushed) -> None:
    pushed.hub.knobs.deaf = True


def _silent(pushed: Pushed) -> None:
    pushed.hub.knobs.silent = True


@pytest.mark.parametrize("failure", [_absent, _cut, _deaf, _silent])
async def test_polling_goes_on(
    pushed: Pushed, failure: Callable[[Pushed], None]
) -> None:
    """A change is seen within the polling interval, of people and at the console."""
    failure(pushed)
    await pushed.house.clock.pass_by(10)
    for title in ("nebula", "lanterns"):
        pushed.do("mika", "play", title=title)
        assert await pushed.lag(f"sensor.{MIKA}_now_playing") <= MINUTE + 1
        pushed.show(pushed.world.titles[title])
        assert await pushed.lag(LIVING_ROOM, "media_title") <= 31
        await pushed.house.clock.pass_by(MINUTE)


async def test_without_push_everything_is_asked_as_often_as_ever(
    pushed: Pushed,
) -> None:
    """People every 30 seconds while one is in a game elsewhere, the console every ten."""
    _absent(pushed)
    await pushed.house.clock.pass_by(MINUTE)
    pushed.house.forget_requests()
    await pushed.house.clock.pass_by(10 * MINUTE)
    assert 18 <= len(pushed.looks()) <= 22
    assert 57 <= pushed.statuses() <= 61


@pytest.mark.usefixtures("without_consoles")
@pytest.mark.parametrize(
    ("token_type", "polled"), [("no_rich_presence", False), ("no_presence", True)]
)
async def test_a_token_that_is_not_accepted(
    following: Following, token_type: str, polled: bool
) -> None:
    """What is refused is polled; without rich presence the game in play still is told to end."""
    pushed = Pushed(following)
    pushed.hub.knobs.update({"token_type": token_type})
    pushed.hub.end()
    await following.follow("mika")
    await pushed.house.clock.pass_by(2 * MINUTE)
    pushed.house.forget_requests()
    await pushed.house.clock.pass_by(10 * MINUTE)
    assert (len(pushed.looks()) >= 18) is polled
    assert "refused" in (await _info(following.hass))["push"]
    pushed.do("mika", "stop")
    assert await pushed.lag(f"sensor.{MIKA}_now_playing") <= (31 if polled else 1.5)


@pytest.mark.usefixtures("without_consoles")
async def test_who_hides_is_polled_alone(pushed: Pushed) -> None:
    """A refusal concerns nobody else."""
    await pushed.following.follow("juno")
    pushed.following.do("juno", "privacy", enabled=True)
    pushed.hub.end()
    await pushed.house.clock.pass_by(2 * MINUTE)
    pushed.house.forget_requests()
    await pushed.house.clock.pass_by(10 * MINUTE)
    assert len(pushed.looks()) <= 11


@pytest.mark.usefixtures("without_consoles")
async def test_it_is_logged_once_and_once_more(
    pushed: Pushed, caplog: pytest.LogCaptureFixture
) -> None:
    """One line when it is gone, one when it is back; a socket that just ends is not worth one."""
    caplog.set_level(logging.INFO, "custom_components.xbox_console")
    pushed.hub.end()
    await pushed.house.clock.pass_by(MINUTE)
    assert "push" not in caplog.text
    _absent(pushed)
    await pushed.house.clock.pass_by(HOUR)
    assert caplog.text.count("without push, polling goes on") == 1
    assert (await _info(pushed.following.hass))["push"].startswith("not there (")
    pushed.hub.knobs.available = True
    await pushed.house.clock.pass_by(6 * MINUTE)
    assert caplog.text.count("push is there") == 1
    assert pushed.following.person("mika").xuid not in caplog.text


@pytest.mark.usefixtures("without_consoles")
async def test_attempts_grow_apart_and_never_end(pushed: Pushed) -> None:
    """1, 4, 9 … seconds, five minutes at most, and never on the stroke."""
    _absent(pushed)
    pushed.hub.handshakes.clear()
    await pushed.house.clock.pass_by(1.5 * HOUR)
    times = pushed.hub.handshakes
    pauses = [after - before for before, after in itertools.pairwise(times)]
    assert pauses[0] < 10
    assert min(pauses[-10:]) >= 300
    assert max(pauses) < 310
    assert len({round(pause) for pause in pauses[-10:]}) > 2


@pytest.mark.usefixtures("without_consoles")
@pytest.mark.parametrize("status", [401, 403])
async def test_who_is_refused_signs_in_no_more_often(
    pushed: Pushed, status: int
) -> None:
    """The real service may not take our sign-in at all: it is tried rarely, and nothing is renewed for it."""
    pushed.hub.knobs.refusal = status
    pushed.hub.end()
    pushed.hub.handshakes.clear()
    issued = pushed.world.tokens.summary()["issued"]
    await pushed.house.clock.pass_by(HOUR)
    assert pushed.world.tokens.summary()["issued"] == issued
    assert len(pushed.hub.handshakes) <= 2 * 15
    assert (await _info(pushed.following.hass))["push"] == "not there (AccessDenied)"
    pushed.do("mika", "play", title="nebula")
    assert await pushed.lag(f"sensor.{MIKA}_now_playing") <= MINUTE + 1
    # Another sign-in may fare better.
    pushed.hub.knobs.refusal = 0
    pushed.world.tokens.revoke("xsts")
    await pushed.house.clock.pass_by(MINUTE)
    assert len(pushed.hub.sockets) == 1


async def test_a_resync_is_a_look_at_everything(pushed: Pushed) -> None:
    """However many come, a few looks; nothing is subscribed to anew."""
    [socket] = pushed.hub.sockets
    subscribed = len(socket.subscribed_at)
    pushed.house.forget_requests()
    for _ in range(20):
        pushed.hub.resync()
    await pushed.house.clock.pass_by(2.5)
    assert 1 <= len(pushed.looks()) <= 5
    assert 1 <= pushed.statuses() <= 2
    assert len(socket.subscribed_at) == subscribed


@pytest.mark.usefixtures("without_consoles")
async def test_what_happened_while_nobody_listened_is_found(pushed: Pushed) -> None:
    """Events are not repeated: as soon as everything is held again, everything is looked at."""
    pushed.hub.end()
    await pushed.house.clock.settle()
    pushed.do("mika", "play", title="nebula")
    assert await pushed.lag(f"sensor.{MIKA}_now_playing") <= 8


@pytest.mark.usefixtures("consoles_aside")
async def test_throttled_subscriptions_are_all_held_in_the_end(
    following: Following,
) -> None:
    """A few each second."""
    pushed = Pushed(following)
    pushed.hub.knobs.subscribes_per_second = 3
    pushed.hub.end()
    await following.follow("mika", "juno", "tove", "sable")
    await pushed.house.clock.pass_by(10 * MINUTE)
    assert len(pushed.hub.sockets[0].uris) == 13
    told = (await _info(following.hass))["push"]
    assert told.endswith("(13 of 15, 2 refused)")


@pytest.mark.usefixtures("without_consoles")
async def test_a_new_sign_in_gets_a_new_socket_without_a_gap(pushed: Pushed) -> None:
    """The old one would stay open and tell nothing."""
    [old] = pushed.hub.sockets
    pushed.world.tokens.revoke("xsts")
    await pushed.house.clock.pass_by(5 * MINUTE + MINUTE)
    [new] = pushed.hub.sockets
    assert new is not old
    assert sorted(new.uris) == sorted(old.uris)
    assert pushed.hub.most_sockets == 2
    pushed.do("mika", "play", title="nebula")
    assert await pushed.lag(f"sensor.{MIKA}_now_playing") <= 1.5


@pytest.mark.usefixtures("without_consoles")
async def test_a_silent_socket_is_replaced(pushed: Pushed) -> None:
    """Two changes that nothing told of are enough."""
    [old] = pushed.hub.sockets
    pushed.hub.knobs.silent = True
    for title in ("nebula", "lanterns", "nebula"):
        pushed.do("mika", "play", title=title)
        await pushed.house.clock.pass_by(1.5 * MINUTE)
    pushed.hub.knobs.silent = False
    assert old not in pushed.hub.sockets
    assert ", silent" in (await _info(pushed.following.hass))["push"]
    pushed.do("mika", "stop")
    await pushed.house.clock.settle()
    assert ", silent" not in (await _info(pushed.following.hass))["push"]
