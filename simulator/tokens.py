"""Tokens that the simulated network has issued."""

from typing import TYPE_CHECKING
import uuid

from aiohttp import web

if TYPE_CHECKING:
    from simulator.world import Account, World


class TokenBook:
    """Which XSTS token belongs to whom."""

    def __init__(self, world: World) -> None:
        """Start with no token issued."""
        self._world = world
        self._keys: dict[str, str] = {}

    def authorization(self, account: Account) -> str:
        """Issue an XSTS token and return the `Authorization` header that carries it."""
        token = uuid.uuid4().hex
        self._keys[f"XBL3.0 x={account.xuid};{token}"] = account.key
        return f"XBL3.0 x={account.xuid};{token}"

    def authenticate(self, header: str | None) -> Account:
        """Return the account that an `Authorization` header stands for. Raises HTTPUnauthorized."""
        key = self._keys.get(header or "")
        if key is None:
            raise web.HTTPUnauthorized(text="")
        return self._world.accounts[key]
