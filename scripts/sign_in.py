"""Sign in without a browser: the config flow over REST, its code at the simulator."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from aiohttp import ClientResponseError, ClientSession

from scripts.config_directory import DOMAIN
from scripts.homeassistant_instance import HomeAssistant

_ENTRIES = "/api/config/config_entries"
_FLOWS = f"{_ENTRIES}/flow"
_PATIENCE = 60.0
_NOTICE = 5.0
_PAUSE = 0.2
_BEGINNING = ("not_loaded", "setup_in_progress")

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
    gamertags = await _gamertags(simulator_url)
    for flow in flows:
        name = _name(flow)
        account = next((key for key, tag in gamertags.items() if tag == name), None)
        if account is None:
            raise SignInFailed(f"the simulator knows nobody called {name}")
        step = await home.request("GET", f"{_FLOWS}/{flow['flow_id']}")
        await _finish(home, simulator_url, step, account)


async def _reauth_flows(home: HomeAssistant) -> list[Step]:
    flows: list[Step] = await home.command("config_entries/flow/progress")
    return [
        flow
        for flow in flows
        if flow["handler"] == DOMAIN and flow["context"]["source"] == "reauth"
    ]


def _name(flow: Step) -> str:
    """Return the gamertag that a flow is about."""
    return str(flow["context"]["title_placeholders"]["name"])


async def _gamertags(simulator_url: str) -> dict[str, str]:
    """Return what each account is called, by its key."""
    async with (
        ClientSession(raise_for_status=True) as session,
        session.get(f"{simulator_url}/_simulator/state") as response,
    ):
        accounts = (await response.json())["accounts"]
    return {str(each["key"]): str(each["gamertag"]) for each in accounts}


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
        try:
            step = await _after_progress(home, flow)
        except ClientResponseError as error:
            if error.status != HTTPStatus.NOT_FOUND:
                raise
            # Home Assistant goes on by itself once the code is approved: it may have been first.
            await _added(home, (await _gamertags(simulator_url))[account])
            return
    if step["type"] != "create_entry" and step.get("reason") != "reauth_successful":
        raise SignInFailed(str(step.get("reason") or step.get("errors")))


async def _added(home: HomeAssistant, gamertag: str) -> None:
    """Return once the account is there, set up, and asks for no sign-in. Raises TimeoutError."""

    async def missing() -> bool:
        entries = await _entries(home)
        there = {each["title"] for each in entries if each["state"] not in _BEGINNING}
        asking = await _reauth_flows(home)
        return gamertag not in there - {_name(flow) for flow in asking}

    async with asyncio.timeout(_PATIENCE):
        while await missing():
            await asyncio.sleep(_PAUSE)


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
