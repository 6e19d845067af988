"""The push channel's words, and what is subscribed to: without a network."""

from collections.abc import Iterable
import json
from typing import Any

import pytest

from custom_components.xbox_console.xboxlive.activity import protocol
from custom_components.xbox_console.xboxlive.activity.protocol import (
    Event,
    Refused,
    Resync,
    Subscribed,
)
from custom_components.xbox_console.xboxlive.activity.subscriptions import (
    ANSWER,
    Subscriptions,
)


@pytest.mark.parametrize(
    ("frame", "meant"),
    [
        ('[1,7,0,0,{"state":"Offline"}]', Subscribed(7, 0, {"state": "Offline"})),
        ("[1,7,0,12,null]", Subscribed(7, 12)),
        ("[1,7,0,12]", Subscribed(7, 12)),
        ('[1,7,0,12,null,"more"]', Subscribed(7, 12)),
        ('[1,7,3,"There is no data."]', Refused(7, 3)),
        ('[1,7,1001,null,"Throttled"]', Refused(7, 1001)),
        ('[1,7,0,"no key"]', Refused(7, 0)),
        ('[3,0,"PC:true"]', Event(0, "PC:true")),
        (b'[3,4,{"a":1},5]', Event(4, {"a": 1})),
        ("[4]", Resync()),
        ("[2,7,0]", None),
        ("[9,1]", None),
        ("[]", None),
        ("{}", None),
        ("[3,", None),
        ("[3]", None),
        ('[3,"0","x"]', None),
        (b"\xff", None),
    ],
)
def test_what_a_frame_says(frame: str | bytes, meant: object) -> None:
    """What is not understood is nothing, and never an error."""
    assert protocol.read(frame) == meant


def test_what_is_sent() -> None:
    """As compact arrays; addresses are names that nobody fetches."""
    assert json.loads(protocol.subscribe(1, protocol.devices("25"))) == [
        1,
        1,
        "https://userpresence.xboxlive.com/users/xuid(25)/devices",
    ]
    assert protocol.unsubscribe(2, 0) == "[2,2,0]"
    assert protocol.achievements("25", "ABC-1").endswith("/achievements/abc-1")
    assert "25" not in repr(Event(1, "25"))


class Service:
    """The other end, which answers as told."""

    def __init__(self, subscriptions: Subscriptions) -> None:
        """Serve these."""
        self.subscriptions = subscriptions
        self.sent: list[Any] = []

    def look(self, wanted: Iterable[str], now: float) -> list[Any]:
        """What is sent now."""
        self.sent = [json.loads(m) for m in self.subscriptions.due(tuple(wanted), now)]
        return self.sent

    def grant(self, first: int = 0) -> None:
        """Grant all that was asked for."""
        for key, (_, sequence, _) in enumerate(self.sent, first):
            self.subscriptions.granted(Subscribed(sequence, key))

    def deny(self, status: int, now: float) -> None:
        """Deny it."""
        for _, sequence, _ in self.sent:
            self.subscriptions.denied(Refused(sequence, status), now)


@pytest.fixture
def service() -> Service:
    """A service with nothing asked yet."""
    return Service(Subscriptions())


def test_only_the_difference_is_sent(service: Service) -> None:
    """And key 0 is as good as any other."""
    assert [uri for _, _, uri in service.look("ab", 0)] == ["a", "b"]
    assert service.look("ab", 1) == []
    assert not service.subscriptions.settled("ab")
    service.look("abc", 1)
    service = Service(Subscriptions())
    service.look("ab", 0)
    service.grant()
    assert service.subscriptions.settled("ab")
    assert service.subscriptions.about(Event(0)) == "a"
    assert service.look("bc", 2) == [[2, 3, 0], [1, 4, "c"]]
    assert service.subscriptions.about(Event(0)) is None
    assert set(service.subscriptions.held) == {"b"}


def test_a_throttled_one_is_tried_again_until_it_is_held(service: Service) -> None:
    """After 1, 4, 9 … seconds, a minute at most."""
    now, pauses = 0.0, []
    for _ in range(10):
        assert len(service.look("a", now)) == 1
        service.deny(1001, now)
        assert service.look("a", now) == []
        pauses.append(service.subscriptions.next_due() - now)
        now = service.subscriptions.next_due()
    assert pauses == [1, 4, 9, 16, 25, 36, 49, 60, 60, 60]
    assert service.subscriptions.waiting == 1
    service.look("a", now)
    service.grant()
    assert service.subscriptions.settled("a")
    assert service.subscriptions.waiting == 0


@pytest.mark.parametrize("status", [0, 1, 2, 3, 4711])
def test_a_refused_one_is_not(service: Service, status: int) -> None:
    """Unless it is wanted anew."""
    service.look("a", 0)
    service.deny(status, 0)
    assert service.look("a", 1e6) == []
    assert service.subscriptions.refused == {"a": status}
    assert service.subscriptions.settled("a")
    service.look("", 1e6)
    assert [uri for _, _, uri in service.look("a", 1e6)] == ["a"]


def test_no_answer_is_asked_for_again(service: Service) -> None:
    """And an answer that comes after all, or that nobody asked for, is nothing."""
    [[_, late, _]] = service.look("a", 0)
    assert service.subscriptions.next_due() == ANSWER
    assert service.look("a", ANSWER) == []
    service.subscriptions.granted(Subscribed(late, 5))
    service.subscriptions.denied(Refused(99, 3), ANSWER)
    assert not service.subscriptions.settled("a")
    assert len(service.look("a", ANSWER + 1)) == 1
    assert service.subscriptions.next_due() == 2 * ANSWER + 1, "not at once"
    service.grant(6)
    assert service.subscriptions.about(Event(6)) == "a"
