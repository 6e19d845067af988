"""Whatever comes over the local network, it is an answer of a console or nothing."""

import string

from hypothesis import assume, given, strategies as st
import pytest

from custom_components.xbox_console.lan.packets import PROBE, power_on, who_answers
from simulator.lan import certificates, packets

CONSOLE_ID = "F4000A1B2C3D4E5F"
NOW = 1_793_988_000.0
NAMES = st.text(max_size=120)


def _answer(
    certificate: bytes, name: str = "XBOX", uuid: str = "", wrong_length: int = 0
) -> bytes:
    return packets.response(
        flags=6,
        device_type=1,
        name=name,
        uuid=uuid or "7C2E4A10-9D3B-0F68-B1A5-52E0C7D49A36",
        last_error=0,
        certificate=certificate,
        wrong_length=wrong_length,
    )


def _presented(kind: str = "good") -> bytes:
    return certificates.presented(CONSOLE_ID, kind, NOW)


@given(st.binary(max_size=3000))
def test_garbage_is_no_answer(data: bytes) -> None:
    """Nothing is raised, and nobody is named."""
    assert who_answers(data) is None


@given(data=st.data())
def test_a_damaged_answer_names_the_console_or_nobody(data: st.DataObject) -> None:
    """Bytes that are cut off, changed or put in never lead to an error."""
    whole = _answer(_presented())
    at = data.draw(st.integers(0, len(whole)))
    cut = data.draw(st.integers(0, 40))
    put = data.draw(st.binary(max_size=40))
    named = who_answers(whole[:at] + put + whole[at + cut :])
    assert named is None or (len(named) == 16 and set(named) <= set(string.hexdigits))


@given(name=NAMES, wrong=st.integers(-500, 500), uuid=NAMES)
def test_strings_are_read_by_their_own_lengths(
    name: str, wrong: int, uuid: str
) -> None:
    """However the console is called, and whatever the header says."""
    assert who_answers(_answer(_presented(), name, uuid, wrong)) == CONSOLE_ID


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        ("good", CONSOLE_ID),
        ("expired", CONSOLE_ID),
        ("p384", CONSOLE_ID),
        ("short name", None),
        ("lower case", None),
        ("no name", None),
        ("garbage", None),
        ("none", None),
    ],
)
def test_only_a_whole_id_counts(kind: str, named: str | None) -> None:
    """Dates and keys do not matter: a certificate names a console and proves nothing."""
    assert who_answers(_answer(_presented(kind))) == named


def test_a_certificate_that_only_a_lenient_reader_understands() -> None:
    """The subject's name is the last one in it."""
    broken = _presented().replace(b"\x02\x01\x02", b"\x02\x01\x09", 1)
    assert who_answers(_answer(broken)) == CONSOLE_ID


def test_trailing_bytes_do_not_matter() -> None:
    """Nor does a longer datagram, up to a limit."""
    answer = _answer(_presented())
    assert who_answers(answer + bytes(20)) == CONSOLE_ID
    assert who_answers(answer + bytes(3000)) is None


def test_what_we_send() -> None:
    """To the bit as a console expects it."""
    assert packets.parse(PROBE) == packets.Request(client_type=8)
    assert packets.parse(power_on(CONSOLE_ID.lower())) == packets.PowerOn(CONSOLE_ID)
    assert len(power_on(CONSOLE_ID)) == 25


@given(st.text(max_size=20))
def test_no_wake_for_what_is_no_id(text: str) -> None:
    """It would wake nobody, or somebody else."""
    assume(not (len(text) == 16 and set(text) <= set(string.hexdigits)))
    with pytest.raises(ValueError, match="not a console id"):
        power_on(text)
