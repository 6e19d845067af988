"""Who is there? The answer is read here byte by byte, as the facts have it."""

from datetime import UTC, datetime
import struct

from cryptography import x509
from cryptography.x509.oid import NameOID
import pytest

from simulator.consoles.console import PowerState
from simulator.demo.consoles import ONE_X_ID, SERIES_X_ID
from simulator.lan.segment import IMPOSTOR
from tests.simulator.lan.conftest import PROBE, Neighbour

ROOM, BED = "Living room", "Bedroom"


def _text(data: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from(">H", data, at)
    assert data[at + 2 + length] == 0
    return data[at + 2 : at + 2 + length].decode(), at + 3 + length


def _certificate(data: bytes) -> bytes:
    _, at = _text(data, 12)
    _, at = _text(data, at)
    (length,) = struct.unpack_from(">H", data, at + 4)
    return data[at + 6 : at + 6 + length]


def _name(data: bytes) -> str:
    subject = x509.load_der_x509_certificate(_certificate(data)).subject
    return str(subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)


async def test_a_console_that_is_on_answers_from_its_own_address(
    neighbour: Neighbour,
) -> None:
    """To the asking port, from the protocol's port, with its name and id; one that sleeps says nothing."""
    [(data, sender)] = await neighbour.ask()
    assert sender == ("127.0.0.2", neighbour.wire.address[1])
    kind, length, version, flags, device = struct.unpack_from(">HHHIH", data)
    assert (kind, length, version, flags, device) == (0xDD01, len(data) - 6, 2, 6, 1)
    name, at = _text(data, 12)
    uuid, at = _text(data, at)
    assert (name, len(uuid)) == (ROOM, 36)
    assert struct.unpack_from(">I", data, at) == (0,)
    assert _name(data) == SERIES_X_ID
    certificate = x509.load_der_x509_certificate(_certificate(data))
    lasting = certificate.not_valid_after_utc - certificate.not_valid_before_utc
    assert lasting.days == 30
    assert 500 < len(_certificate(data)) < 700


async def test_one_of_two_serves_an_expired_certificate(neighbour: Neighbour) -> None:
    """As real ones do, days after the end."""
    neighbour.console(BED).power = PowerState.ON
    ended = {
        _name(data): x509.load_der_x509_certificate(
            _certificate(data)
        ).not_valid_after_utc
        for data, _ in await neighbour.ask()
    }
    now = datetime.now(UTC)
    assert ended[SERIES_X_ID] > now > ended[ONE_X_ID]


async def test_it_answers_at_its_own_address_alone(neighbour: Neighbour) -> None:
    """What is sent to one is heard by nobody else."""
    assert len(await neighbour.ask(to="127.0.0.2")) == 1
    assert await neighbour.ask(to="127.0.0.3") == []


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"\xdd",
        PROBE[:-1],
        PROBE + b"\0",
        b"\xdd\x00\x00\x0a\x00\x02" + PROBE[6:],
        b"\xdd\x05" + PROBE[2:],
        bytes(16),
    ],
)
async def test_what_is_no_request_is_not_answered(
    neighbour: Neighbour, packet: bytes
) -> None:
    """The parser is strict, and nothing breaks."""
    assert await neighbour.ask(packet) == []
    assert len(neighbour.world.lan.kinds("noise")) == 1
    assert len(await neighbour.ask()) == 1


@pytest.mark.parametrize(
    ("power", "transition", "plugged"),
    [
        (PowerState.STANDBY, "", True),
        (PowerState.STANDBY, "waking", True),
        (PowerState.OFF, "", True),
        (PowerState.ON, "rebooting", True),
        (PowerState.ON, "", False),
    ],
)
async def test_states_in_which_it_says_nothing(
    neighbour: Neighbour, power: PowerState, transition: str, plugged: bool
) -> None:
    """Asleep, off, on its way up or without its plug."""
    console = neighbour.console(ROOM)
    console.power, console.transition, console.plugged = power, transition, plugged
    assert await neighbour.ask() == []


async def test_a_maintenance_that_the_network_does_not_know_of(
    neighbour: Neighbour,
) -> None:
    """It answers here, and is asleep in the cloud."""
    bed = neighbour.console(BED)
    neighbour.world.lan.of(bed.id).answers_asleep = True
    assert [_name(data) for data, _ in await neighbour.ask(to="127.0.0.3")] == [bed.id]
    assert bed.shown().power == "ConnectedStandby"


async def test_knobs_of_an_answer(neighbour: Neighbour) -> None:
    """Silence, another port, several copies, another address, somebody else, and every shape."""
    lan, port = neighbour.world.lan, neighbour.wire.address[1]
    knobs = lan.of(SERIES_X_ID)
    knobs.answers = False
    assert await neighbour.ask() == []
    knobs.answers, knobs.copies = True, 3
    assert len(await neighbour.ask()) == 3
    knobs.copies, knobs.other_port = 1, True
    [(_, sender)] = await neighbour.ask()
    assert sender[1] != port
    knobs.other_port, knobs.impostor = False, True
    senders = {sender[0] for _, sender in await neighbour.ask()}
    assert senders == {"127.0.0.2", f"127.0.0.{1 + IMPOSTOR}"}
    knobs.impostor, knobs.host = False, 6
    [(_, sender)] = await neighbour.ask()
    assert sender == ("127.0.0.7", port)
    knobs.loss = 1.0
    assert await neighbour.ask() == []


@pytest.mark.parametrize(
    ("shape", "length"),
    [("wrong length", 0), ("trailing", 9), ("wrong version", 0), ("truncated", None)],
)
async def test_shapes(neighbour: Neighbour, shape: str, length: int | None) -> None:
    """What a parser must bear."""
    [(usual, _)] = await neighbour.ask()
    neighbour.world.lan.of(SERIES_X_ID).update({"shape": shape})
    [(odd, _)] = await neighbour.ask()
    assert odd != usual
    assert len(odd) == (len(usual) // 2 if length is None else len(usual) + length)


@pytest.mark.parametrize(
    ("certificate", "name"),
    [
        ("expired", SERIES_X_ID),
        ("short name", SERIES_X_ID[:11]),
        ("lower case", SERIES_X_ID.lower()),
        ("p384", SERIES_X_ID),
    ],
)
async def test_certificates(neighbour: Neighbour, certificate: str, name: str) -> None:
    """Each names what it is told to."""
    neighbour.world.lan.of(SERIES_X_ID).update({"certificate": certificate})
    [(data, _)] = await neighbour.ask()
    assert _name(data) == name


@pytest.mark.parametrize(("certificate", "length"), [("garbage", 588), ("none", 0)])
async def test_no_certificates(
    neighbour: Neighbour, certificate: str, length: int
) -> None:
    """Bytes that are none, and none at all."""
    neighbour.world.lan.of(SERIES_X_ID).update({"certificate": certificate})
    [(data, _)] = await neighbour.ask()
    assert len(_certificate(data)) == length


def test_an_unknown_value_is_refused(neighbour: Neighbour) -> None:
    """And nothing is set."""
    knobs = neighbour.world.lan.of(SERIES_X_ID)
    with pytest.raises(ValueError, match="shape"):
        knobs.update({"answers": False, "shape": "odd"})
    assert knobs.differences() == {}
