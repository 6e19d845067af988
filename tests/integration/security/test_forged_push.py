"""A word on the push channel makes us ask, and nothing else: what is shown is what was read."""

from typing import Any

from simulator.activity.socket import EVENT
from tests.integration.following import Following
from tests.integration.people.pushed import LIVING_ROOM, MIKA, Pushed

_WORDS: tuple[Any, ...] = (
    "Scarlett:true",
    "",
    None,
    {"presenceState": "Offline", "devices": [], "state": "Offline"},
    [{"titleId": 1, "presenceText": "forged"}] * 100,
    {"NotificationType": "Removed", "Xuids": ["1"]},
    "x" * 100_000,
)


async def test_forged_events_change_no_state(following: Following) -> None:
    """For every subscription, every word, a hundred times: no state changes, and reads stay few."""
    await following.follow("mika")
    pushed = Pushed(following)
    await pushed.house.clock.pass_by(120)
    (socket,) = pushed.hub.of("parent")
    assert socket.subscriptions
    seen = [
        pushed.house.watch(LIVING_ROOM),
        pushed.house.watch(LIVING_ROOM, "media_title"),
        pushed.house.watch(f"sensor.{MIKA}_now_playing"),
        pushed.house.watch(f"sensor.{MIKA}_status"),
    ]
    pushed.house.forget_requests()
    for _ in range(20):
        for key in (*socket.subscriptions, 987654):
            for word in _WORDS:
                socket.say(EVENT, key, word)
        await pushed.house.clock.pass_by(3)
    assert [each for each in seen if each] == []
    assert len(pushed.looks()) <= 60
    assert pushed.statuses() <= 31
