"""Signing in with a code at microsoft.com/link, to its end: signed in, or told what is wrong."""

import asyncio
from dataclasses import replace
from functools import partial

import pytest

from custom_components.xbox_console.xboxlive.auth.apps import (
    ENTRA,
    XBOX_APP,
    App,
    own_app,
)
from custom_components.xbox_console.xboxlive.auth.signin import DeviceCodeSignIn
from custom_components.xbox_console.xboxlive.auth.tokens import Credentials
from custom_components.xbox_console.xboxlive.errors import (
    CodeExpired,
    ServiceUnavailable,
    SignInDeclined,
    SignInMisconfigured,
    SignInRefused,
    SignInRequired,
    UnexpectedResponse,
    XboxError,
)
from simulator.network.faults import Fault

from .network import (
    DEVICE,
    OWN_APP,
    SISU,
    TOKEN,
    USER,
    XSTS,
    Network,
    Script,
    User,
    check_usable,
)

AT_LIVE = partial(Fault, host="login.live.com", path="/oauth20_token.srf")


def device_code_sign_in(
    user: User, app: App = XBOX_APP, keep: Credentials | None = None
) -> DeviceCodeSignIn:
    """A sign-in whose sleeps the user fills."""
    return DeviceCodeSignIn(user.network.transport, app, keep, sleep=user.sleep)


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
