"""A clock that is wrong."""

import pytest

from .network import DAY, HOUR, SISU, TOKEN, XSTS, Network, Start, check_accepted


@pytest.mark.parametrize("offset", [-600, 600])
class TestWrongClock:
    """The machine's clock is ten minutes off."""

    async def test_whole_chain(
        self, network: Network, start: Start, offset: float
    ) -> None:
        """Every signed route is survived, and expiry is judged by the services' time."""
        network.world.tokens.knobs.device_signature_window_seconds = 300
        network.offset += offset
        chain = start.chain(network.credentials())
        check_accepted(network, await chain.authorization())
        for days in (0.7, 5, 15):
            network.pass_time(days * DAY)
            check_accepted(network, await chain.authorization())

    @pytest.mark.parametrize(
        ("hours", "expected"), [(17, [XSTS, XSTS]), (97, [TOKEN, SISU])]
    )
    async def test_clock_goes_wrong_later(
        self,
        network: Network,
        start: Start,
        offset: float,
        hours: float,
        expected: list[str],
    ) -> None:
        """A signature with a wrong time costs one more request, no more."""
        chain = await start.signed_in()
        network.pass_time(hours * HOUR)
        network.offset += offset
        check_accepted(network, await chain.authorization())
        assert network.sent() == expected

    async def test_expiry_follows_the_services(
        self, network: Network, start: Start, offset: float
    ) -> None:
        """Neither early nor late."""
        network.offset += offset
        chain = await start.signed_in()
        network.pass_time(16 * HOUR - 120)
        await chain.authorization()
        assert network.sent() == []
        network.pass_time(70)
        await chain.authorization()
        assert network.sent() == [XSTS]
