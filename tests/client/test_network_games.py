"""Games and apps, as the whole network shows them: titles, achievements, statistics, the Store, consoles."""

from datetime import UTC, datetime, timedelta

import pytest

from custom_components.xbox_console.xboxlive.client import XboxLive
from custom_components.xbox_console.xboxlive.errors import (
    ConsoleNotFound,
    NotFound,
    UnexpectedResponse,
)
from custom_components.xbox_console.xboxlive.services.achievements import (
    ProgressState,
    RarityCategory,
)
from custom_components.xbox_console.xboxlive.services.catalog import (
    AlternateId,
    ImagePurpose,
)
from custom_components.xbox_console.xboxlive.services.commands import (
    GO_HOME,
    Key,
    launch,
    tap,
)
from custom_components.xbox_console.xboxlive.services.consoles import (
    Operation,
    OperationStatus,
    PowerState,
)
from custom_components.xbox_console.xboxlive.services.pins import Pin, PinList
from custom_components.xbox_console.xboxlive.services.titlehub import (
    TitleField,
    TitleType,
)
from custom_components.xbox_console.xboxlive.services.userstats import (
    MINUTES_PLAYED,
    StatisticList,
    Statistics,
)
from simulator.consoles.console import Console as SimulatedConsole

from .calls_people_titles import all_of
from .network import Network

STARFALL, NEBULA, SKYLINE_360 = "1990010001", "1990010002", "1990010006"


@pytest.fixture
async def me(xbox: XboxLive) -> str:
    """XUID of the account."""
    return await xbox.session.xuid()


@pytest.fixture
def starfall(network: Network) -> str:
    """Service configuration id of Starfall Odyssey."""
    return network.world.titles["starfall"].scid


@pytest.fixture
def living_room(network: Network) -> SimulatedConsole:
    """The console at which Starfall Odyssey runs."""
    return next(iter(network.world.consoles.values()))


async def test_titles(xbox: XboxLive, me: str, mika: str) -> None:
    """What was played, what a title is, and who of the friends knows it."""
    history = await xbox.titlehub.history(me)
    assert history[0].name == "Starfall Odyssey"
    assert history[0].title_history
    assert history[0].title_history.last_time_played
    assert sum(title.type is TitleType.APPLICATION for title in history) == 4
    assert len(await xbox.titlehub.history(me, limit=3)) == 3
    (starfall,) = await xbox.titlehub.title(me, STARFALL, tuple(TitleField))
    assert starfall.detail
    assert starfall.detail.developer_name == "Halcyon Forge"
    assert starfall.product_id == "9ZHTX4LLQ7SF"
    assert starfall.display_image
    assert starfall.display_image.startswith("https://")
    assert starfall.friends_who_played
    assert [each.xuid for each in starfall.friends_who_played.people] == [mika]
    (same,) = await xbox.titlehub.title_of_package(me, starfall.pfn or "")
    assert same.title_id == STARFALL
    with pytest.raises(NotFound):
        await xbox.titlehub.title(mika, SKYLINE_360)
    found = await xbox.titlehub.batch([starfall.pfn or "", "Nobody.Made_this"])
    assert [(title.name, title.title_history) for title in found] == [
        ("Starfall Odyssey", None)
    ]


async def test_achievements(xbox: XboxLive, me: str) -> None:
    """Of a title, the latest, the progress in all titles; how rare they are."""
    nebula = await all_of(xbox.achievements.of_title(me, NEBULA))
    assert [(each.name, each.unlocked, each.gamerscore) for each in nebula] == [
        ("Photo Finish", True, 20),
        ("Slipstream", True, 50),
        ("Clean Lap", False, 15),
    ]
    assert [
        bool(each.progression and each.progression.time_unlocked) for each in nebula
    ] == [
        True,
        True,
        False,
    ]
    assert all(each.rarity and each.rarity.current_percentage for each in nebula)
    categories = {each.rarity.current_category for each in nebula if each.rarity}
    assert categories <= {RarityCategory.COMMON, RarityCategory.RARE}
    latest = await all_of(xbox.achievements.latest(me, limit=2))
    assert [each.name for each in latest] == ["Night Watch", "Good Morning"]
    titles = await all_of(xbox.achievements.progress(me, page_size=4))
    progress = {each.name: each for each in titles}
    assert len(titles) == 10
    assert progress["Nebula Drift GT"].earned_achievements == 2
    assert progress["Nebula Drift GT"].max_gamerscore == 85
    assert progress["Mosslight"].last_unlock is None


async def test_pages_of_achievements(xbox: XboxLive, network: Network, me: str) -> None:
    """As many requests as pages, each item once."""
    network.world.requests.clear()
    found = await all_of(xbox.achievements.of_title(me, STARFALL, page_size=1))
    assert [each.id for each in found] == ["1", "2", "3", "4"]
    assert len(network.world.requests) == 4


