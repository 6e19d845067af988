"""Each button sends its command."""

import asyncio

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.account import polling
from simulator.consoles.knobs import ConsoleKnobs
from tests.integration.house import House


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("button", "heard"),
    [
        ("home", ("Shell", "GoHome", {})),
        ("back", ("Shell", "GoBack", {})),
        ("guide", ("Shell", "ShowGuideTab", {"tabName": "Guide"})),
        ("mute", ("Audio", "Mute", {})),
        ("unmute", ("Audio", "Unmute", {})),
    ],
)
async def test_press(house: House, button: str, heard: tuple[object, ...]) -> None:
    """At once, without waiting."""
    await house.act("button.press", f"button.living_room_{button}", within=1)
    assert house.heard == [heard]


async def test_restart(house: House, loaded: MockConfigEntry) -> None:
    """The console restarts and comes back at home."""
    await house.act("button.press", "button.living_room_restart", within=25)
    assert house.heard == [("Power", "Reboot", {})]
    await house.clock.pass_by(25)
    assert house.console("living_room").shell.running is None
    assert house.shows("media_player.living_room") == "on"


@pytest.mark.usefixtures("loaded")
async def test_refresh_app_list(house: House) -> None:
    """What was installed a moment ago is there at once."""
    title = house.simulator.world.titles["lanterns"]
    await house.clock.pass_by(15)
    house.console("living_room").install(title)
    await house.clock.pass_by(15)
    player = "media_player.living_room"
    assert title.name not in house.state(player).attributes["source_list"]
    await house.act("button.press", "button.living_room_refresh_app_list", within=1)
    assert title.name in house.state(player).attributes["source_list"]


@pytest.mark.usefixtures("loaded")
async def test_an_app_list_that_cannot_be_had(house: House) -> None:
    """The user is told, and what was known stays."""
    house.fail(kind="status", path="/lists/installedApps", status=503)
    with pytest.raises(HomeAssistantError) as error:
        await house.act("button.press", "button.living_room_refresh_app_list")
    assert error.value.translation_key == "service_unavailable"
    assert house.shows("sensor.living_room_installed_games") != "unavailable"


async def test_tv_guide_where_there_is_tv(
    house: House, loaded: MockConfigEntry, entity_registry: er.EntityRegistry
) -> None:
    """It is for who enables it, and comes as soon as TV is set up."""

    def with_tv_guide() -> set[str]:
        return {
            entity.entity_id
            for entity in er.async_entries_for_config_entry(
                entity_registry, loaded.entry_id
            )
            if entity.translation_key == "tv_guide"
        }

    assert with_tv_guide() == {"button.bedroom_tv_guide"}
    house.console("living_room").tv_configured = True
    await house.clock.pass_by(polling.ON + 1)
    assert with_tv_guide() == {"button.bedroom_tv_guide", "button.living_room_tv_guide"}
    entity = entity_registry.async_get("button.living_room_tv_guide")
    assert entity is not None
    assert entity.disabled_by is er.RegistryEntryDisabler.INTEGRATION


async def test_tv_guide_opens(
    hass: HomeAssistant,
    house: House,
    loaded: MockConfigEntry,
    entity_registry: er.EntityRegistry,
) -> None:
    """Once enabled, it sends its command."""
    house.console("living_room").tv_configured = True
    await house.clock.pass_by(polling.ON + 1)
    entity_registry.async_update_entity("button.living_room_tv_guide", disabled_by=None)
    await house.unload(loaded)
    assert await house.set_up(loaded)
    await house.act("button.press", "button.living_room_tv_guide", within=1)
    assert house.heard == [("TV", "ShowGuide", {})]


@pytest.mark.usefixtures("loaded")
async def test_a_button_does_not_wait_for_another_console(house: House) -> None:
    """Case D5: Home of one console goes out at once while the restart of another is awaited."""
    bedroom = house.console("bedroom")
    bedroom.wake(seconds=0)
    await house.clock.pass_by(150)
    house.console("living_room").behave(ConsoleKnobs.answering(15.0))
    restart = house.begin("button.press", "button.living_room_restart")
    await house.clock.pass_by(2)
    home = house.begin("button.press", "button.bedroom_home")
    await house.clock.pass_by(1)
    done = (home.done(), restart.done())
    await house.clock.result(asyncio.gather(home, restart), within=60)
    assert done == (True, False)
    assert [name for _, name, _ in house.heard] == ["Reboot", "GoHome"]
