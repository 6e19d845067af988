"""What goes wrong in the town: one request in a hundred, in every way there is."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from simulator.network.faults import Fault
from simulator.world import World

SHARE = 0.01
"""Of all requests."""
XCCS = "xccs.xboxlive.com"
_KINDS: tuple[dict[str, Any], ...] = (
    {"kind": "status", "status": 500},
    {"kind": "status", "status": 503},
    {"kind": "status", "status": 503, "retry_after": 60.0},
    {"kind": "status", "status": 429},
    {"kind": "status", "status": 429, "retry_after": 30.0},
    {"kind": "status", "status": 403},
    {"kind": "status", "status": 404},
    {"kind": "status", "status": 408},
    {"kind": "html", "status": 502},
    {"kind": "html", "status": 200},
    {"kind": "empty", "status": 200},
    {"kind": "malformed"},
    {"kind": "huge"},
    {"kind": "slow", "seconds": 5.0},
    {"kind": "slow", "seconds": 45.0},
    {"kind": "drop"},
    {"kind": "cut"},
    {"kind": "redirect", "location": "http://127.0.0.1:9/"},
    {"kind": "unauthorized"},
    {"kind": "xccs", "host": XCCS, "word": "ErrorCallingWNS"},
    {"kind": "xccs", "host": XCCS, "word": "XboxDataNotFound", "status": 200},
)


class Weather:
    """Faults that come and go; counts those that struck."""

    def __init__(self, world: World) -> None:
        """Begin with a clear sky."""
        self.struck: Counter[str] = Counter()
        self._world = world
        strike = world.faults.strike

        def counted(
            method: str, host: str, path: str, account: str | None
        ) -> Fault | None:
            if (fault := strike(method, host, path, account)) is not None:
                self.struck[fault.label] += 1
            return fault

        world.faults.strike = counted  # type: ignore[method-assign] # it counts nothing itself

    def rough(self) -> None:
        """Let one request in a hundred go wrong from now on."""
        for fault in _rules():
            self._world.faults.add(fault)

    def outage(self, seconds: float) -> None:
        """Let nothing be answered for so long."""
        self._world.faults.add(
            Fault(kind="outage", lasts_seconds=seconds, label="outage")
        )

    def clear(self) -> None:
        """Let everything go well."""
        self._world.faults.clear()


def _rules() -> Iterator[Fault]:
    for rule in _KINDS:
        words = (rule["kind"], rule.get("status"), rule.get("retry_after"))
        label = " ".join(str(word) for word in words if word is not None)
        yield Fault(chance=SHARE / len(_KINDS), label=label, **rule)
