"""Starts Home Assistant with a detour: what httpx2 would send to a host goes to its folder in the simulator.

In place of `python -m homeassistant`, with the same arguments. Home Assistant's own `xbox` knows no address
but Microsoft's. Nothing of it is imported or changed here.
"""

import os
import runpy
from typing import Any

import httpx2

_SIMULATOR = os.environ["XBOX_CONSOLE_SIMULATOR"]


def _lead_away() -> None:
    transport = httpx2.AsyncHTTPTransport
    straight_on = transport.handle_async_request

    async def detour(self: Any, request: Any) -> Any:
        host, path = request.url.host, request.url.raw_path.decode()
        request.url = httpx2.URL(f"{_SIMULATOR}/{host}{path}")
        return await straight_on(self, request)

    transport.handle_async_request = detour


_lead_away()
# What this integration would tell its developers takes time, too.
os.environ["XBOX_CONSOLE_LOG"] = "warning"
runpy.run_module("homeassistant", run_name="__main__", alter_sys=True)
