"""The three ways in, each to its end: signed in, or told what is wrong."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest

from custom_components.xbox_console.xboxlive.auth.apps import (
    ENTRA,
    XBOX_APP,
    App,
    own_app,
)
from custom_components.xbox_console.xboxlive.auth.signin import (
    AddressProblem,
    AddressSignIn,
    BadAddress,
    DeviceCodeSignIn,
    OwnAppSignIn,
)
from custom_components.xbox_console.xboxlive.auth.tokens import Credentials
from custom_components.xbox_console.xboxlive.errors import (
    AppProblem,
    CodeExpired,
    ConnectionFailed,
    RateLimited,
    ServiceUnavailable,
    SignInDeclined,
    SignInMisconfigured,
    SignInRefused,
    SignInRequired,
    UnexpectedResponse,
    XboxError,
)
from simulator.apps import APPS
from simulator.faults import Fault
from simulator.oauth import DeviceCode

from .conftest import DEVICE, OWN_APP, SISU, TOKEN, USER, WEB_APP, XSTS, Network, Script

AT_LIVE = partial(Fault, host="login.live.com", path="/oauth20_token.srf")


class User:
    """Somebody who takes a while: time passes only while the client sleeps."""

    def __init__(self, network: Network, *after_sleeps: Callable[[], None]) -> None:
        """Do something after each sleep, the last thing again and again."""
        self.network = network
        self.actions = list(after_sleeps)
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        """Let time pass for everybody, and act."""
        self.slept.append(seconds)
        self.network.pass_time(seconds)
        action = self.actions.pop(0) if len(self.actions) > 1 else self.actions[0]
        action()

    def code(self) -> DeviceCode:
        """The code that waits at Microsoft's page."""
        return self.network.world.tokens.oauth.pending()[0]

    def approve(self, account: str = "parent") -> None:
        """Enter the code and let the app in."""
        code = self.code()
        code.account, code.state = account, "approved"

    def decline(self) -> None:
        """Enter the code and keep the app out."""
        self.code().state = "declined"

    def nothing(self) -> None:
        """Think."""


@pytest.fixture
def user(network: Network) -> User:
    """Somebody who approves after two questions."""
    # The simulator's clock for pacing is real time, in which these tests take none.
    network.world.tokens.knobs.slow_down = False
    user = User(network)
    user.actions = [user.nothing, user.nothing, user.approve]
    return user


def device_code_sign_in(
    user: User, app: App = XBOX_APP, keep: Credentials | None = None
) -> DeviceCodeSignIn:
    """A sign-in whose sleeps the user fills."""
    return DeviceCodeSignIn(user.network.transport, app, keep, sleep=user.sleep)


async def check_usable(network: Network, credentials: Credentials) -> None:
    """Check that the network takes what the sign-in ended in."""
    assert credentials.xsts is not None
    account = network.world.tokens.authenticate(credentials.xsts.authorization)
    assert account.key == "parent"
    assert credentials.xsts.xuid == account.xuid
    assert credentials.xsts.gamertag == account.gamertag
    assert Credentials.restore(credentials.stored()).xsts == credentials.xsts


