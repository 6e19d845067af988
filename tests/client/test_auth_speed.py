"""How many requests a sign-in waits for, at a tenth of a second each; and whole sign-ins by a wrong clock."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from custom_components.xbox_console.xboxlive.auth.signin import (
    AddressSignIn,
    DeviceCodeSignIn,
    OwnAppSignIn,
)
from custom_components.xbox_console.xboxlive.auth.tokens import Credentials
from custom_components.xbox_console.xboxlive.errors import ServiceUnavailable
from simulator.accounts.apps import APPS
from simulator.network.faults import Fault

from .network import (
    DAY,
    HOUR,
    OWN_APP,
    SISU,
    TOKEN,
    USER,
    XSTS,
    Browser,
    Network,
    Start,
    User,
    check_accepted,
    check_usable,
)

_LATENCY = 0.1
"""Seconds until each answer."""

type Way = Callable[[Network], Awaitable[Credentials]]


async def by_code(network: Network) -> Credentials:
    """Enter a code; only what follows the approval is counted."""
    user = User(network)

    def approve() -> None:
        user.approve()
        network.world.requests.clear()

    user.actions = [user.nothing, approve]
    network.world.tokens.knobs.slow_down = False
    sign_in = DeviceCodeSignIn(network.transport, sleep=user.sleep)
    await sign_in.start()
    return await sign_in.wait()


async def by_address(network: Network) -> Credentials:
    """Paste an address; only what follows is counted."""
    sign_in = AddressSignIn(network.transport)
    pasted = await Browser(network).end(await sign_in.start())
    network.world.requests.clear()
    return await sign_in.finish(pasted)


async def by_own_app(network: Network) -> Credentials:
    """Come back from Microsoft's page with a code."""
    app = replace(OWN_APP, redirect_uri="https://my.home-assistant.io/redirect/oauth")
    code = network.world.tokens.oauth.new_code(
        network.world.accounts["parent"],
        APPS[app.client_id],
        scope=app.scope,
        redirect_uri=app.redirect_uri or "",
        challenge=None,
    )
    return await OwnAppSignIn(network.transport, app, code.value).finish()


WAYS = pytest.mark.parametrize("way", [by_code, by_address, by_own_app])


@WAYS
async def test_cold(network: Network, way: Way) -> None:
    """After the user has said yes, at most four requests, one after the other."""
    network.world.knobs.latency_seconds = _LATENCY
    await check_usable(network, await way(network))
    requests = network.sent()
    assert requests == ([TOKEN, USER, XSTS] if way is by_own_app else [TOKEN, SISU])
    assert len(requests) <= 4


@WAYS
async def test_warm(network: Network, start: Start, way: Way) -> None:
    """A restart with living tokens asks nothing."""
    network.world.knobs.latency_seconds = _LATENCY
    stored = (await way(network)).stored()
    network.pass_time(15 * HOUR)
    network.sent()
    await start.chain(Credentials.restore(stored)).authorization()
    assert network.sent() == []


async def test_renewal(network: Network, start: Start) -> None:
    """With a living device token at most two requests, whatever else has ended."""
    network.world.knobs.latency_seconds = _LATENCY
    chain = await start.signed_in()
    for hours in (17, 25, 4 * 24):
        network.pass_time(hours * HOUR)
        await chain.authorization()
        assert 1 <= len(network.sent()) <= 2


@WAYS
@pytest.mark.parametrize("offset", [-600, 600])
async def test_wrong_clock(
    network: Network, start: Start, way: Way, offset: float
) -> None:
    """Ten minutes off, by all signed routes, device.auth included, and through each renewal."""
    network.world.tokens.knobs.device_signature_window_seconds = 300
    network.world.clock.offset += offset
    credentials = await way(network)
    await check_usable(network, credentials)
    chain = start.chain(Credentials.restore(credentials.stored()))
    for days in (0.7, 5, 15):
        network.pass_time(days * DAY)
        network.world.tokens.authenticate(await chain.authorization())


async def test_who_waits_goes_before_the_back_off(
    network: Network, start: Start
) -> None:
    """A button works as soon as the sign-in does; a click each moment asks no more often."""
    chain = await start.signed_in()
    network.pass_time(17 * HOUR)
    network.world.faults.add(Fault(kind="status", status=503))
    for _ in range(8):
        with pytest.raises(ServiceUnavailable):
            await chain.authorization()
        network.pass_time(300)
    with pytest.raises(ServiceUnavailable):
        await chain.authorization()
    network.sent()
    for _ in range(10):
        with pytest.raises(ServiceUnavailable):
            await chain.authorization(awaited=True)
    assert network.sent() == []
    network.world.faults.clear()
    network.pass_time(2)
    with pytest.raises(ServiceUnavailable):
        await chain.authorization()
    check_accepted(network, await chain.authorization(awaited=True))
