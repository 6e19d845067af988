"""Where the command line keeps a sign-in."""

import asyncio
import json
from pathlib import Path

from ..auth.tokens import Credentials
from ..errors import SignInRequired


class Store:
    """The credentials in a file that only its owner can read."""

    def __init__(self, path: Path) -> None:
        """Use a file; it need not exist."""
        self._path = path

    async def save(self, credentials: Credentials) -> None:
        """Replace the file as a whole, so that a crash leaves the old one or the new one."""
        text = json.dumps(credentials.stored())
        await asyncio.to_thread(self._write, text)

    def _write(self, text: str) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = self._path.with_suffix(".new")
        new.unlink(missing_ok=True)
        new.touch(mode=0o600, exist_ok=False)
        new.write_text(text)
        new.replace(self._path)

    async def load(self) -> Credentials:
        """Raises SignInRequired if there are none, or none that can be read."""
        try:
            stored = json.loads(await asyncio.to_thread(self._path.read_text))
        except OSError, ValueError:
            stored = None
        if not isinstance(stored, dict):
            raise SignInRequired("not signed in: run `sign-in` first")
        return Credentials.restore(stored)

    async def forget(self) -> bool:
        """Delete the file; whether there was one."""
        try:
            await asyncio.to_thread(self._path.unlink)
        except FileNotFoundError:
            return False
        return True
