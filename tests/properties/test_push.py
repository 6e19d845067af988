"""Whatever comes over the push channel, it is a word of it or nothing."""

import json

from hypothesis import example, given, strategies as st

from custom_components.xbox_console.xboxlive.activity import protocol
from custom_components.xbox_console.xboxlive.activity.protocol import (
    Event,
    Refused,
    Resync,
    Subscribed,
)
from tests.properties.test_tolerance import VALUES

SMALL = st.integers(-2, 5) | st.booleans() | st.sampled_from([0.0, 1.0, 3.0, 1e300])
FRAMES = st.lists(SMALL | VALUES, max_size=6) | VALUES


@example([1, 5, False, 7])
@example([1, True, 0, 7])
@example([3, True, "PC:true"])
@given(FRAMES)
def test_numbers_are_numbers(frame: object) -> None:
    """What is true or false is no key and no sequence, or it would be taken for 1 or 0."""
    message = protocol.read(json.dumps(frame))
    match message:
        case Subscribed(sequence, key):
            assert (type(sequence), type(key)) == (int, int)
            assert isinstance(frame, list)
            assert frame[:4] == [1, sequence, 0, key]
            assert type(frame[2]) is int
        case Refused(sequence, status):
            assert (type(sequence), type(status)) == (int, int)
        case Event(key, data):
            assert type(key) is int
            assert isinstance(frame, list)
            assert frame[:3] == [3, key, data]
        case Resync():
            assert isinstance(frame, list)
            assert frame[0] == 4
            assert type(frame[0]) is int
        case None:
            pass


@example(b"[" * 100_000)
@example(b'[3,0,"\\ud800"]')
@given(st.binary(max_size=60) | st.text(max_size=60))
def test_any_frame_can_be_read(frame: str | bytes) -> None:
    """However broken, deep or long."""
    protocol.read(frame)


@given(st.integers(0, 2**31), st.text(max_size=40))
def test_what_is_sent_comes_back(sequence: int, uri: str) -> None:
    """In one line of compact JSON."""
    sent = protocol.subscribe(sequence, uri)
    assert json.loads(sent) == [1, sequence, uri]
    assert "\n" not in sent
