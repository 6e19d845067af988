"""Video services by what cards for other systems call them."""

from homeassistant.exceptions import ServiceValidationError
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator.games.titles import Titles
from tests.integration.apps import install
from tests.integration.house import House

PLAYER = "media_player.living_room"
INSTALLED = ["Netflix", "YouTube", "YouTube TV", "Disney+", "Plex for Xbox", "Max"]


@pytest.fixture(autouse=True)
async def everything_loaded(house: House, entry: MockConfigEntry) -> None:
    """Start with the account set up, and services installed on its console."""
    for number, name in enumerate(INSTALLED):
        install(house.console("living_room"), name, number, "App")
    install(house.console("living_room"), "Max Nebula", 90)
    world = house.simulator.world
    installed = [app.title for app in house.console("living_room").installed]
    world.titles = Titles(
        {title.key: title for title in (*world.titles, *installed)}.values()
    )
    assert await house.set_up(entry)


def _running(house: House) -> str | None:
    running = house.console("living_room").shell.running
    return running.name if running else None


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("netflix://", "Netflix"),
        ("com.netflix.ninja", "Netflix"),
        ("plugin.video.netflix", "Netflix"),
        ("com.amazon.firetv.youtube", "YouTube"),
        ("vnd.youtube://", "YouTube"),
        ("https://tv.youtube.com", "YouTube TV"),
        ("com.amazon.firetv.tv", "YouTube TV"),
        ("https://www.disneyplus.com/", "Disney+"),
        ("COM.DISNEY.DISNEYPLUS", "Disney+"),
        ("Disney Plus", "Disney+"),
        ("plex://", "Plex for Xbox"),
        ("https://play.max.com", "Max"),
        ("HBO Max", "Max"),
    ],
)
async def test_an_id_starts_the_service(house: House, source: str, name: str) -> None:
    """Case R12: chosen as a source."""
    await house.act("media_player.select_source", PLAYER, source=source)
    assert _running(house) == name


async def test_an_id_is_an_activity(house: House) -> None:
    """Case R12: as the Android TV mode of a card asks for it."""
    await house.act("remote.turn_on", "remote.living_room", activity="netflix://")
    assert _running(house) == "Netflix"


async def test_an_id_is_media(house: House) -> None:
    """Case R12: and play_media takes it, too."""
    await house.act(
        "media_player.play_media",
        PLAYER,
        media_content_type="app",
        media_content_id="com.amazon.firetv.youtube",
    )
    assert _running(house) == "YouTube"


@pytest.mark.parametrize(
    ("source", "name"),
    [("twitch://", "Twitch"), ("com.cbs.ott", "Paramount+"), ("vnd.other://", None)],
)
async def test_a_service_that_is_not_installed_is_named(
    house: House, source: str, name: str | None
) -> None:
    """Case R12: the error says which service that is, not its id."""
    with pytest.raises(ServiceValidationError) as refusal:
        await house.act("media_player.select_source", PLAYER, source=source)
    words = refusal.value.translation_placeholders or {}
    assert words["app"] == (name or source)
    assert house.heard == []


async def test_another_service_is_not_taken_for_it(
    house: House, entry: MockConfigEntry
) -> None:
    """Case R12: YouTube TV begins like YouTube, and is another."""
    await house.unload(entry)
    living_room = house.console("living_room")
    living_room.installed = [
        app for app in living_room.installed if app.title.name != "YouTube"
    ]
    await house.set_up(entry)
    with pytest.raises(ServiceValidationError):
        await house.act("media_player.select_source", PLAYER, source="vnd.youtube://")


@pytest.mark.parametrize(
    "address", ["https://www.youtube.com/watch?v=a1b2c3", "netflix://title/70143836"]
)
async def test_what_is_inside_a_service_is_not_promised(
    house: House, address: str
) -> None:
    """Case R12: a film cannot be started, so a service is not started in its place."""
    with pytest.raises(ServiceValidationError):
        await house.act("media_player.select_source", PLAYER, source=address)
    assert house.heard == []
