"""Who stands in the local network, what each hears, and what it answers. No sockets: see `wire`."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

from simulator.clock import Clock
from simulator.consoles.console import Console, PowerState
from simulator.lan import certificates
from simulator.lan.knobs import LanKnobs
from simulator.lan.packets import NotForUs, PowerOn, Request, parse, response

HOSTS = 9
"""Addresses of the segment behind the one that stands for all."""
IMPOSTOR = HOSTS
"""The last of them belongs to somebody who is no console."""
_WITHIN = 10.0
_SILENT = ("waking", "rebooting", "updating")

type Address = tuple[str, int]


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A packet that somebody sent, as the segment saw it."""

    at: float
    kind: str
    """`probe`, `wake` or `noise`."""
    sender: Address
    host: int
    """To which of the addresses; 0: to all."""
    console_id: str = ""
    """Who is to wake up."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A packet that goes back."""

    host: int
    data: bytes
    to: Address
    seconds: float = 0.0
    other_port: bool = False


class Segment:
    """The consoles' local network."""

    def __init__(
        self,
        clock: Clock,
        consoles: Mapping[str, Console],
        changed: Callable[[], None],
    ) -> None:
        """Have these consoles in it; `changed` lets the world settle and tell."""
        self.heard: deque[Heard] = deque(maxlen=20_000)
        self.knobs: dict[str, LanKnobs] = {}
        self._clock = clock
        self._consoles = consoles
        self._changed = changed
        self._random = Random(0)
        self._wakes: dict[str, list[float]] = {}

    def clear(self) -> None:
        """Forget what was heard, and let every console behave as usual."""
        self.heard.clear()
        self.knobs.clear()
        self._wakes.clear()
        self._random = Random(0)

    def of(self, console_id: str) -> LanKnobs:
        """Return the knobs of a console."""
        return self.knobs.setdefault(console_id, LanKnobs())

    def kinds(self, kind: str) -> list[Heard]:
        """Return the packets of a kind."""
        return [packet for packet in self.heard if packet.kind == kind]

    def host_of(self, console_id: str) -> int:
        """Return which of the addresses a console has."""
        turn = list(self._consoles).index(console_id) + 1
        return self.of(console_id).host or turn

    def receive(self, data: bytes, sender: Address, host: int) -> list[Answer]:
        """Let everybody at an address (0: all) hear a packet; return what they answer."""
        there = [
            console
            for console in self._consoles.values()
            if host in (0, self.host_of(console.id))
        ]
        try:
            packet = parse(data)
        except NotForUs:
            self._note("noise", sender, host)
            return []
        if isinstance(packet, Request):
            self._note("probe", sender, host)
            return [
                answer for console in there for answer in self._answers(console, sender)
            ]
        self._note("wake", sender, host, packet.console_id)
        for console in there:
            self._wake(console, packet)
        return []

    def _note(
        self, kind: str, sender: Address, host: int, console_id: str = ""
    ) -> None:
        now = self._clock.elapsed()
        self.heard.append(
            Heard(at=now, kind=kind, sender=sender, host=host, console_id=console_id)
        )
        self._changed()

    def runs(self, console: Console) -> bool:
        """Tell whether a console's system is up far enough to answer."""
        if not console.plugged or console.transition in _SILENT:
            return False
        if console.power is PowerState.STANDBY:
            return self.of(console.id).answers_asleep
        return console.power is PowerState.ON

    def _answers(self, console: Console, sender: Address) -> Iterator[Answer]:
        knobs = self.of(console.id)
        if knobs.impostor:
            yield self.forged(console, sender)
        if not knobs.answers or not self.runs(console):
            return
        if self._random.random() < knobs.loss:
            return
        for _ in range(knobs.copies):
            yield Answer(
                host=self.host_of(console.id),
                data=self._data(console),
                to=sender,
                seconds=knobs.answer_seconds,
                other_port=knobs.other_port,
            )

    def forged(self, console: Console, to: Address) -> Answer:
        """Return an answer in a console's name from somebody else."""
        return Answer(host=IMPOSTOR, data=self._data(console), to=to)

    def _data(self, console: Console) -> bytes:
        knobs = self.of(console.id)
        # Consoles go on presenting what has expired: the second of them does by itself.
        expired = list(self._consoles).index(console.id) == 1
        certificate = certificates.presented(
            console.id, knobs.certificate, self._clock.now(), expired=expired
        )
        data = response(
            flags=knobs.flags,
            device_type=knobs.device_type,
            name=knobs.name or console.name,
            uuid=knobs.uuid,
            last_error=knobs.last_error,
            certificate=certificate,
            version=0 if knobs.shape == "wrong version" else 2,
            wrong_length=68 if knobs.shape == "wrong length" else 0,
        )
        match knobs.shape:
            case "truncated":
                return data[: len(data) // 2]
            case "trailing":
                return data + b"\0" * 9
            case "garbage":
                return self._random.randbytes(len(data))
        return data

    def _wake(self, console: Console, packet: PowerOn) -> None:
        """Count a packet for a console that sleeps, or is about to."""
        knobs, now = self.of(console.id), self._clock.elapsed()
        hears = console.sleeps or console.transition == "turning_off"
        if not hears or packet.console_id != console.id.upper():
            return
        if (
            knobs.wake_only_seconds
            and self._asleep_for(console) > knobs.wake_only_seconds
        ):
            return
        lately = [at for at in self._wakes.get(console.id, []) if now - at < _WITHIN]
        self._wakes[console.id] = [*lately, now]
        if knobs.wake_packets and len(lately) + 1 >= knobs.wake_packets:
            self._wakes[console.id] = []
            console.wake()
            self._changed()

    def _asleep_for(self, console: Console) -> float:
        since = 0.0
        for at, state in reversed(console.history.states.entries):
            if state.awake:
                break
            since = at
        return self._clock.elapsed() - since