async def test_one_achievement(
    xbox: XboxLive, me: str, mika: str, starfall: str
) -> None:
    """As a person stands to it."""
    theirs = await xbox.achievements.one(mika, starfall, "2")
    mine = await xbox.achievements.one(me, starfall, "2")
    assert theirs.name == mine.name == "Moonbreaker"
    assert theirs.unlocked
    assert mine.progress_state is ProgressState.IN_PROGRESS
    assert mine.progression
    assert mine.progression.requirements[0].current == "12"
    with pytest.raises(NotFound):
        await xbox.achievements.one(me, starfall, "99")


async def test_achievements_of_the_360(xbox: XboxLive, me: str) -> None:
    """All, those earned, the latest, and the titles."""
    every = await all_of(xbox.achievements_360.of_title(me, SKYLINE_360))
    assert [(each.name, each.unlocked, each.gamerscore) for each in every] == [
        ("First Leap", True, 20),
        ("Night Run", True, 50),
        ("No Hands", False, 15),
        ("Pigeon Friend", False, 10),
    ]
    assert [each.time_unlocked is None for each in every] == [False, False, True, True]
    earned = await all_of(xbox.achievements_360.earned(me, SKYLINE_360))
    assert [each.id for each in earned] == ["1", "2"]
    latest = await all_of(xbox.achievements_360.latest(me, limit=1))
    assert [each.name for each in latest] == ["Night Run"]
    (skyline,) = await all_of(xbox.achievements_360.progress(me))
    assert (skyline.current_achievements, skyline.total_achievements) == (2, 4)
    assert skyline.last_played


def values(
    lists: tuple[StatisticList, ...],
) -> dict[str | None, dict[str, float | None]]:
    """Numbers by XUID and name."""
    return {
        each.arrange_by_field_id: {stat.name: stat.number for stat in each.stats}
        for each in lists
    }


@pytest.mark.parametrize("valueless", ["without_value", "omitted"])
async def test_statistics(
    valueless: str, xbox: XboxLive, network: Network, me: str, mika: str, starfall: str
) -> None:
    """Of one person, with what they are called, of many by title id and by configuration id."""
    network.world.knobs.update({"valueless_stats": valueless})
    pip = network.world.others["pip"].xuid
    expected = {me: {MINUTES_PLAYED: 3120.0}, mika: {MINUTES_PLAYED: 1260.0}}
    one = await xbox.userstats.of(mika, starfall)
    assert values(one.stat_lists_collection) == {mika: expected[mika]}
    told = await xbox.userstats.with_metadata(me, starfall)
    properties = told.stat_lists_collection[0].stats[0].properties
    assert properties is not None
    assert properties.display_name == "Time played"
    batches: list[Statistics] = [
        await xbox.userstats.batch([me, mika, pip], STARFALL),
        await xbox.userstats.batch_by_scid([me, mika, pip], starfall),
    ]
    for batch in batches:
        found = values(batch.stat_lists_collection)
        assert found.pop(pip) in ({}, {MINUTES_PLAYED: None})
        assert found == expected
        (hero,) = batch.groups
        heroes = values(hero.stat_lists_collection)
        assert heroes[me]["LettersDelivered"] == 156
        assert heroes[mika]["StepsWalked"] == 86105.2
    assert batches[0].groups[0].title_id == STARFALL


async def test_statistics_as_documented_first(
    xbox: XboxLive, me: str, mika: str, starfall: str, network: Network
) -> None:
    """Several titles for several people in one request; who has no value has none."""
    skyline = network.world.titles["skyline-2011"].scid
    users = await xbox.userstats.requested(
        [me, mika], {starfall: [MINUTES_PLAYED, "LettersDelivered"], skyline: ["None"]}
    )
    assert {
        user.gamertag: [(each.stat_name, each.value) for each in user.scids[0].stats]
        for user in users
    } == {
        "QuietHarbor77": [(MINUTES_PLAYED, 3120), ("LettersDelivered", 156)],
        "LanternFox2048": [(MINUTES_PLAYED, 1260), ("LettersDelivered", 63)],
    }
    assert all(user.scids[1].stats == () for user in users)


async def test_the_store(xbox: XboxLive, network: Network) -> None:
    """By product id, by any other id, and by name; nothing known is nothing found."""
    ids = [each.product_id for each in network.world.titles if each.product_id]
    found = await xbox.catalog.products([*ids, "9Z0000000000"])
    assert [product.product_id for product in found] == ids
    starfall = found[0]
    assert starfall.title == "Starfall Odyssey"
    assert starfall.properties
    assert starfall.properties.category == "Role playing"
    poster = starfall.image(ImagePurpose.POSTER, ImagePurpose.BOX_ART)
    assert poster
    assert poster.startswith("https://")
    picture = network.transport.hosts.locate(poster)
    async with network.http.get(picture) as answer:
        assert (await answer.read()).startswith(b"\x89PNG")
    title = network.world.titles["starfall"]
    for kind, value in {
        AlternateId.PACKAGE_FAMILY_NAME: title.package_family_name,
        AlternateId.XBOX_TITLE_ID: STARFALL,
        AlternateId.LEGACY_XBOX_PRODUCT_ID: title.legacy_product_id,
    }.items():
        (same,) = await xbox.catalog.lookup(kind, value or "")
        assert same.product_id == starfall.product_id
    assert await xbox.catalog.lookup(AlternateId.XBOX_TITLE_ID, "7") == ()
    (television,) = await xbox.catalog.lookup(
        AlternateId.PACKAGE_FAMILY_NAME, "Microsoft.Xbox.LiveTV_8wekyb3d8bbwe"
    )
    assert television.title == "TV"
    names = [each.title for each in await xbox.catalog.search("sky")]
    assert names == ["Skyline", "Skyline"]
    assert len(await xbox.catalog.search("sky", limit=1)) == 1


