"""Signing in with an app registration of the user."""

from dataclasses import replace

import pytest

from custom_components.xbox_console.xboxlive.auth.apps import App
from custom_components.xbox_console.xboxlive.auth.signin import OwnAppSignIn
from custom_components.xbox_console.xboxlive.errors import (
    AppProblem,
    RateLimited,
    SignInMisconfigured,
    SignInRefused,
    UnexpectedResponse,
)
from simulator.accounts.apps import APPS
from simulator.network.faults import Fault

from .network import OWN_APP, TOKEN, USER, WEB_APP, XSTS, Network, check_usable


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
