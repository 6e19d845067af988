"""Troubles that the services are known to have, drawn in every way that no fact settles."""

from random import Random

from simulator.network.faults import Fault

XCCS = "xccs.xboxlive.com"
RETRY_AFTER = (None, 0.0, 1.0, 60.0)
LONGEST_SECONDS = 600.0


def busy(
    random: Random, host: str, *, longest_seconds: float = LONGEST_SECONDS
) -> Fault:
    """Return minutes in which a host answers 429 or 503, with any `Retry-After`, or without."""
    return Fault(
        kind="status",
        host=host,
        status=random.choice((429, 503)),
        retry_after=random.choice(RETRY_AFTER),
        lasts_seconds=round(random.uniform(60.0, longest_seconds), 1),
        label="busy",
    )


def forbidden_commands() -> Fault:
    """Return commands that are answered 403 with a page, while everything can be read."""
    return Fault(
        kind="html",
        host=XCCS,
        path="/commands",
        method="POST",
        status=403,
        label="forbidden commands",
    )


def failing_success(word: str = "ErrorCallingWNS", path: str | None = None) -> Fault:
    """Return a failing errorCode with HTTP 200, for every answer of the console service or those of a path."""
    return Fault(kind="xccs", host=XCCS, path=path, status=200, word=word, label="200")
