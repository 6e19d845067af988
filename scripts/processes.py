"""Programs that run beside us: each in a process group of its own, ended with us."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
import os
from pathlib import Path
import signal
import socket
from typing import Self

LOOPBACK = "127.0.0.1"
_GRACE = 30.0
_LOWEST_PORT = 10_000
_HANDED_OUT = 32_768
"""The first of the ports that Linux gives to whoever wants any."""


class Program:
    """One running program; what it says goes to a log file."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        """Take over a process that leads its own group."""
        self._process = process
        self.log = log

    @classmethod
    async def start(
        cls, *command: str, log: Path, directory: Path, environment: Mapping[str, str]
    ) -> Self:
        """Start `command` in `directory` with `environment` added to ours.

        PYTHONPATH is dropped, as another `custom_components` on it would be merged
        with the one in the working directory; and bytecode is always written, as
        Home Assistant starts more than twice as fast with it.
        """
        ours = {
            name: value
            for name, value in os.environ.items()
            if name not in ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
        }
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as output:
            process = await asyncio.create_subprocess_exec(
                *command,
                cwd=directory,
                env={**ours, **environment},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
            )
        return cls(process, log)

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """What it ended with; None while it runs."""
        return self._process.returncode

    async def wait(self) -> int:
        """Wait for its end and return its exit code."""
        return await self._process.wait()

    async def stop(self) -> None:
        """End it and everything it started, politely first."""
        if self.exit_code is None:
            self._process.terminate()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), _GRACE)
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        await self._process.wait()

    def last_words(self, lines: int = 30) -> str:
        """Return the end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def free_port() -> int:
    """Return a port on the loopback address that nobody uses now.

    It is none of those that the system hands out, or it might be somebody's before it is used.
    """
    first = _LOWEST_PORT + os.getpid() % (_HANDED_OUT - _LOWEST_PORT)
    return next(port for port in range(first, _HANDED_OUT) if is_free(port))


def is_free(port: int) -> bool:
    """Tell whether a server could listen on `port` of the loopback address."""
    with socket.socket() as candidate:
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind((LOOPBACK, port))
        except OSError:
            return False
    return True
