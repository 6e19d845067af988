"""What `scripts/benchmark-core` shows: which number of which measure, in which table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import override

from simulator.network.faults import Fault

CONSOLES = (1, 5, 20)
LATENCIES = (0, 50, 200)
"""Milliseconds that each answer takes."""
STEADY_SECONDS = 60
"""How long a real instance is watched while nothing happens."""
TROUBLES: dict[str, Fault] = {
    "No network": Fault(kind="outage"),
    "Connections dropped": Fault(kind="drop"),
    "Error 500 everywhere": Fault(kind="status", status=500),
    "Error 503 everywhere": Fault(kind="status", status=503),
    "429, wait 30 s": Fault(kind="status", status=429, retry_after=30.0),
    "401 everywhere": Fault(kind="unauthorized"),
    "A web page for JSON": Fault(kind="html", status=200),
    "Empty answers": Fault(kind="empty", status=200),
    "JSON cut short": Fault(kind="malformed"),
    "Answers take 20 s": Fault(kind="slow", seconds=20.0),
    "Console service down": Fault(kind="status", status=503, host="xccs.xboxlive.com"),
    "People service down": Fault(
        kind="status", status=503, host="peoplehub.xboxlive.com"
    ),
    "Presence down": Fault(kind="status", status=503, host="userpresence.xboxlive.com"),
    "Catalogue down": Fault(
        kind="status", status=503, host="displaycatalog.mp.microsoft.com"
    ),
    "Consoles cannot be reached": Fault(kind="xccs", word="ErrorCallingWNS"),
}
NEVER = 900.0
"""Seconds after which what was not found again counts as lost."""

type Numbers = Mapping[str, float]


@dataclass(frozen=True)
class Row:
    """A line of a table: one number of a measure."""

    label: str
    measure: str
    number: str
    digits: int = 0
    per: float = 1
    headline: str = ""
    """What it is called in the README, if that has it, too."""
    times: int = 1
    """How often its measure is repeated at least: the median counts."""

    def cells(self, ours: Numbers, core: Numbers) -> tuple[str, ...]:
        """Both numbers, and the one by the other."""
        mine, other = ours[self.number] / self.per, core[self.number] / self.per
        ratio = f"{mine / other:.2f}" if other > 0 else ""
        return (f"{mine:,.{self.digits}f}", f"{other:,.{self.digits}f}", ratio)


@dataclass(frozen=True)
class Verdict(Row):
    """A line of the table of troubles: in words."""

    @override
    def cells(self, ours: Numbers, core: Numbers) -> tuple[str, ...]:
        """How each came through."""
        return (_verdict(ours), _verdict(core))


def _verdict(numbers: Numbers) -> str:
    missing, after = numbers["missing"], numbers["true after"]
    during = f"no state for {missing:.0f} s" if missing else "states kept"
    found = "**lost**" if after >= NEVER else f"true {after:.0f} s after"
    return f"{during}, {found}"


@dataclass(frozen=True)
class Section:
    """A table."""

    rows: tuple[Row, ...]
    head: str = " | this integration | core `xbox` | ratio"


def _set_up(latency: int, consoles: int) -> Row:
    label = f"{latency} ms an answer, {consoles} console{'s' * (consoles > 1)} (s)"
    headline = f"Set-up, {label}" if (latency, consoles) == (50, 5) else ""
    return Row(
        label, f"set-up {latency} ms, {consoles}", "seconds", 2, headline=headline
    )


def _processor(consoles: int) -> Row:
    label = f"the processor, {consoles} console{'s' * (consoles > 1)} (s)"
    return Row(label, f"set-up 0 ms, {consoles}", "processor", 2)


def _memory(measure: str, what: str, *, headline: str = "") -> tuple[Row, ...]:
    return (
        Row(f"Entities{what}", measure, "entities"),
        Row("with those that are disabled", measure, "registered"),
        Row(f"Memory{what} (KiB)", measure, "total"),
        Row("for each entity (KiB)", measure, "per entity", 1, headline=headline),
        Row(
            "the same with those that are disabled (KiB)", measure, "per registered", 1
        ),
        Row("by its own files (KiB)", measure, "own"),
    )


def _real_action(action: str) -> tuple[Row, ...]:
    confirmed = f"{action} confirmed"
    return (
        Row(f"`{action}` shown after (s), median", "real", action, 2),
        Row("worst", "real", f"worst {action}", 2),
        Row("confirmed by the console, median", "real", confirmed, 1),
        Row("worst", "real", f"worst {confirmed}", 1),
    )


_REAL_STARTS = tuple(
    Row(label, "real starts", number, digits, times=3)
    for label, number, digits in (
        ("Start until it runs, entry disabled (s)", "seconds without", 1),
        ("entry enabled (s)", "seconds", 1),
        ("Processor until it runs, entry disabled (s)", "processor without", 2),
        ("entry enabled (s)", "processor", 2),
        ("The entry enabled while it runs (s)", "set-up", 2),
        ("Resident memory, entry disabled (MiB)", "resident without", 1),
        ("entry enabled (MiB)", "resident", 1),
    )
)
_REAL_WORK = (
    Row(f"Requests in {STEADY_SECONDS} s", "real", "requests"),
    Row(f"Processor in {STEADY_SECONDS} s (s)", "real", "processor", 2),
    *_real_action("turn_on"),
    *_real_action("turn_off"),
    Row("A change at the console shown after (s), median", "real", "change", 1),
    Row("worst", "real", "worst change", 1),
)

SECTIONS: Mapping[str, Section] = {
    "import": Section(
        (Row("Import (ms)", "import", "import", headline="Import (ms)", times=7),)
    ),
    "memory": Section(
        (
            *_memory("memory", "", headline="Memory for each entity (KiB)"),
            *_memory("memory, many apps", ", 500 apps a console"),
        )
    ),
    "growth": Section(
        (
            Row("Its own files, in a day (KiB)", "growth", "own", 1),
            Row("Everything, in a day (KiB)", "growth", "total", 1),
        )
    ),
    "requests": Section(
        (
            Row(
                "One console, off",
                "one off",
                "requests",
                headline="Requests an hour, one console, off",
            ),
            Row(
                "One console, a game runs",
                "1 consoles",
                "requests",
                headline="Requests an hour, one console, a game runs",
            ),
            Row("the same with ten friends", "friends", "requests"),
            Row(
                "Five consoles, one plays",
                "5 consoles",
                "requests",
                headline="Requests an hour, five consoles, one plays",
            ),
            Row("Twenty consoles, one plays", "20 consoles", "requests"),
        )
    ),
    "processor": Section(
        tuple(
            Row(label, measure, "processor", 2, times=3)
            for label, measure in (
                ("One console, a game runs (s)", "1 consoles"),
                ("with ten friends (s)", "friends"),
                ("Five consoles, one plays (s)", "5 consoles"),
                ("Twenty consoles, one plays (s)", "20 consoles"),
            )
        )
    ),
    "recorder": Section(
        (
            Row("Rows an hour, one plays, ten friends", "friends", "rows"),
            Row("Bytes an hour, one plays, ten friends", "friends", "bytes"),
            Row("Rows an hour, five consoles", "5 consoles", "rows"),
            Row("Bytes an hour, five consoles", "5 consoles", "bytes"),
        )
    ),
    "delays": Section(
        (
            Row(
                "`turn_on` shown after (s), mean",
                "turn_on",
                "shown",
                1,
                headline="`turn_on` shown after (s), mean",
            ),
            Row("confirmed by the console, mean", "turn_on", "confirmed", 1),
            Row("worst", "turn_on", "worst confirmed", 1),
            Row("`turn_off` shown after (s), mean", "turn_off", "shown", 1),
            Row("confirmed by the console, mean", "turn_off", "confirmed", 1),
            Row("worst", "turn_off", "worst confirmed", 1),
            Row("A change at the console shown after (s), mean", "lag", "mean", 1),
            Row("worst", "lag", "worst", 1),
        )
    ),
    "set-up": Section(
        (
            *map(_processor, CONSOLES),
            *(
                _set_up(latency, consoles)
                for latency in LATENCIES[1:]
                for consoles in CONSOLES
            ),
        )
    ),
    "troubles": Section(
        tuple(Verdict(name, name, "missing") for name in TROUBLES),
        head=" | this integration | core `xbox`",
    ),
    "real": Section((*_REAL_STARTS, *_REAL_WORK)),
}
