"""The published limits, the forms in which services write, and whose language and market it is."""

from collections.abc import Awaitable, Callable
from types import SimpleNamespace

from aiohttp import ClientSession, TraceConfig, TraceRequestStartParams
from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.xbox_console.xboxlive import ratelimit
from custom_components.xbox_console.xboxlive.client import XboxLive
from custom_components.xbox_console.xboxlive.errors import RateLimited
from custom_components.xbox_console.xboxlive.services.presence import Visibility
from custom_components.xbox_console.xboxlive.session import Session
from custom_components.xbox_console.xboxlive.transport import Transport
from simulator.network.faults import Fault

from .calls_people_titles import all_of
from .network import Network, Start

MIKA = "2533274790100001"

type Ask = Callable[[XboxLive], Awaitable[object]]

LIMITS: dict[str, tuple[Ask, int]] = {
    "people": (lambda xbox: xbox.people.friends(), 10),
    "social": (lambda xbox: xbox.social.own(), 10),
    "profile": (lambda xbox: xbox.profiles.own(), 10),
    "presence read": (lambda xbox: xbox.presence.own(), 30),
    "presence write": (lambda xbox: xbox.presence.show_as(Visibility.ACTIVE), 3),
    "statistics": (lambda xbox: xbox.userstats.batch([MIKA], "1990010001"), 100),
    "achievements": (lambda xbox: all_of(xbox.achievements.latest(MIKA)), 100),
}


@pytest.mark.parametrize("name", LIMITS)
async def test_the_published_limits(
    name: str, xbox: XboxLive, network: Network, freezer: FrozenDateTimeFactory
) -> None:
    """Both sides count alike: what is allowed goes through, one more does not even leave."""
    ask, burst = LIMITS[name]
    network.world.requests.clear()
    for period in range(2):
        for _ in range(burst):
            await ask(xbox)
        with pytest.raises(RateLimited) as refused:
            await ask(xbox)
        assert 14 < refused.value.retry_after <= 15
        assert len(network.world.requests) == burst * (period + 1)
        assert all(request.status != 429 for request in network.world.requests)
        freezer.tick(refused.value.retry_after)


async def test_the_long_window(
    xbox: XboxLive, network: Network, freezer: FrozenDateTimeFactory
) -> None:
    """Thirty in five minutes, however slowly."""
    for _ in range(3):
        for _ in range(10):
            await xbox.social.own()
        freezer.tick(20)
    with pytest.raises(RateLimited) as refused:
        await xbox.social.own()
    assert refused.value.retry_after == pytest.approx(240, abs=1)
    freezer.tick(refused.value.retry_after)
    await xbox.social.own()
    assert all(request.status == 200 for request in network.world.requests)


