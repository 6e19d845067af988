"""Sign in without a browser: the config flow over REST, its code at the simulator."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from aiohttp import ClientSession

from scripts.config_directory import DOMAIN
from scripts.homeassistant_instance import HomeAssistant

_ENTRIES = "/api/config/config_entries"
_FLOWS = f"{_ENTRIES}/flow"
_PATIENCE = 60.0
_NOTICE = 5.0
_PAUSE = 0.2

type Step = Mapping[str, Any]


class SignInFailed(Exception):
    """The config flow did not end with a sign-in."""


async def has_entry(home: HomeAssistant) -> bool:
    """Tell whether an account has been added."""
    return bool(await _entries(home))


async def remove_entries(home: HomeAssistant) -> None:
    """Remove every account that has been added."""
    for entry in await _entries(home):
        await home.request("DELETE", f"{_ENTRIES}/entry/{entry['entry_id']}")


async def _entries(home: HomeAssistant) -> list[Step]:
    entries: list[Step] = await home.request("GET", f"{_ENTRIES}/entry?domain={DOMAIN}")
    return entries


async def sign_in(
    home: HomeAssistant, simulator_url: str, account: str = "parent"
) -> None:
    """Add the account with this key in the simulated world.

    Raises SignInFailed, ClientError, TimeoutError.
    """
    step = await home.request("POST", _FLOWS, {"handler": DOMAIN})
    await _finish(home, simulator_url, step, account)


async def sign_in_again(home: HomeAssistant, simulator_url: str) -> None:
    """Renew sign-ins that a simulator of an earlier start gave: this one never saw them.

    Raises SignInFailed, ClientError, TimeoutError.
    """
    flows: list[Step] = []
    with suppress(TimeoutError):
        async with asyncio.timeout(_NOTICE):
            while not (flows := await _reauth_flows(home)):
                await asyncio.sleep(_PAUSE)
    for flow in flows:
        gamertag = flow["context"]["title_placeholders"]["name"]
        account = await _account(simulator_url, gamertag)
        step = await home.request("GET", f"{_FLOWS}/{flow['flow_id']}")
        await _finish(home, simulator_url, step, account)


async def _reauth_flows(home: HomeAssistant) -> list[Step]:
    flows: list[Step] = await home.command("config_entries/flow/progress")
    return [
        flow
        for flow in flows
        if flow["handler"] == DOMAIN and flow["context"]["source"] == "reauth"
    ]


async def _account(simulator_url: str, gamertag: str) -> str:
    """Return the key of the account. Raises SignInFailed."""
    async with (
        ClientSession(raise_for_status=True) as session,
        session.get(f"{simulator_url}/_simulator/state") as response,
    ):
        accounts = (await response.json())["accounts"]
    for account in accounts:
        if account["gamertag"] == gamertag:
            return str(account["key"])
    raise SignInFailed(f"the simulator knows nobody called {gamertag}")


async def _finish(
    home: HomeAssistant, simulator_url: str, step: Step, account: str
) -> None:
    """Go through a flow, from `step`, to its end."""
    flow = f"{_FLOWS}/{step['flow_id']}"
    if step["type"] == "menu":
        step = await home.request("POST", flow, {"next_step_id": "device_code"})
    elif step["type"] == "form":
        step = await home.request("POST", flow, {})
    if step["type"] == "progress":
        await _approve(simulator_url, step["description_placeholders"]["code"], account)
        step = await _after_progress(home, flow)
    if step["type"] != "create_entry" and step.get("reason") != "reauth_successful":
        raise SignInFailed(str(step.get("reason") or step.get("errors")))


async def _approve(simulator_url: str, code: str, account: str) -> None:
    async with (
        ClientSession(raise_for_status=True) as session,
        session.post(
            f"{simulator_url}/_simulator/device-codes/approve",
            json={"user_code": code, "account": account},
        ),
    ):
        pass


async def _after_progress(home: HomeAssistant, flow: str) -> Step:
    async with asyncio.timeout(_PATIENCE):
        while True:
            step: Step = await home.request("GET", flow)
            if step["type"] not in ("progress", "progress_done"):
                return step
            await asyncio.sleep(_PAUSE)
