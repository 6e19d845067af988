"""Tokens that are dead, or that a service refuses."""

import pytest

from custom_components.xbox_console.xboxlive.auth.apps import XBOX_APP, App
from custom_components.xbox_console.xboxlive.errors import UnexpectedResponse
from simulator.network.faults import Fault

from .network import (
    DEVICE,
    HOUR,
    OWN_APP,
    SISU,
    TOKEN,
    USER,
    XSTS,
    Network,
    Start,
    check_accepted,
)


class TestDeadTokens:
    """The network says that a token is dead before its time."""

    @pytest.mark.parametrize(
        ("kinds", "expected"),
        [
            (["user"], [XSTS, SISU]),
            (["title"], [XSTS, SISU]),
            (["device"], [XSTS, DEVICE, XSTS]),
            (["user", "device"], [XSTS, SISU, DEVICE, SISU]),
            (["user", "access"], [XSTS, SISU, DEVICE, TOKEN, SISU]),
        ],
        ids=" and ".join,
    )
    @pytest.mark.parametrize("end", ["expire", "revoke"])
    async def test_title_app(
        self,
        network: Network,
        start: Start,
        kinds: list[str],
        expected: list[str],
        end: str,
    ) -> None:
        """Just that token is minted anew; where the service does not say which, all it was given."""
        chain = await start.signed_in()
        for kind in kinds:
            getattr(network.world.tokens, end)(kind)
        network.world.tokens.revoke("xsts")
        network.pass_time(HOUR)
        renewed = await chain.renew(await chain.authorization())
        assert renewed is not None
        check_accepted(network, renewed)
        assert network.sent() == expected

    @pytest.mark.parametrize("number", [2148916261, 2148916262])
    @pytest.mark.parametrize(
        ("kinds", "expected"),
        [
            (["user"], [XSTS, USER, XSTS]),
            (["user", "access"], [XSTS, USER, TOKEN, USER, XSTS]),
        ],
        ids=" and ".join,
    )
    async def test_own_app(
        self,
        network: Network,
        start: Start,
        number: int,
        kinds: list[str],
        expected: list[str],
    ) -> None:
        """Under either number that means the user token."""
        network.world.tokens.knobs.invalid_user_xerr = number
        network.world.tokens.knobs.long_access_seconds = 1
        chain = await start.signed_in(OWN_APP)
        for kind in kinds:
            network.world.tokens.revoke(kind)
        network.pass_time(600)
        renewed = await chain.renew(await chain.authorization())
        assert renewed is not None
        check_accepted(network, renewed)
        assert network.sent() == expected

    async def test_a_new_token_is_not_minted_again(
        self, network: Network, start: Start
    ) -> None:
        """A network that calls even new tokens dead is ill; that is no reason to flood it."""
        chain = await start.signed_in(OWN_APP)
        network.world.accounts["parent"].refusal = 2148916258
        network.pass_time(17 * HOUR)
        with pytest.raises(UnexpectedResponse):
            await chain.authorization()
        assert network.sent() == [XSTS, TOKEN, USER, XSTS]

    @pytest.mark.parametrize("app", [XBOX_APP, OWN_APP], ids=["title", "own"])
    @pytest.mark.parametrize("status", [400, 401, 403])
    async def test_refusals_without_a_word_end(
        self, network: Network, start: Start, app: App, status: int
    ) -> None:
        """Everything is tried once, not for ever."""
        chain = await start.signed_in(app)
        network.world.faults.add(
            Fault(kind="empty", status=status, host="xsts.auth.xboxlive.com")
        )
        network.world.faults.add(
            Fault(kind="empty", status=status, host="sisu.xboxlive.com")
        )
        network.pass_time(17 * HOUR)
        with pytest.raises(UnexpectedResponse):
            await chain.authorization()
        assert len(network.sent()) <= 5


class TestRejectedByAService:
    """401 or 403 from a service although the token seems to live."""

    async def test_another_token_is_held_already(
        self, network: Network, start: Start
    ) -> None:
        """The rejected one was sent before the renewal."""
        chain = await start.signed_in()
        old = await chain.authorization()
        network.pass_time(17 * HOUR)
        new = await chain.authorization()
        network.sent()
        assert await chain.renew(old) == new
        assert network.sent() == []

    async def test_a_young_token_is_not_replaced(
        self, network: Network, start: Start
    ) -> None:
        """It is not the token's fault: no loop."""
        chain = await start.signed_in()
        network.pass_time(299)
        assert await chain.renew(await chain.authorization()) is None
        network.pass_time(2)
        renewed = await chain.renew(await chain.authorization())
        assert renewed is not None
        assert await chain.renew(renewed) is None
        assert network.sent() == [XSTS]

    async def test_a_stored_token_may_be_replaced_at_once(
        self, network: Network, start: Start
    ) -> None:
        """After a restart nobody knows how young it is."""
        chain = await start.signed_in()
        again = start.chain(chain.credentials)
        assert await again.renew(await again.authorization()) is not None
        assert network.sent() == [XSTS]
