"""play_media takes whatever names something that is installed, and says what is wrong otherwise."""

from homeassistant.exceptions import ServiceValidationError
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.integration.house import House

PLAYER = "media_player.living_room"
TIDEWATER = "9ZTWT5CZY8MB"
NOT_HERE = "9ZHX6GRDN3PW"


@pytest.fixture(autouse=True)
def everything_loaded(loaded: MockConfigEntry) -> None:
    """Start with the account set up."""


async def _play(house: House, media_id: str) -> None:
    await house.act(
        "media_player.play_media",
        PLAYER,
        media_content_type="game",
        media_content_id=media_id,
    )


@pytest.mark.parametrize(
    "media_id",
    [
        "Tidewater Tales",
        " tidewater tales ",
        TIDEWATER,
        TIDEWATER.lower(),
        "tidewater",
        "tide water tails",
        "tales",
        "https://www.xbox.com/en-US/games/store/tidewater-tales/9ZTWT5CZY8MB",
        "https://www.xbox.com/de-DE/games/store/tidewater-tales/9ztwt5czy8mb/0010",
        "https://www.xbox.com/en-US/games/store/tidewater-tales/9ZTWT5CZY8MB?rtc=1#top",
        "https://www.microsoft.com/en-us/p/tidewater-tales/9ztwt5czy8mb",
        "https://apps.microsoft.com/detail/9ztwt5czy8mb?hl=en-us",
        "ms-windows-store://pdp/?ProductId=9ztwt5czy8mb",
        "GullAndAnchor.TidewaterTales_5d9t3c7x1v4ny!App",
    ],
)
async def test_what_names_an_installed_game_starts_it(
    house: House, media_id: str
) -> None:
    """By id, name, part of the name, likeness, and address in the Store."""
    await _play(house, media_id)
    running = house.console("living_room").shell.running
    assert running is house.simulator.world.titles["tidewater"]


@pytest.mark.parametrize("media_id", ["Home", "home", "HOME"])
async def test_home(house: House, media_id: str) -> None:
    """Home goes home, and nothing else is sent."""
    await _play(house, media_id)
    assert house.heard == [("Shell", "GoHome", {})]


@pytest.mark.parametrize(
    "media_id",
    [NOT_HERE, f"https://www.xbox.com/en-US/games/store/hexagarden/{NOT_HERE}"],
)
async def test_a_product_that_is_not_installed_is_named(
    house: House, media_id: str
) -> None:
    """The error says that it must be installed."""
    with pytest.raises(ServiceValidationError) as refusal:
        await _play(house, media_id)
    assert refusal.value.translation_key == "app_not_installed"
    assert refusal.value.translation_placeholders == {
        "app": "Hexagarden",
        "console": "Living room",
    }
    assert house.heard == []


async def test_a_product_is_refused_though_the_store_is_ill(house: House) -> None:
    """Then it has no name but its id."""
    house.fail(host="displaycatalog.mp.microsoft.com", kind="status", status=503)
    with pytest.raises(ServiceValidationError) as refusal:
        await _play(house, "9ZSTRFEMBRDL")
    assert refusal.value.translation_key == "app_not_installed"
    words = refusal.value.translation_placeholders or {}
    assert words["app"] == "9ZSTRFEMBRDL"


@pytest.mark.parametrize(
    ("media_id", "first"),
    [
        ("9ZN0SUCHTH1NG", "Larkvision"),
        ("Some.Package_0a1b2c3d4e5fg!App", "Larkvision"),
        ("https://example.com/film.mp4", "Larkvision"),
        ("🦊", "Larkvision"),
        ("", "Larkvision"),
    ],
)
async def test_what_names_nothing_is_refused(
    house: House, media_id: str, first: str
) -> None:
    """The error offers a few of what there is, pins first, and nothing is sent."""
    with pytest.raises(ServiceValidationError) as refusal:
        await _play(house, media_id)
    assert refusal.value.translation_key == "unknown_app"
    offered = (refusal.value.translation_placeholders or {})["apps"].split(", ")
    assert offered[0] == first
    assert offered[-1] == "Home"
    assert len(offered) <= 9
    assert house.heard == []


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/store/tidewater-tales/9ZTWT5CZY8MB",
        "media-source://media_source/local/Tidewater Tales",
        "http://[bad/9ZTWT5CZY8MB",
    ],
)
async def test_an_address_outside_the_store_starts_nothing(
    house: House, address: str
) -> None:
    """Whatever words and ids occur in it."""
    with pytest.raises(ServiceValidationError):
        await _play(house, address)
    assert house.heard == []


async def test_an_unknown_source_is_answered_with_the_nearest(house: House) -> None:
    """A source is an exact name; likely ones are offered."""
    with pytest.raises(ServiceValidationError) as refusal:
        await house.act("media_player.select_source", PLAYER, source="Starfal")
    words = refusal.value.translation_placeholders or {}
    assert words["apps"] == "Starfall Odyssey, Home"
    assert house.heard == []
