"""Every app, platform, relying party and address that the documents name."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from custom_components.xbox_console.xboxlive.auth import apps
from custom_components.xbox_console.xboxlive.auth.apps import (
    ENTRA,
    XBOX_APP,
    App,
    own_app,
)
from custom_components.xbox_console.xboxlive.auth.microsoft import Microsoft
from custom_components.xbox_console.xboxlive.auth.platforms import (
    ANDROID,
    IOS,
    Platform,
)
from custom_components.xbox_console.xboxlive.auth.redirect import (
    AddressProblem,
    BadAddress,
)
from custom_components.xbox_console.xboxlive.auth.signin import (
    AddressSignIn,
    DeviceCodeSignIn,
    OwnAppAddressSignIn,
)
from custom_components.xbox_console.xboxlive.auth.tokens import Device
from custom_components.xbox_console.xboxlive.auth.xbox import (
    RELYING_PARTY,
    TokenRejected,
    Xbox,
)
from custom_components.xbox_console.xboxlive.errors import (
    ConnectionFailed,
    SignInDeclined,
)
from custom_components.xbox_console.xboxlive.services.endpoints import HostType
from simulator.network.faults import Fault

from .network import (
    DAY,
    OWN_APP,
    TOKEN,
    USER,
    WEB_APP,
    XSTS,
    Browser,
    Network,
    Start,
    User,
    check_usable,
)
from .scripted import scripted_services

REDIRECT = "http://localhost:8080/auth/callback"
STORE = "http://mp.microsoft.com/"
TITLE_APPS = [
    apps.XBOX_APP,
    apps.XBOX_BETA_APP,
    apps.GAME_PASS_APP,
    apps.GAME_PASS_BETA_APP,
    apps.FAMILY_SETTINGS_APP,
]


@pytest.mark.parametrize("app", TITLE_APPS, ids=lambda app: app.redirect_uri)
async def test_every_app_signs_in(app: App, network: Network) -> None:
    """Case K: five sets of parameters, each with the redirect that it is registered with."""
    network.world.tokens.knobs.faithful_addresses = True
    sign_in = AddressSignIn(network.transport, app)
    pasted = await Browser(network).end(await sign_in.start())
    credentials = await sign_in.finish(pasted)
    await check_usable(network, credentials)
    assert credentials.title
    assert network.world.tokens.find("title", credentials.title.token)


@pytest.mark.parametrize("platform", [ANDROID, IOS], ids=["android", "ios"])
async def test_every_platform_signs_in(
    platform: Platform, network: Network, user: User
) -> None:
    """Case K: a phone of either kind, which writes its id its own way, and stays what it is."""
    sign_in = DeviceCodeSignIn(network.transport, platform=platform, sleep=user.sleep)
    await sign_in.start()
    credentials = await sign_in.wait()
    await check_usable(network, credentials)
    device = credentials.device
    assert device
    assert device.platform is platform
    assert (device.id.isupper(), device.id[0] == "{") == (
        platform is IOS,
        platform is ANDROID,
    )
    assert Device.restore(device.stored()).platform is platform
    by_browser = AddressSignIn(network.transport, platform=platform)
    address = await by_browser.start()
    assert parse_qs(urlsplit(address).query)["display"] == [platform.display]


def test_a_device_of_before_is_an_android_phone() -> None:
    """What was stored before there were platforms was one."""
    stored = Device.new().stored()
    del stored["platform"]
    assert Device.restore(stored).platform is ANDROID


async def test_a_platform_is_named_in_each_request(socket_enabled: None) -> None:
    """Case K: by the name of its sign-in library."""
    async with scripted_services() as scripted:
        scripted.say({"Token": "t", "NotAfter": "2030-01-01T00:00:00Z"})
        xbox = Xbox(scripted.session.transport)
        for platform in (IOS, ANDROID):
            await xbox.device(Device.new(platform))
            assert scripted.last.headers["User-Agent"] == platform.user_agent
            body: Any = scripted.last.body
            properties = body["Properties"]
            assert properties["DeviceType"] == platform.device_type
            assert properties["Version"] == platform.version


@pytest.mark.parametrize("app", [XBOX_APP, OWN_APP], ids=["title", "own"])
async def test_tokens_for_others(app: App, network: Network, start: Start) -> None:
    """Case K: who a token is for can be said; it goes through the same chain."""
    chain = await start.signed_in(app)
    token = await chain.token_for(STORE)
    assert network.sent() == [XSTS]
    held = network.world.tokens.find("xsts", token.token)
    assert held
    assert held.relying_party == STORE
    assert token.xuid is None
    assert token.authorization.startswith("XBL3.0 x=")
    assert chain.credentials.xsts
    assert chain.credentials.xsts.token != token.token
    network.pass_time(20 * DAY)
    await chain.token_for(STORE)
    assert network.sent()[-1] == XSTS
    with pytest.raises(TokenRejected):
        await chain.token_for("http://mp.microsoft.com")


async def test_every_token_can_be_for_somebody(network: Network, start: Start) -> None:
    """Case K: the user token, too, and what SISU gives."""
    chain = await start.signed_in()
    held = chain.credentials
    xbox = Xbox(network.transport)
    assert held.device
    assert held.device.token
    sisu = await xbox.sisu_authorize(
        held.app, held.device, held.device.token, held.microsoft, relying_party=STORE
    )
    stored = network.world.tokens.find("xsts", sisu.xsts.token)
    assert stored
    assert stored.relying_party == STORE
    own = network.credentials(OWN_APP)
    assert await xbox.user(own.app, own.microsoft)
    with pytest.raises(TokenRejected):
        await xbox.user(own.app, own.microsoft, "http://elsewhere.example")


async def test_a_ticket_without_prefix(network: Network) -> None:
    """Case K: an app may want its token to be handed over as it is."""
    network.world.tokens.knobs.compact_tickets = True
    compact = replace(OWN_APP, ticket_prefix="")
    microsoft = network.credentials(OWN_APP).microsoft
    assert await Xbox(network.transport).user(compact, microsoft)


def test_the_address_of_an_own_app(network: Network) -> None:
    """Case K: with state and scopes of the caller's choice, from the client alone."""
    scopes = ("Xboxlive.signin", "Xboxlive.offline_access")
    for authority in (apps.LIVE, ENTRA):
        app = own_app("5d1c7a30", None, authority, REDIRECT, scopes)
        address = Microsoft(network.transport, app).authorization_address("s t&te")
        parts = urlsplit(address)
        assert parts.path == f"/{authority.host}{authority.authorize_path}"
        assert {name: value for name, (value,) in parse_qs(parts.query).items()} == {
            "client_id": "5d1c7a30",
            "response_type": "code",
            "approval_prompt": "auto",
            "scope": " ".join(scopes),
            "redirect_uri": REDIRECT,
            "state": "s t&te",
        }


