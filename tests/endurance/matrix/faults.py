"""What can go wrong between the integration and one service: the columns of the matrix."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

type Way = Literal["refused", "no name", "wrong certificate"]
"""How a connection can fail that never reaches anybody."""

HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that goes wrong."""

    name: str
    rule: Mapping[str, Any] = field(default_factory=dict)
    """What the simulator does instead of answering; the host is filled in."""
    way: Way | None = None
    at_set_up: bool = True
    """Whether it can go wrong when nothing was asked before."""
    says: bool = False
    """Whether something well-formed is said, of which what is shown may come to be unknown."""
    nods: bool = False
    """Whether it is how a service answers that did something and has nothing to tell of it."""


def _status(status: int, **more: Any) -> Mapping[str, Any]:
    return {"kind": "status", "status": status, **more}


def _json(body: str, status: int = 200) -> Mapping[str, Any]:
    return {"kind": "json", "status": status, "body": body}


_REASON = '{"code": 4, "source": "Gateway", "description": "Forbidden"}'

FAULTS = {
    wrong.name: wrong
    for wrong in (
        Wrong("connection refused", way="refused"),
        Wrong("no such name", way="no name"),
        Wrong("wrong certificate", way="wrong certificate"),
        Wrong("dropped", {"kind": "drop"}),
        Wrong("dropped within the answer", {"kind": "cut"}),
        Wrong("a byte a second", {"kind": "trickle", "seconds": 1.0}),
        Wrong("silence", {"kind": "slow", "seconds": 10 * HOUR}),
        Wrong("401", {"kind": "unauthorized"}),
        Wrong("403 with JSON", _json(_REASON, 403)),
        Wrong("403 with a page", {"kind": "html", "status": 403}),
        Wrong("404", _status(404)),
        Wrong("408", _status(408)),
        Wrong("409", _status(409)),
        Wrong("412", _status(412)),
        Wrong("429", _status(429)),
        Wrong("429 for a minute", _status(429, retry_after=60)),
        Wrong("500", _status(500)),
        Wrong("502", {"kind": "html", "status": 502}),
        Wrong("503", _status(503)),
        Wrong("503 at once", _status(503, retry_after=0)),
        Wrong("no body", {"kind": "empty", "status": 200}, nods=True),
        Wrong("a page", {"kind": "html", "status": 200}),
        Wrong("half a JSON", {"kind": "malformed"}),
        Wrong("wrong types", {"kind": "bent"}, says=True),
        Wrong("an empty object", _json("{}"), says=True),
        Wrong("an empty list", _json("[]"), says=True),
        Wrong("null", _json("null"), says=True),
        Wrong("fifty megabytes", {"kind": "huge"}),
        Wrong("an hour ahead", {"kind": "clock", "seconds": HOUR}),
        Wrong("an hour behind", {"kind": "clock", "seconds": -HOUR}),
        Wrong("connections from before a sleep", {"kind": "stale"}, at_set_up=False),
    )
}
