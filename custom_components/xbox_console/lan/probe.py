"""Who is there? Everybody is asked, or those at some addresses."""

import asyncio
from collections.abc import Collection, Container, Mapping
from contextlib import suppress

from .endpoint import LISTENING, merged, voice
from .packets import PROBE, who_answers
from .target import Target

type Found = Mapping[str, frozenset[str]]
"""Addresses by console id; of more than one nobody can tell which is the console's."""


class _Listening:
    """What is heard while a question is open."""

    def __init__(
        self, target: Target, known: Container[str], asked: Collection[str] | None
    ) -> None:
        """Take answers of known consoles; those from where nobody was asked count for nothing."""
        self._target, self._known, self._asked = target, known, asked
        self.found: dict[str, set[str]] = {}
        self.complete = asyncio.Event()
        """Set when the only one who was asked has answered."""

    def heard(self, data: bytes, address: str, port: int) -> None:
        """Take an answer if it can be one."""
        if port != self._target.port or not self._target.is_near(address):
            return
        if self._asked is not None and address not in self._asked:
            return
        console_id = who_answers(data)
        if console_id is None or console_id not in self._known:
            return
        self.found.setdefault(console_id, set()).add(address)
        if self._asked is not None and len(self._asked) == 1:
            self.complete.set()


async def ask(
    target: Target, known: Container[str], addresses: Collection[str] | None = None
) -> Found:
    """Ask who is at some addresses, or anywhere; gives known consoles alone.

    Raises OSError if nobody can be asked, which says nothing of anybody.
    """
    if addresses is None:
        routes = await target.everybody()
    else:
        routes = merged([await target.to(address) for address in addresses])
    listening = _Listening(target, known, addresses)
    async with voice(target, routes, listening.heard) as speaking:
        speaking.say(PROBE)
        with suppress(TimeoutError):
            async with asyncio.timeout(LISTENING):
                await listening.complete.wait()
    return {key: frozenset(there) for key, there in listening.found.items()}
