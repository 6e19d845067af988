"""One chain of tokens when tokens die early, services fail, or the machine's clock is wrong."""

from dataclasses import replace
import logging
import traceback
from unittest.mock import AsyncMock

import pytest

from custom_components.xbox_console.xboxlive.auth.apps import XBOX_APP, App
from custom_components.xbox_console.xboxlive.auth.chain import Chain
from custom_components.xbox_console.xboxlive.errors import (
    ConnectionFailed,
    RateLimited,
    ServiceUnavailable,
    SignInRefused,
    SignInRequired,
    UnexpectedResponse,
    XboxError,
)
from simulator.network.faults import Fault

from .network import (
    DAY,
    DEVICE,
    HOUR,
    OWN_APP,
    SISU,
    XSTS,
    Keeper,
    Network,
    Script,
    Start,
    check_accepted,
)


class TestFaults:
    """The network is ill; the sign-in is not."""

    @pytest.mark.parametrize(
        ("fault", "error"),
        [
            (Fault(kind="status", status=500), ServiceUnavailable),
            (Fault(kind="status", status=503), ServiceUnavailable),
            (Fault(kind="status", status=408), ServiceUnavailable),
            (Fault(kind="status", status=429, retry_after=7), RateLimited),
            (Fault(kind="drop"), ConnectionFailed),
            (Fault(kind="html", status=200), UnexpectedResponse),
            (Fault(kind="malformed", status=200), UnexpectedResponse),
            (Fault(kind="empty", status=200), UnexpectedResponse),
        ],
        ids=lambda value: (
            f"{value.kind} {value.status}" if isinstance(value, Fault) else ""
        ),
    )
    @pytest.mark.parametrize("days", [0.7, 5, 15])
    async def test_keep_everything(
        self,
        network: Network,
        start: Start,
        fault: Fault,
        error: type[XboxError],
        days: float,
    ) -> None:
        """At whatever step: no token is lost, and afterwards all goes on."""
        chain = await start.signed_in()
        before = chain.credentials
        network.pass_time(days * DAY)
        rule = network.world.faults.add(replace(fault))
        with pytest.raises(error):
            await chain.authorization()
        assert chain.credentials == before
        network.world.faults.remove(rule.id)
        network.pass_time(8)
        check_accepted(network, await chain.authorization())

    @pytest.mark.parametrize("outage", [2148916273, 2148916274])
    async def test_outage_number(
        self, network: Network, start: Start, outage: int
    ) -> None:
        """An XErr that says so is no refusal of the account."""
        chain = await start.signed_in(OWN_APP)
        network.world.tokens.knobs.xsts_outage = outage
        network.pass_time(17 * HOUR)
        with pytest.raises(ServiceUnavailable):
            await chain.authorization()
        network.world.tokens.knobs.xsts_outage = 0
        network.pass_time(3)
        check_accepted(network, await chain.authorization())

    async def test_back_off_grows(self, network: Network, start: Start) -> None:
        """2, 4, 8 … seconds with jitter, up to five minutes; nothing is sent in between."""
        chain = await start.signed_in()
        network.pass_time(17 * HOUR)
        network.world.faults.add(Fault(kind="status", status=503))
        for pause in (2, 4, 8, 16, 32, 64, 128, 256, 300, 300):
            network.sent()
            for wait in (0, pause * 0.7):
                network.pass_time(wait)
                with pytest.raises(ServiceUnavailable):
                    await chain.authorization()
            assert network.sent() == [XSTS]
            network.pass_time(pause * 0.3)
        network.world.faults.clear()
        check_accepted(network, await chain.authorization())

    async def test_a_very_long_outage(
        self, network: Network, start: Start, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Days of failures end like minutes of them."""
        chain = await start.signed_in(OWN_APP)
        network.pass_time(17 * HOUR)
        cable_cut = AsyncMock(side_effect=ConnectionFailed("xsts.auth.xboxlive.com"))
        with monkeypatch.context() as patched:
            # A thousand real connections would take their time.
            patched.setattr(network.transport, "exchange", cable_cut)
            for _ in range(1100):
                with pytest.raises(ConnectionFailed):
                    await chain.authorization()
                network.pass_time(300)
        assert cable_cut.await_count == 1100
        check_accepted(network, await chain.authorization())

    @pytest.mark.parametrize(
        "answer",
        [
            {"Token": "t", "NotAfter": "2026-11-20T12:00:00Z", "DisplayClaims": {}},
            {"Token": "t", "DisplayClaims": {"xui": [{"uhs": "1"}]}},
            {"NotAfter": "2026-11-20T12:00:00Z"},
            {},
            [],
        ],
    )
    async def test_half_an_answer(
        self, network: Network, start: Start, script: Script, answer: object
    ) -> None:
        """A token that could not be used is not kept."""
        credentials = network.credentials(OWN_APP)
        user = {"Token": "u", "NotAfter": "2999-11-20T12:00:00.1234567Z"}
        script.answers = [(200, user), (200, answer)]
        chain = start.chain(credentials)
        with pytest.raises(UnexpectedResponse):
            await chain.authorization()
        assert chain.credentials.xsts is None

    async def test_back_off_ends_with_success(
        self, network: Network, start: Start
    ) -> None:
        """The next failure starts from two seconds again."""
        chain = await start.signed_in()
        for _ in range(2):
            network.pass_time(17 * HOUR)
            network.world.faults.add(
                Fault(kind="drop", host="xsts.auth.xboxlive.com", times=1)
            )
            with pytest.raises(ConnectionFailed):
                await chain.authorization()
            network.pass_time(2)
            check_accepted(network, await chain.authorization())

    async def test_retry_after_is_obeyed(self, network: Network, start: Start) -> None:
        """To the second, and the error says how long is left."""
        chain = await start.signed_in()
        network.pass_time(17 * HOUR)
        network.world.faults.add(
            Fault(kind="status", status=429, retry_after=120, times=1)
        )
        with pytest.raises(RateLimited):
            await chain.authorization()
        network.sent()
        network.pass_time(100)
        with pytest.raises(RateLimited) as limit:
            await chain.authorization(awaited=True)
        assert limit.value.retry_after == pytest.approx(20, abs=2)
        assert network.sent() == []
        network.pass_time(21)
        check_accepted(network, await chain.authorization())

    async def test_a_new_device_token_is_kept(
        self, network: Network, start: Start, keeper: Keeper
    ) -> None:
        """device.auth limits how often it may be asked, also over restarts."""
        chain = start.chain(network.credentials())
        network.world.faults.add(
            Fault(kind="status", status=503, host="sisu.xboxlive.com", times=1)
        )
        with pytest.raises(ServiceUnavailable):
            await chain.authorization()
        network.sent()
        check_accepted(network, await start.chain(keeper.versions[-1]).authorization())
        assert network.sent() == [SISU]

    @pytest.mark.parametrize("app", [XBOX_APP, OWN_APP], ids=["title", "own"])
    async def test_refused(self, network: Network, start: Start, app: App) -> None:
        """Case W8: the account may not any more; after the cure it may, without a new sign-in."""
        chain = await start.signed_in(app)
        network.world.accounts["parent"].refusal = 2148916234
        network.pass_time(17 * HOUR)
        for hours in (1, 2, 4, 6, 6):
            for wait in (0, 0.7 * hours * HOUR):
                network.pass_time(wait)
                with pytest.raises(SignInRefused) as problem:
                    await chain.authorization()
            assert problem.value.refusal.name == "terms_of_use_not_accepted"
            assert chain.refused is problem.value
            assert network.sent() == [XSTS]
            network.pass_time(0.3 * hours * HOUR)
        network.world.accounts["parent"].refusal = None
        check_accepted(network, await chain.authorization())
        assert chain.refused is None

    async def test_refused_until_the_user_says_so(
        self, network: Network, start: Start
    ) -> None:
        """Case W8: who has done what was asked for need not wait."""
        chain = await _refused_once(network, start)
        with pytest.raises(SignInRefused):
            await chain.authorization()
        chain.try_again()
        check_accepted(network, await chain.authorization())

    async def test_an_outage_is_no_refusal(
        self, network: Network, start: Start
    ) -> None:
        """Case W8: seconds, not hours, if the network fails then; that the refusal is over nobody knows."""
        chain = await _refused_once(network, start)
        rule = network.world.faults.add(Fault(kind="status", status=503))
        network.pass_time(HOUR)
        with pytest.raises(ServiceUnavailable):
            await chain.authorization()
        assert chain.refused
        network.world.faults.remove(rule.id)
        network.pass_time(2)
        check_accepted(network, await chain.authorization())
        assert chain.refused is None


async def _refused_once(network: Network, start: Start) -> Chain:
    """A chain whose account was refused, and may sign in again by now."""
    chain = await start.signed_in()
    network.world.accounts["parent"].refusal = 2148916234
    network.pass_time(17 * HOUR)
    with pytest.raises(SignInRefused):
        await chain.authorization()
    network.world.accounts["parent"].refusal = None
    return chain


async def test_a_signature_that_stays_refused_is_tried_once(
    network: Network, start: Start
) -> None:
    """An empty 403 without skew is not a matter of time."""
    chain = await start.signed_in()
    network.world.faults.add(
        Fault(kind="empty", status=403, host="device.auth.xboxlive.com")
    )
    network.pass_time(15 * DAY)
    with pytest.raises(UnexpectedResponse):
        await chain.authorization()
    assert network.sent() == [DEVICE]


async def test_no_secret_leaves_the_chain(
    network: Network, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    """Through a life with every kind of failure: logs, errors and tracebacks hold no secret."""
    caplog.set_level(logging.DEBUG)
    chain = await start.signed_in()
    shown = []
    for fault in (
        Fault(kind="drop", times=1),
        Fault(kind="malformed", status=200, times=1),
        Fault(kind="empty", status=403, times=3),
        Fault(kind="html", status=400, times=3),
    ):
        network.pass_time(5 * DAY)
        network.world.faults.add(fault)
        try:
            await chain.authorization()
        except XboxError as error:
            shown += [repr(error), *traceback.format_exception(error)]
        network.pass_time(600)
        network.world.faults.clear()
        await chain.authorization()
    network.world.tokens.revoke_refresh()
    network.pass_time(5 * DAY)
    with pytest.raises(SignInRequired) as problem:
        await chain.authorization()
    shown += [repr(problem.value), repr(chain), repr(chain.credentials), caplog.text]
    text = "\n".join(shown)
    account, device = network.world.accounts["parent"], chain.credentials.device
    assert device is not None
    for secret in (
        *network.world.tokens.secrets,
        account.xuid,
        account.email,
        device.id,
        device.key.stored(),
    ):
        assert secret not in text