async def test_television(xbox: XboxLive) -> None:
    """Channels, and what is on for two hours."""
    channels = await xbox.channels.channels("headend-1")
    assert [(each.call_sign, each.channel_number) for each in channels] == [
        ("HARBOURO", "101"),
        ("LANTERNF", "202"),
        ("POCKETPL", "303"),
    ]
    assert channels[0].images[0].resize_uri
    assert channels[0].images[0].resize_uri.startswith("https://images-eds-ssl.")
    start = datetime(2026, 11, 6, 18, tzinfo=UTC)
    news, films = await xbox.channels.schedule("headend-1", start, count=2)
    assert (len(news.programs), len(films.programs)) == (4, 1)
    assert news.programs[0].start_date == start
    assert films.programs[0].end_date == start + timedelta(hours=2)
    assert films.programs[0].genres[0].name == "Film"
    (last,) = await xbox.channels.schedule("headend-1", start, skip=2)
    assert last.name == "Pocket Planet"


def pinned(pins: PinList) -> list[str | None]:
    """What is pinned."""
    return [each.item.title for each in pins.list_items]


async def test_pins(xbox: XboxLive) -> None:
    """Pinning and unpinning; a careful change to an old version is refused."""
    pins = await xbox.pins.get()
    assert pinned(pins) == ["Larkvision", "Starfall Odyssey", "Golden Boot 27"]
    assert pins.list_items[0].date_added
    assert pins.list_items[0].date_added.tzinfo
    assert pins.list_metadata
    version = pins.list_metadata.list_version
    nebula = Pin(item_id="nebula", content_type="DGame", title="Nebula Drift GT")
    after = await xbox.pins.insert([nebula], version=version)
    assert (after.list_count, after.list_version) == (4, (version or 0) + 1)
    with pytest.raises(UnexpectedResponse) as refused:
        await xbox.pins.remove([nebula], version=version)
    assert refused.value.status == 412
    assert pinned(await xbox.pins.get())[-1] == "Nebula Drift GT"
    await xbox.pins.remove([nebula])
    assert "Nebula Drift GT" not in pinned(await xbox.pins.get())
    with pytest.raises(UnexpectedResponse, match="501"):
        await xbox.pins.get("NoSuchList")


async def test_consoles(xbox: XboxLive, living_room: SimulatedConsole) -> None:
    """The list with its drives, one console, and what is installed."""
    consoles = {each.name: each for each in await xbox.smartglass.consoles()}
    assert consoles.keys() == {"Living room", "Bedroom", "Playroom"}
    console = consoles["Living room"]
    assert console.power_state is PowerState.ON
    assert console.storage_devices
    assert [drive.storage_device_name for drive in console.storage_devices] == [
        "Internal",
        "Attic drive",
    ]
    assert console.storage_devices == await xbox.smartglass.storage_devices(console.id)
    status = await xbox.smartglass.status(console.id)
    assert status.focus_app_aumid
    assert status.focus_app_aumid.startswith("HalcyonForge.StarfallOdyssey")
    apps = await xbox.smartglass.installed_apps(console.id)
    assert len(apps) == len(living_room.installed)
    assert sum(app.add_on for app in apps) == 2
    assert all(app.instance for app in apps)
    with pytest.raises(ConsoleNotFound):
        await xbox.smartglass.status("F400000000000000")


async def operation(xbox: XboxLive, console_id: str, op_id: str | None) -> Operation:
    """How far a command has come."""
    found = await xbox.smartglass.operation(console_id, op_id or "")
    assert found
    return found


async def test_commands(
    xbox: XboxLive, network: Network, living_room: SimulatedConsole
) -> None:
    """A command reaches the console and is followed to its end; a name sticks."""
    console_id = living_room.id
    reply = await xbox.smartglass.send(console_id, tap(Key.NEXUS))
    assert reply.destination
    assert reply.destination.power_state is PowerState.ON
    assert (await operation(xbox, console_id, reply.op_id)).pending
    network.world.knobs.op_pending_seconds = 0.0
    reply = await xbox.smartglass.send(console_id, GO_HOME)
    done = await operation(xbox, console_id, reply.op_id)
    assert (done.operation_status, done.succeeded) == (OperationStatus.SUCCEEDED, True)
    network.world.knobs.launch_seconds = 0.0
    await xbox.smartglass.send(console_id, launch("9ZNBD7RGT2KV"))
    status = await xbox.smartglass.status(console_id)
    assert "NebulaDriftGT" in (status.focus_app_aumid or "")
    await xbox.smartglass.rename(console_id, "Snug")
    assert (await xbox.smartglass.status(console_id)).name == "Snug"
    assert await xbox.smartglass.operation(console_id, "no-such-operation") is None