async def test_waiting_for_a_turn(
    xbox: XboxLive,
    network: Network,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As long as the caller has patience for, and no longer."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        freezer.tick(seconds)

    monkeypatch.setattr(ratelimit, "asyncio", SimpleNamespace(sleep=sleep))
    for _ in range(10):
        await xbox.profiles.own()
    with pytest.raises(RateLimited):
        await xbox.profiles(patience=10).own()
    assert not slept
    assert (await xbox.profiles(patience=16).own()).gamertag == "QuietHarbor77"
    assert sum(slept) == pytest.approx(15, abs=1)
    assert all(request.status == 200 for request in network.world.requests)


async def test_another_client_used_it_up(
    xbox: XboxLive, network: Network, freezer: FrozenDateTimeFactory
) -> None:
    """A 429 closes that service alone, exactly as long as it says."""
    world = network.world
    for _ in range(10):
        world.limits.count("parent", "GET", "peoplehub.xboxlive.com", "/users/me")
    world.requests.clear()
    with pytest.raises(RateLimited) as refused:
        await xbox.people.friends()
    assert refused.value.retry_after == 15
    for seconds in (0, 14):
        freezer.tick(seconds)
        with pytest.raises(RateLimited) as still:
            await xbox.people.friends()
        assert still.value.retry_after == pytest.approx(15 - seconds, abs=0.1)
    assert [request.status for request in world.requests] == [429]
    await xbox.social.own()
    await xbox.presence.own()
    freezer.tick(1)
    assert (await xbox.people.friends()).people


async def test_a_refusal_without_a_time(
    xbox: XboxLive, network: Network, freezer: FrozenDateTimeFactory
) -> None:
    """Means the short window."""
    network.world.faults.add(
        Fault(kind="empty", host="titlehub.xboxlive.com", status=429, times=1)
    )
    with pytest.raises(RateLimited) as refused:
        await xbox.titlehub.history(MIKA)
    assert refused.value.retry_after == 15
    freezer.tick(15)
    assert await xbox.titlehub.history(MIKA)


OLD_FORMS: dict[str, object] = {
    "floats_for_integers": True,
    "enums_as_integers": False,
    "multiplayer_summary": "pascal",
    "presence_activity": "list",
    "padded_gamerpics": True,
    "friend_members": False,
    "fraction_digits": 0,
    "installed_apps_shape": "2020",
    "destination_shape": "2020",
    "last_page_token": "null",
}


async def _seen(xbox: XboxLive) -> list[object]:
    """What a user would see of each service."""
    me = await xbox.session.xuid()
    fox = (await xbox.people.by_xuid(MIKA)).people[0]
    own = await xbox.presence.own()
    screenshot = await anext(xbox.mediahub.screenshots())
    clip = await anext(xbox.gameclips.own())
    title = (await xbox.titlehub.history(me))[0]
    console = (await xbox.smartglass.consoles())[0]
    (achievement, *_) = await all_of(xbox.achievements.latest(me))
    old = await all_of(xbox.achievements_360.latest(me))
    return [
        (fox.multiplayer_summary and fox.multiplayer_summary.in_party),
        (fox.display_pic_raw, fox.detail and fox.detail.tenure),
        [
            title.activity and title.activity.rich_presence
            for title in own.devices[0].titles
        ],
        (screenshot.owner_xuid, screenshot.title_id, screenshot.resolution_width),
        (clip.state, clip.type, clip.title_id, clip.duration_in_seconds, clip.views),
        (title.title_id, title.achievement and title.achievement.total_gamerscore),
        [drive.free_space_bytes for drive in console.storage_devices or ()],
        (achievement.name, achievement.title_associations[0].id),
        [(each.title_id, each.id, each.gamerscore, each.platform) for each in old],
        [each.item.title for each in (await xbox.pins.get()).list_items],
        (await xbox.messages.conversation(MIKA)).items[0].owner,
        [app.instance for app in await xbox.smartglass.installed_apps(console.id)],
    ]


async def test_old_and_new_forms_read_alike(xbox: XboxLive, network: Network) -> None:
    """Numbers or words, floats or integers, one spelling or the other."""
    new = await _seen(xbox)
    network.world.knobs.update(OLD_FORMS)
    old = await _seen(xbox)
    assert str(old[1]).replace("&background=0xababab", "") == str(new[1])
    old[1] = new[1]
    assert old == new


async def test_language_and_market(network: Network, start: Start) -> None:
    """Those of the session with every request, and another for one call."""
    asked: list[tuple[str, str | None]] = []

    async def note(_: ClientSession, __: object, sent: TraceRequestStartParams) -> None:
        asked.append((str(sent.url), sent.headers.get("Accept-Language")))

    tracing = TraceConfig()
    tracing.on_request_start.append(note)
    chain = await start.signed_in()
    async with ClientSession(trace_configs=[tracing]) as http:
        transport = Transport(http, network.transport.hosts)
        xbox = XboxLive(Session(transport, chain, language="fi-FI", market="FI"))
        await xbox.people.friends()
        await xbox.catalog.search("sky")
        await xbox.people(language="sv-FI").friends()
        await xbox.catalog(language="sv-FI").products(["9ZHTX4LLQ7SF"])
    assert [language for _, language in asked] == ["fi-FI", "fi-FI", "sv-FI", "sv-FI"]
    assert "market=FI&languages=fi-FI" in asked[1][0]
    assert "market=FI&languages=sv-FI" in asked[3][0]
