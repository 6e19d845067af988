"""Signing in with a browser and a pasted address."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from custom_components.xbox_console.xboxlive.auth.apps import XBOX_APP
from custom_components.xbox_console.xboxlive.auth.redirect import (
    AddressProblem,
    BadAddress,
)
from custom_components.xbox_console.xboxlive.auth.signin import AddressSignIn
from custom_components.xbox_console.xboxlive.errors import (
    ConnectionFailed,
    ServiceUnavailable,
    SignInDeclined,
    SignInMisconfigured,
    SignInRefused,
    SignInRequired,
    UnexpectedResponse,
    XboxError,
)
from simulator.network.faults import Fault

from .network import OWN_APP, SISU, TOKEN, Browser, Network, check_usable


class TestAddress:
    """Sign in with a browser and paste where it ends."""

    async def test_signs_in(self, network: Network) -> None:
        """PKCE, session and state all fit, and no request is wasted."""
        sign_in = AddressSignIn(network.transport)
        address = await sign_in.start()
        query = parse_qs(urlsplit(address).query)
        assert query["code_challenge_method"] == ["S256"]
        pasted = await Browser(network).end(address)
        network.world.requests.clear()
        credentials = await sign_in.finish(f"  {pasted}\n")
        await check_usable(network, credentials)
        assert network.sent() == [TOKEN, SISU]

    @pytest.mark.parametrize(
        "redirect", ["ms-xal-000000004c12ae6f://auth", XBOX_APP.redirect_uri]
    )
    async def test_every_redirect(self, network: Network, redirect: str) -> None:
        """The page with an address of its own, or the one that only a phone can open."""
        network.world.tokens.knobs.faithful_addresses = True
        sign_in = AddressSignIn(
            network.transport, replace(XBOX_APP, redirect_uri=redirect)
        )
        address = await sign_in.start()
        pasted = await Browser(network).end(address)
        assert pasted.startswith(redirect)
        await check_usable(network, await sign_in.finish(pasted))

    @pytest.mark.parametrize(
        ("pasted", "problem"),
        [
            ("", AddressProblem.NOT_AN_ADDRESS),
            ("I am signed in", AddressProblem.NOT_AN_ADDRESS),
            ("M.C507_BAY.2.U.12345", AddressProblem.NOT_AN_ADDRESS),
            ("https://[", AddressProblem.NOT_AN_ADDRESS),
            (
                "https://www.xbox.com/?code=1&state={state}",
                AddressProblem.OTHER_ADDRESS,
            ),
            (
                "http://login.live.com/oauth20_desktop.srf?code=1&state={state}",
                AddressProblem.OTHER_ADDRESS,
            ),
            ("{address}", AddressProblem.OTHER_ADDRESS),
            (f"{XBOX_APP.redirect_uri}?removed=true", AddressProblem.NO_CODE),
            (f"{XBOX_APP.redirect_uri}?code=&state={{state}}", AddressProblem.NO_CODE),
            (f"{XBOX_APP.redirect_uri}?code=1", AddressProblem.OTHER_SIGN_IN),
            (f"{XBOX_APP.redirect_uri}?code=1&state=x", AddressProblem.OTHER_SIGN_IN),
            (f"{XBOX_APP.redirect_uri}?error=x&state=x", AddressProblem.OTHER_SIGN_IN),
        ],
    )
    async def test_bad_address(
        self, network: Network, pasted: str, problem: AddressProblem
    ) -> None:
        """Each mistake has its name, and the address is not shown in the error."""
        sign_in = AddressSignIn(network.transport)
        address = await sign_in.start()
        state = parse_qs(urlsplit(address).query)["state"][0]
        network.sent()
        with pytest.raises(BadAddress) as raised:
            await sign_in.finish(pasted.format(state=state, address=address))
        assert raised.value.problem is problem
        assert state not in str(raised.value)
        assert network.sent() == []

    async def test_bad_address_may_be_corrected(self, network: Network) -> None:
        """The sign-in goes on."""
        sign_in = AddressSignIn(network.transport)
        pasted = await Browser(network).end(await sign_in.start())
        with pytest.raises(BadAddress):
            await sign_in.finish("oops")
        await check_usable(network, await sign_in.finish(pasted))

    @pytest.mark.parametrize(
        ("answer", "error"),
        [
            ("error=access_denied", SignInDeclined),
            ("error=unauthorized_client&sermeta=0x80045AA0|0x0|m", SignInMisconfigured),
            ("error=server_error", ServiceUnavailable),
            ("error=invalid_scope&error_description=No", SignInMisconfigured),
        ],
    )
    async def test_error_answer(
        self, network: Network, answer: str, error: type[XboxError]
    ) -> None:
        """What the page says in its address."""
        sign_in = AddressSignIn(network.transport)
        await sign_in.start()
        with pytest.raises(error):
            await sign_in.finish(f"{XBOX_APP.redirect_uri}?{answer}")

    async def test_declined(self, network: Network) -> None:
        """The user said no on the page."""
        sign_in = AddressSignIn(network.transport)
        pasted = await Browser(network).end(await sign_in.start(), decision="deny")
        with pytest.raises(SignInDeclined):
            await sign_in.finish(pasted)

    async def test_spent_code(self, network: Network) -> None:
        """A code lives for minutes only: start again."""
        sign_in = AddressSignIn(network.transport)
        pasted = await Browser(network).end(await sign_in.start())
        network.world.tokens.expire("code")
        with pytest.raises(SignInRequired):
            await sign_in.finish(pasted)
        await sign_in.start()

    async def test_same_address_again_after_a_fault(self, network: Network) -> None:
        """The code was redeemed already; what it gave is used."""
        sign_in = AddressSignIn(network.transport)
        pasted = await Browser(network).end(await sign_in.start())
        network.world.faults.add(Fault(kind="drop", host="sisu.xboxlive.com", times=1))
        with pytest.raises(ConnectionFailed):
            await sign_in.finish(pasted)
        await check_usable(network, await sign_in.finish(pasted))

    async def test_another_account_after_a_refusal(self, network: Network) -> None:
        """A new page, another account, and the same sign-in goes on."""
        sign_in = AddressSignIn(network.transport)
        pasted = await Browser(network).end(await sign_in.start(), "child")
        with pytest.raises(SignInRefused):
            await sign_in.finish(pasted)
        pasted = await Browser(network).end(await sign_in.start())
        await check_usable(network, await sign_in.finish(pasted))

    async def test_signing_in_again_is_the_same_device(self, network: Network) -> None:
        """Also when the first sign-in was with a code."""
        keep = network.credentials()
        sign_in = AddressSignIn(network.transport, keep=keep)
        pasted = await Browser(network).end(await sign_in.start())
        credentials = await sign_in.finish(pasted)
        assert keep.device is not None
        assert credentials.device is not None
        assert credentials.device.id == keep.device.id

    @pytest.mark.parametrize("fault", ["empty", "html", "malformed"])
    async def test_broken_start(self, network: Network, fault: str) -> None:
        """An answer without session or address is no sign-in."""
        network.world.faults.add(
            Fault(kind=fault, status=200, host="sisu.xboxlive.com")  # type: ignore[arg-type]  # one of its words
        )
        with pytest.raises(UnexpectedResponse):
            await AddressSignIn(network.transport).start()

    def test_needs_a_title_app(self, network: Network) -> None:
        """SISU knows no app registrations."""
        for app in (OWN_APP, replace(XBOX_APP, redirect_uri=None)):
            with pytest.raises(ValueError, match="no title id|no redirect"):
                AddressSignIn(network.transport, app)


@pytest.mark.parametrize("offset", [-600, 600])
@pytest.mark.parametrize("strict_device", [False, True], ids=["lax", "strict"])
class TestWrongClock:
    """A machine whose clock is ten minutes off signs in all the same."""

    @pytest.fixture(autouse=True)
    def wrong_clock(self, network: Network, offset: float, strict_device: bool) -> None:
        """Set the machine's clock wrong; device.auth may be strict about it or not."""
        network.offset += offset
        if strict_device:
            network.world.tokens.knobs.device_signature_window_seconds = 300

    async def test_address(self, network: Network) -> None:
        """The first request is a signed one."""
        sign_in = AddressSignIn(network.transport)
        pasted = await Browser(network).end(await sign_in.start())
        await check_usable(network, await sign_in.finish(pasted))
