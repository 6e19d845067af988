"""Pages load what draws consoles and people, for as long as an account is there."""

from http import HTTPStatus
from pathlib import Path
import re

from homeassistant.components.frontend import DATA_EXTRA_MODULE_URL
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.checks.files import INTEGRATION
from tests.integration.house import House

MODULES = INTEGRATION / "frontend" / "modules"
_LOADER = re.compile(r"/xbox_console_frontend/[0-9a-f]{16}/loader\.js")


@pytest.fixture
async def pages(hass: HomeAssistant) -> None:
    """There is a frontend."""
    assert await async_setup_component(hass, "frontend", {})


def _loaders(hass: HomeAssistant) -> list[str]:
    """What pages load that is ours."""
    return [url for url in hass.data[DATA_EXTRA_MODULE_URL].urls if "xbox" in url]


async def test_pages_load_one_small_module(
    pages: None,
    house: House,
    loaded: MockConfigEntry,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    """It may be kept for as long as it is the same, and finds the others beside it."""
    (loader,) = _loaders(house.hass)
    assert _LOADER.fullmatch(loader)
    client = await hass_client_no_auth()
    for module in MODULES.iterdir():
        answer = await client.get(f"{loader.removesuffix('loader.js')}{module.name}")
        assert answer.status == HTTPStatus.OK
        assert "javascript" in answer.headers["Content-Type"]
        assert "max-age" in answer.headers["Cache-Control"]
        assert await answer.read() == module.read_bytes()


async def test_they_load_nothing_without_an_account(
    pages: None, house: House, loaded: MockConfigEntry
) -> None:
    """Disabled or removed, the last account takes it along; a reload changes nothing."""
    (loader,) = _loaders(house.hass)
    entries = house.hass.config_entries
    await entries.async_reload(loaded.entry_id)
    assert _loaders(house.hass) == [loader]
    await entries.async_set_disabled_by(loaded.entry_id, ConfigEntryDisabler.USER)
    assert _loaders(house.hass) == []
    await entries.async_set_disabled_by(loaded.entry_id, None)
    assert _loaders(house.hass) == [loader]
    await entries.async_remove(loaded.entry_id)
    assert _loaders(house.hass) == []


async def test_dashboards_are_drawn_while_the_network_is_down(
    pages: None, house: House, entry: MockConfigEntry
) -> None:
    """A set-up that has to be tried again has its place on the pages."""
    house.fail(kind="outage")
    assert not await house.set_up(entry)
    assert len(_loaders(house.hass)) == 1


async def test_consoles_need_no_pages(house: House, loaded: MockConfigEntry) -> None:
    """Without a frontend nothing is served, and everything else is there."""
    assert "frontend" not in house.hass.config.components
    assert house.shows("media_player.living_room") == "playing"


def test_the_modules_are_small() -> None:
    """Every page pays for the loader, and whoever looks at a card for the rest."""
    sizes = {module.name: module.stat().st_size for module in MODULES.iterdir()}
    assert sizes["loader.js"] <= 5_000
    assert sum(sizes.values()) <= 60_000


def _imported(module: Path) -> set[str]:
    return set(re.findall(r"""(?:from|import) "([^"]+)";""", module.read_text()))


def test_the_modules_need_nothing_from_elsewhere() -> None:
    """What they import lies beside them, and none of them names another address."""
    for module in MODULES.iterdir():
        assert not re.search(r"https?:|//\w+\.\w", module.read_text()), module.name
        assert {name.removeprefix("./") for name in _imported(module)} <= {
            beside.name for beside in MODULES.iterdir()
        }, module.name