class TestDeviceCode:
    """A code to enter at microsoft.com/link."""

    async def test_signs_in(self, network: Network, user: User) -> None:
        """The device token is minted while the user types; then two requests are enough."""
        sign_in = device_code_sign_in(user)
        code = await sign_in.start()
        assert code.user_code == user.code().user_code
        assert code.link == f"{code.verification_uri}?otc={code.user_code}"
        left = code.expires_at - network.transport.clock.now()
        assert left.total_seconds() == pytest.approx(900, abs=5)
        credentials = await sign_in.wait()
        await check_usable(network, credentials)
        assert user.slept == [5, 5, 5]
        assert network.sent() == [
            "login oauth20_connect.srf",
            DEVICE,
            TOKEN,
            TOKEN,
            TOKEN,
            SISU,
        ]

    async def test_own_app_signs_in_at_entra(
        self, network: Network, user: User
    ) -> None:
        """An app registration has no device and signs nothing."""
        app = own_app(OWN_APP.client_id, authority=ENTRA)
        sign_in = device_code_sign_in(user, app)
        await sign_in.start()
        credentials = await sign_in.wait()
        await check_usable(network, credentials)
        assert credentials.device is None
        assert network.sent()[-3:] == [
            "login token",
            USER,
            XSTS,
        ]

    async def test_signing_in_again_is_the_same_device(
        self, network: Network, user: User
    ) -> None:
        """An account may use only so many devices."""
        sign_in = device_code_sign_in(user)
        await sign_in.start()
        first = await sign_in.wait()
        again = device_code_sign_in(user, keep=Credentials.restore(first.stored()))
        await again.start()
        second = await again.wait()
        assert first.device is not None
        assert second.device is not None
        assert second.device.id == first.device.id
        assert second.device.key.jwk == first.device.key.jwk

    @pytest.mark.parametrize("word", ["authorization_declined", "access_denied"])
    async def test_declined(self, network: Network, user: User, word: str) -> None:
        """The user said no, under either name."""
        network.world.tokens.knobs.declined_error = word
        user.actions = [user.nothing, user.decline]
        sign_in = device_code_sign_in(user)
        await sign_in.start()
        with pytest.raises(SignInDeclined):
            await sign_in.wait()

    async def test_expires(self, network: Network, user: User) -> None:
        """The client stops asking at the end of the code, by the services' clock."""
        network.world.tokens.knobs.device_code_interval = 30
        user.actions = [user.nothing]
        sign_in = device_code_sign_in(user)
        await sign_in.start()
        with pytest.raises(CodeExpired):
            await sign_in.wait()
        assert sum(user.slept) == pytest.approx(900, abs=31)

    async def test_expires_although_microsoft_would_wait(
        self, network: Network, user: User
    ) -> None:
        """The client keeps to what it was told."""
        network.world.tokens.knobs.device_code_dies_early_seconds = -600
        network.world.tokens.knobs.device_code_interval = 30
        user.actions = [user.nothing]
        sign_in = device_code_sign_in(user)
        await sign_in.start()
        with pytest.raises(CodeExpired):
            await sign_in.wait()
        assert sum(user.slept) == pytest.approx(900, abs=31)

    async def test_expires_early(self, network: Network, user: User) -> None:
        """Microsoft may end a code before its time."""
        network.world.tokens.knobs.device_code_dies_early_seconds = 600
        user.actions = [user.nothing]
        sign_in = device_code_sign_in(user)
        await sign_in.start()
        with pytest.raises(CodeExpired):
            await sign_in.wait()
        assert sum(user.slept) == pytest.approx(300, abs=10)

    async def test_without_a_code(self, network: Network) -> None:
        """There is nothing to wait for."""
        with pytest.raises(CodeExpired):
            await DeviceCodeSignIn(network.transport).wait()

    async def test_slows_down_when_told(self, network: Network, user: User) -> None:
        """Five seconds more, for good (RFC 8628)."""
        network.world.tokens.knobs.slow_down = True
        user.actions = [user.nothing] * 3 + [user.approve]
        user.actions.insert(
            3, lambda: setattr(network.world.tokens.knobs, "slow_down", False)
        )
        sign_in = device_code_sign_in(user)
        await sign_in.start()
        await check_usable(network, await sign_in.wait())
        assert user.slept == [5, 5, 10, 15, 15]

    @pytest.mark.parametrize(
        "fault",
        [
            AT_LIVE(kind="html", status=502),
            AT_LIVE(kind="html", status=200),
            AT_LIVE(kind="empty", status=400),
            AT_LIVE(kind="malformed", status=200),
            AT_LIVE(kind="drop"),
        ],
        ids=lambda fault: f"{fault.kind} {fault.status}",
    )
    async def test_asks_again_after_a_fault(
        self, network: Network, user: User, fault: Fault
    ) -> None:
        """The code still lives, so the sign-in does."""
        network.world.faults.add(replace(fault, times=2))
        sign_in = device_code_sign_in(user)
        await sign_in.start()
        await check_usable(network, await sign_in.wait())
        assert user.slept == [5, 10, 10]

    async def test_waits_as_long_as_the_service_wants(
        self, network: Network, user: User
    ) -> None:
        """After a 429 with Retry-After."""
        network.world.faults.add(
            AT_LIVE(kind="status", status=429, retry_after=42, times=1)
        )
        sign_in = device_code_sign_in(user)
        await sign_in.start()
        await check_usable(network, await sign_in.wait())
        assert user.slept == [5, 42, 5]

    @pytest.mark.parametrize(
        ("word", "error"),
        [
            ("expired_token", CodeExpired),
            ("bad_verification_code", CodeExpired),
            ("interaction_required", SignInRequired),
            ("unsupported_grant_type", SignInMisconfigured),
            ("a_word_of_tomorrow", SignInMisconfigured),
        ],
    )
    async def test_every_word_of_oauth(
        self,
        network: Network,
        script: Script,
        user: User,
        word: str,
        error: type[XboxError],
    ) -> None:
        """`timeout` doubles the interval; what is passing is asked again; the rest ends it."""
        user.actions = [user.nothing]
        script.answers = [
            (200, {"user_code": "AB12", "device_code": "c", "interval": "2"}),
            (200, {"no": "device token"}),
            (400, {"error": "authorization_pending"}),
            (400, {"error": "timeout"}),
            (400, {"error": "temporarily_unavailable"}),
            (400, {"error": "slow_down"}),
            (400, {"error": word}),
        ]
        sign_in = device_code_sign_in(user)
        code = await sign_in.start()
        assert code.link == "https://www.microsoft.com/link?otc=AB12"
        with pytest.raises(error):
            await sign_in.wait()
        assert user.slept == [2, 2, 4, 8, 9]
        assert script.answers == []

    @pytest.mark.parametrize("body", [{}, [], {"user_code": 5, "device_code": "c"}])
    async def test_start_without_a_code(
        self, network: Network, script: Script, body: object
    ) -> None:
        """Nothing could be shown to the user."""
        script.answers = [(200, body)]
        with pytest.raises(UnexpectedResponse):
            await DeviceCodeSignIn(network.transport).start()

    async def test_unknown_app(self, network: Network, user: User) -> None:
        """Microsoft blames the app."""
        sign_in = device_code_sign_in(user, replace(XBOX_APP, client_id="0" * 16))
        with pytest.raises(SignInMisconfigured) as problem:
            await sign_in.start()
        assert problem.value.error == "invalid_client"

    async def test_page_could_not_sign_in(self, network: Network, user: User) -> None:
        """Seen for accounts without a usable profile."""
        network.world.tokens.knobs.profileless_invalid_grant = True
        user.actions = [lambda: user.approve("refused-2148916233")]
        sign_in = device_code_sign_in(user)
        await sign_in.start()
        with pytest.raises(SignInRequired):
            await sign_in.wait()

    @pytest.mark.parametrize("place", ["body", "header", "both"])
    async def test_refused_until_the_user_helps(
        self, network: Network, user: User, place: str
    ) -> None:
        """A refusal keeps what Microsoft gave: no new code is needed after the cure."""
        network.world.tokens.knobs.xerr_place = place
        user.actions = [lambda: user.approve("child")]
        sign_in = device_code_sign_in(user)
        await sign_in.start()
        with pytest.raises(SignInRefused) as problem:
            await sign_in.wait()
        refusal = problem.value.refusal
        assert refusal.name == "child_not_in_family"
        assert refusal.link == "https://start.ui.xboxlive.com/AddChildToFamily"
        network.world.accounts["child"].refusal = None
        network.sent()
        credentials = await sign_in.wait()
        assert credentials.xsts is not None
        assert credentials.xsts.xuid == network.world.accounts["child"].xuid
        assert network.sent() == [SISU]

    async def test_no_profile(self, network: Network, user: User) -> None:
        """SISU says so in a header, with a page in the body that is of no use alone."""
        user.actions = [lambda: user.approve("refused-2148916233")]
        sign_in = device_code_sign_in(user)
        await sign_in.start()
        with pytest.raises(SignInRefused) as problem:
            await sign_in.wait()
        assert (
            problem.value.refusal.link == "https://start.ui.xboxlive.com/CreateAccount"
        )

    async def test_fault_after_the_approval(self, network: Network, user: User) -> None:
        """What Microsoft gave is kept for the next try."""
        network.world.faults.add(
            Fault(kind="status", status=503, host="sisu.xboxlive.com", times=1)
        )
        sign_in = device_code_sign_in(user)
        await sign_in.start()
        with pytest.raises(ServiceUnavailable):
            await sign_in.wait()
        await check_usable(network, await sign_in.wait())

    async def test_device_refused_while_waiting(
        self, network: Network, user: User
    ) -> None:
        """A failure of what is done ahead is no failure of the sign-in."""
        network.world.faults.add(
            Fault(kind="status", status=503, host="device.auth.xboxlive.com", times=1)
        )
        sign_in = device_code_sign_in(user)
        await sign_in.start()
        await check_usable(network, await sign_in.wait())

    async def test_start_again(self, network: Network, user: User) -> None:
        """A second start forgets the first sign-in."""
        sign_in = device_code_sign_in(user)
        first = await sign_in.start()
        await sign_in.wait()
        second = await sign_in.start()
        assert second.user_code != first.user_code
        user.actions = [user.decline]
        with pytest.raises(SignInDeclined):
            await sign_in.wait()

    async def test_can_be_cancelled(self, network: Network, user: User) -> None:
        """A closed configuration flow asks no more."""
        sign_in = DeviceCodeSignIn(network.transport)
        await sign_in.start()
        waiting = asyncio.create_task(sign_in.wait())
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting


