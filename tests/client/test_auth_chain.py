"""One chain of tokens: what is renewed when, by one for all, and that nothing is lost."""

import asyncio
from dataclasses import replace

import pytest

from custom_components.xbox_console.xboxlive.auth.apps import XBOX_APP, App
from custom_components.xbox_console.xboxlive.errors import (
    ConnectionFailed,
    ServiceUnavailable,
    SignInMisconfigured,
    SignInRequired,
)
from simulator.network.faults import Fault

from .network import (
    DAY,
    DEVICE,
    HOUR,
    OWN_APP,
    SISU,
    TOKEN,
    USER,
    WEB_APP,
    XSTS,
    Keeper,
    Network,
    Start,
    check_accepted,
)


class TestWhatIsRenewed:
    """From the right, and never more than needed."""

    async def test_first_time(self, network: Network, start: Start) -> None:
        """A title app needs a device token and one more request."""
        chain = start.chain(network.credentials())
        assert (chain.xuid, chain.gamertag) == (None, None)
        check_accepted(network, await chain.authorization())
        assert network.sent() == [DEVICE, SISU]
        account = network.world.accounts["parent"]
        assert (chain.xuid, chain.gamertag) == (account.xuid, account.gamertag)

    async def test_a_living_token_costs_nothing(
        self, network: Network, start: Start
    ) -> None:
        """No request, until a minute before its end."""
        chain = await start.signed_in()
        first = await chain.authorization()
        network.pass_time(16 * HOUR - 90)
        assert await chain.authorization() == first
        assert network.sent() == []
        network.pass_time(40)
        second = await chain.authorization()
        assert second != first
        check_accepted(network, second)

    @pytest.mark.parametrize(
        ("app", "hours", "expected"),
        [
            (XBOX_APP, 17, [XSTS]),
            (XBOX_APP, 25, [XSTS]),
            (XBOX_APP, 97, [TOKEN, SISU]),
            (XBOX_APP, 24 * 15, [DEVICE, TOKEN, SISU]),
            (OWN_APP, 17, [XSTS]),
            (OWN_APP, 97, [TOKEN, USER, XSTS]),
            (WEB_APP, 97, [TOKEN, USER, XSTS]),
        ],
    )
    async def test_each_at_its_own_end(
        self,
        network: Network,
        start: Start,
        app: App,
        hours: float,
        expected: list[str],
    ) -> None:
        """XSTS after 16 hours, the user token after 4 days, the device token after 14."""
        chain = await start.signed_in(app)
        network.pass_time(hours * HOUR)
        check_accepted(network, await chain.authorization())
        assert network.sent() == expected

    async def test_a_living_access_token_is_used(
        self, network: Network, start: Start
    ) -> None:
        """No refresh when only the user token is gone."""
        chain = await start.signed_in()
        lost = replace(chain.credentials, user=None, xsts=None)
        check_accepted(network, await start.chain(lost).authorization())
        assert network.sent() == [SISU]

    async def test_device_token_alone(self, network: Network, start: Start) -> None:
        """The same device gets another token; title and user token live on."""
        network.world.tokens.knobs.title_seconds = 30 * DAY
        network.world.tokens.knobs.user_seconds = 30 * DAY
        chain = await start.signed_in()
        network.pass_time(15 * DAY)
        check_accepted(network, await chain.authorization())
        assert network.sent() == [DEVICE, XSTS]

    async def test_stored_tokens_are_used_after_a_restart(
        self, network: Network, start: Start, keeper: Keeper
    ) -> None:
        """What was stored last is enough to go on without a request."""
        chain = start.chain(network.credentials())
        authorization = await chain.authorization()
        network.sent()
        again = start.chain(keeper.versions[-1])
        assert await again.authorization() == authorization
        assert network.sent() == []

    async def test_lifetimes(self, network: Network, start: Start) -> None:
        """What diagnostics may show."""
        chain = await start.signed_in()
        lifetimes = chain.lifetimes
        assert lifetimes["xsts"] == pytest.approx(16 * HOUR, abs=5)
        assert lifetimes["user"] == pytest.approx(4 * DAY, abs=5)
        assert lifetimes["title"] == pytest.approx(14 * DAY, abs=5)
        assert lifetimes["device"] == pytest.approx(14 * DAY, abs=5)
        assert lifetimes["microsoft"] == pytest.approx(DAY, abs=5)
        own = start.chain(network.credentials(OWN_APP)).lifetimes
        assert (own["device"], own["title"], own["xsts"]) == (None, None, None)