class TestOwnAppAddress:
    """An app registration of the user, and nobody at its redirect."""

    @pytest.mark.parametrize("app", [OWN_APP, WEB_APP], ids=["public", "web"])
    async def test_signs_in(self, app: App, network: Network) -> None:
        """Case K: the pasted address is all that is needed."""
        app = replace(app, redirect_uri=REDIRECT)
        sign_in = OwnAppAddressSignIn(network.transport, app)
        pasted = await Browser(network).end(sign_in.start())
        assert pasted.startswith(REDIRECT)
        network.world.requests.clear()
        credentials = await sign_in.finish(pasted)
        await check_usable(network, credentials)
        assert network.sent() == [TOKEN, USER, XSTS]

    async def test_of_another_sign_in(self, network: Network) -> None:
        """A code that was not asked for is not used."""
        app = replace(OWN_APP, redirect_uri=REDIRECT)
        other = OwnAppAddressSignIn(network.transport, app)
        pasted = await Browser(network).end(other.start())
        with pytest.raises(BadAddress) as problem:
            await OwnAppAddressSignIn(network.transport, app).finish(pasted)
        assert problem.value.problem is AddressProblem.OTHER_SIGN_IN
        await check_usable(network, await other.finish(pasted))

    async def test_declined(self, network: Network) -> None:
        """The user said no."""
        app = replace(OWN_APP, redirect_uri=REDIRECT)
        sign_in = OwnAppAddressSignIn(network.transport, app)
        pasted = await Browser(network).end(sign_in.start(), decision="deny")
        with pytest.raises(SignInDeclined):
            await sign_in.finish(pasted)

    async def test_a_fault_on_the_way(self, network: Network) -> None:
        """The same address again goes on with what Microsoft gave."""
        app = replace(OWN_APP, redirect_uri=REDIRECT)
        sign_in = OwnAppAddressSignIn(network.transport, app)
        pasted = await Browser(network).end(sign_in.start())
        network.world.faults.add(
            Fault(host="user.auth.xboxlive.com", kind="drop", times=1)
        )
        with pytest.raises(ConnectionFailed):
            await sign_in.finish(pasted)
        network.sent()
        await check_usable(network, await sign_in.finish(pasted))
        assert network.sent() == [USER, XSTS]

    async def test_without_redirect(self, network: Network) -> None:
        """There is nowhere to send the browser."""
        with pytest.raises(ValueError, match="no redirect"):
            OwnAppAddressSignIn(network.transport, OWN_APP)


async def test_which_token_a_host_wants(network: Network, start: Start) -> None:
    """Case K: one's own entry before a wildcard, the longest first; without a sign-in."""
    async with scripted_services() as scripted:
        scripted.session.transport.hosts = network.transport.hosts
        endpoints = await scripted.xbox.endpoints.all()
        assert scripted.account.authorizations == 0
    found = endpoints.of("XCCS.xboxlive.com", "/consoles")
    assert found
    assert found.relying_party == RELYING_PARTY
    assert found.host_type is HostType.WILDCARD
    policy = endpoints.policy(found)
    assert policy
    assert (policy.max_body_bytes, policy.supported_algorithms) == (8192, ("ES256",))
    sisu = endpoints.of("sisu.xboxlive.com")
    assert sisu
    assert sisu.host_type is HostType.FULL
    assert sisu.relying_party is None
    streaming = endpoints.of("weu.gssv-play-prod.xboxlive.com")
    assert streaming
    assert streaming.relying_party == "http://gssv.xboxlive.com/"
    assert endpoints.of("elsewhere.example") is None
    assert endpoints.of("notxboxlive.com") is None
    assert (
        endpoints.policy(found.model_copy(update={"signature_policy_index": 9})) is None
    )