class Browser:
    """Somebody's browser at Microsoft's sign-in page."""

    def __init__(self, network: Network) -> None:
        """Start with no page open."""
        self.network = network

    async def end(
        self, address: str, account: str = "parent", decision: str = "allow"
    ) -> str:
        """The address at which a sign-in ends."""
        async with self.network.http.get(
            address,
            params={"simulator_account": account, "simulator_decision": decision},
            allow_redirects=False,
        ) as page:
            assert page.status == 302
            return page.headers["Location"]


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
            with pytest.raises(ValueError, match="no title id or no redirect"):
                AddressSignIn(network.transport, app)


def own_app_sign_in(
    network: Network, app: App = OWN_APP, account: str = "parent"
) -> OwnAppSignIn:
    """A sign-in whose code has just come back to Home Assistant."""
    redirect = "https://home.example.org/auth/external/callback"
    code = network.world.tokens.oauth.new_code(
        network.world.accounts[account],
        APPS[app.client_id],
        scope=app.scope,
        redirect_uri=redirect,
        challenge=None,
    )
    return OwnAppSignIn(
        network.transport, replace(app, redirect_uri=redirect), code.value
    )


class TestOwnApp:
    """An app registration of the user, let in through Home Assistant."""

    @pytest.mark.parametrize("app", [OWN_APP, WEB_APP], ids=["public", "web"])
    async def test_signs_in(self, network: Network, app: App) -> None:
        """Three unsigned requests."""
        credentials = await own_app_sign_in(network, app).finish()
        await check_usable(network, credentials)
        assert credentials.device is None
        assert network.sent() == [
            TOKEN,
            USER,
            XSTS,
        ]

    async def test_without_offline_access(self, network: Network) -> None:
        """A sign-in that would end in an hour is told at once."""
        app = replace(OWN_APP, scope="XboxLive.signin")
        with pytest.raises(SignInMisconfigured) as problem:
            await own_app_sign_in(network, app).finish()
        assert problem.value.problem is AppProblem.CONSENT_MISSING

    @pytest.mark.parametrize("kind", ["malformed", "html", "empty"])
    async def test_not_a_token(self, network: Network, kind: str) -> None:
        """Whatever else came back."""
        network.world.faults.add(
            Fault(kind=kind, status=200)  # type: ignore[arg-type]  # one of its words
        )
        with pytest.raises(UnexpectedResponse):
            await own_app_sign_in(network).finish()

    @pytest.mark.parametrize(
        ("app", "problem"),
        [
            (replace(WEB_APP, secret=None), AppProblem.SECRET_MISSING),
            (replace(OWN_APP, secret="any"), AppProblem.SECRET_NOT_ALLOWED),
        ],
    )
    async def test_wrong_kind_of_app(
        self, network: Network, app: App, problem: AppProblem
    ) -> None:
        """A web app needs its secret, a public one must not have any."""
        with pytest.raises(SignInMisconfigured) as raised:
            await own_app_sign_in(network, app).finish()
        assert raised.value.problem is problem

    async def test_wrong_ticket_prefix(self, network: Network) -> None:
        """user.auth answers 400 without a word; a new access token does not help either."""
        sign_in = own_app_sign_in(network, replace(OWN_APP, ticket_prefix="t="))
        with pytest.raises(UnexpectedResponse):
            await sign_in.finish()
        assert network.sent() == [
            TOKEN,
            USER,
            TOKEN,
            USER,
        ]

    async def test_refused_until_the_user_helps(self, network: Network) -> None:
        """The code is spent by then; what it gave is used."""
        sign_in = own_app_sign_in(network, account="child")
        with pytest.raises(SignInRefused) as problem:
            await sign_in.finish()
        assert problem.value.refusal.name == "child_not_in_family"
        child = network.world.accounts["child"]
        child.refusal = None
        credentials = await sign_in.finish()
        assert credentials.xsts is not None
        assert credentials.xsts.xuid == child.xuid

    async def test_rate_limited(self, network: Network) -> None:
        """The limit comes through as it is."""
        network.world.faults.add(
            Fault(
                kind="status", status=429, retry_after=30, host="user.auth.xboxlive.com"
            )
        )
        with pytest.raises(RateLimited) as limit:
            await own_app_sign_in(network).finish()
        assert limit.value.retry_after == 30


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

    async def test_device_code(self, network: Network, user: User) -> None:
        """The code lives as long as the services say."""
        sign_in = device_code_sign_in(user)
        await sign_in.start()
        await check_usable(network, await sign_in.wait())

    async def test_address(self, network: Network) -> None:
        """The first request is a signed one."""
        sign_in = AddressSignIn(network.transport)
        pasted = await Browser(network).end(await sign_in.start())
        await check_usable(network, await sign_in.finish(pasted))