class TestTogether:
    """However many ask, one renews."""

    @pytest.mark.parametrize("app", [XBOX_APP, OWN_APP], ids=["title", "own"])
    async def test_twenty_callers(
        self, network: Network, start: Start, app: App
    ) -> None:
        """One renewal, one refresh, the same answer for all."""
        chain = await start.signed_in(app)
        network.pass_time(5 * DAY)
        answers = await asyncio.gather(*(chain.authorization() for _ in range(20)))
        assert len(set(answers)) == 1
        asked = network.sent()
        assert len(asked) == len(set(asked))
        assert asked.count(TOKEN) == 1
        assert network.world.tokens.oauth.superseded_uses == 0

    async def test_twenty_rejections(self, network: Network, start: Start) -> None:
        """All services reject at once: one token is minted."""
        chain = await start.signed_in()
        network.pass_time(HOUR)
        network.world.tokens.revoke("xsts")
        rejected = await chain.authorization()
        answers = await asyncio.gather(*(chain.renew(rejected) for _ in range(20)))
        assert len(set(answers)) == 1
        assert answers[0] is not None
        check_accepted(network, answers[0])
        assert network.sent() == [XSTS]

    async def test_twenty_failures(self, network: Network, start: Start) -> None:
        """All get the error of one attempt."""
        chain = await start.signed_in()
        network.pass_time(5 * DAY)
        network.world.faults.add(Fault(kind="status", status=503))
        results = await asyncio.gather(
            *(chain.authorization() for _ in range(20)), return_exceptions=True
        )
        assert {type(result) for result in results} == {ServiceUnavailable}
        assert network.sent() == [TOKEN]

    async def test_a_cancelled_caller_cancels_nobody_else(
        self, network: Network, start: Start, keeper: Keeper
    ) -> None:
        """The renewal goes on to its end, and its new refresh token is stored."""
        chain = await start.signed_in()
        network.pass_time(5 * DAY)
        keeper.may_save.clear()
        keeper.saving.clear()
        impatient = asyncio.create_task(chain.authorization())
        await keeper.saving.wait()
        impatient.cancel()
        with pytest.raises(asyncio.CancelledError):
            await impatient
        keeper.may_save.set()
        await chain.close()
        assert network.sent() == [TOKEN, SISU]
        assert keeper.versions[-1].xsts == chain.credentials.xsts
        check_accepted(network, await chain.authorization())
        assert network.sent() == []

    async def test_a_failure_that_nobody_awaits(
        self, network: Network, start: Start, caplog: pytest.LogCaptureFixture
    ) -> None:
        """It is not complained about."""
        chain = await start.signed_in()
        network.pass_time(5 * DAY)
        network.world.faults.add(Fault(kind="drop"))
        impatient = asyncio.create_task(chain.authorization())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        impatient.cancel()
        with pytest.raises(asyncio.CancelledError):
            await impatient
        await chain.close()
        with pytest.raises(ConnectionFailed):
            await chain.authorization()
        assert "never retrieved" not in caplog.text
        assert "shielded" not in caplog.text


class TestRefreshToken:
    """Never lost, never used twice."""

    async def test_is_stored_before_it_is_used(
        self, network: Network, start: Start, keeper: Keeper
    ) -> None:
        """Between the refresh and the next request lies the saving."""
        chain = await start.signed_in()
        old = chain.credentials.microsoft.refresh_token
        network.pass_time(5 * DAY)
        await chain.authorization()
        assert keeper.requests_at_save[0] == ["login"]
        assert keeper.versions[0].microsoft.refresh_token != old
        assert keeper.requests_at_save[1] == ["login", "sisu"]
        assert keeper.versions[1].xsts == chain.credentials.xsts
        assert len(keeper.versions) == 2

    async def test_rotates(self, network: Network, start: Start) -> None:
        """Each refresh uses the newest; a service that punishes reuse has no reason to."""
        network.world.tokens.knobs.refresh_policy = "immediate"
        chain = await start.signed_in()
        seen = {chain.credentials.microsoft.refresh_token}
        for _ in range(4):
            network.pass_time(5 * DAY)
            check_accepted(network, await chain.authorization())
            seen.add(chain.credentials.microsoft.refresh_token)
        assert len(seen) == 5
        assert network.world.tokens.oauth.superseded_uses == 0

    async def test_is_kept_if_the_answer_has_none(
        self, network: Network, start: Start, keeper: Keeper
    ) -> None:
        """Microsoft does not always send one."""
        network.world.tokens.knobs.rotate_refresh = False
        chain = await start.signed_in()
        old = chain.credentials.microsoft.refresh_token
        network.pass_time(5 * DAY)
        check_accepted(network, await chain.authorization())
        assert keeper.versions[-1].microsoft.refresh_token == old

    @pytest.mark.parametrize("survived", [0, 1, 2])
    async def test_survives_a_crash_at_any_request(
        self, network: Network, start: Start, keeper: Keeper, survived: int
    ) -> None:
        """What is stored when a request fails is enough to go on."""
        network.world.tokens.knobs.refresh_policy = "immediate"
        chain = await start.signed_in()
        network.pass_time(15 * DAY)
        network.world.faults.add(Fault(kind="drop", after=survived, times=1))
        with pytest.raises(ConnectionFailed):
            await chain.authorization()
        stored = keeper.versions[-1] if keeper.versions else chain.credentials
        network.sent()
        check_accepted(network, await start.chain(stored).authorization())
        assert network.sent() == [DEVICE, TOKEN, SISU][survived:]

    async def test_that_could_not_be_stored_is_not_used(
        self, network: Network, start: Start, keeper: Keeper
    ) -> None:
        """The storage fails: nothing is sent with the new token until it is stored."""
        chain = await start.signed_in()
        network.pass_time(5 * DAY)
        keeper.problem = OSError("disk full")
        for _ in range(2):
            with pytest.raises(OSError, match="disk full"):
                await chain.authorization()
        assert network.sent() == [TOKEN]
        keeper.problem = None
        check_accepted(network, await chain.authorization())
        assert network.sent() == [SISU]
        assert keeper.versions[0].microsoft == chain.credentials.microsoft

    async def test_is_dead(self, network: Network, start: Start) -> None:
        """The password was changed: the user must sign in again, and nothing is thrown away."""
        chain = await start.signed_in()
        network.pass_time(5 * DAY)
        network.world.tokens.revoke_refresh()
        before = chain.credentials
        with pytest.raises(SignInRequired):
            await chain.authorization()
        assert chain.credentials == before
        assert network.sent() == [TOKEN]

    async def test_app_lost_its_secret(self, network: Network, start: Start) -> None:
        """That is the app's fault, not the user's."""
        chain = await start.signed_in(WEB_APP)
        app = replace(WEB_APP, secret="replaced~long-ago")
        again = start.chain(replace(chain.credentials, app=app))
        network.pass_time(5 * DAY)
        with pytest.raises(SignInMisconfigured) as problem:
            await again.authorization()
        assert problem.value.error == "invalid_client"
