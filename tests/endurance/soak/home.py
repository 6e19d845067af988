"""Home Assistant as it is started and stopped again and again, always from the same files."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from homeassistant.bootstrap import async_load_base_functionality
from homeassistant.config_entries import SOURCE_USER, ConfigEntry
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.loader import DATA_CUSTOM_COMPONENTS
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import async_test_home_assistant

from custom_components.xbox_console.const import DOMAIN
from tests.endurance.soak.town import ACCOUNTS, FOLLOWED, PARENT
from tests.integration.house import House
from tests.integration.sign_in_flow import SignInFlow
from tests.integration.virtual_time import VirtualTime
from tests.running_simulator import RunningSimulator

STOPPING = 600.0


@asynccontextmanager
async def home_assistant(
    folder: Path,
    simulator: RunningSimulator,
    clock_of: Callable[[HomeAssistant], VirtualTime],
    watch: Callable[[HomeAssistant], None],
) -> AsyncGenerator[House]:
    """Start Home Assistant as far as its entries; `watch` is called before anything is set up."""
    async with async_test_home_assistant(
        config_dir=str(folder),
        load_registries=False,
        initial_state=CoreState.not_running,
    ) as hass:
        hass.data.pop(DATA_CUSTOM_COMPONENTS)
        hass.config.media_dirs = {"local": str(folder / "media")}
        clock = clock_of(hass)
        house = House(hass, simulator, clock)
        clock.watch_answers(simulator.held)
        watch(hass)
        assert await clock.result(async_load_base_functionality(hass), within=5)
        hass.set_state(CoreState.starting)
        assert await clock.result(async_setup_component(hass, DOMAIN, {}), within=600)
        hass.set_state(CoreState.running)
        await clock.settle()
        try:
            yield house
        finally:
            await clock.result(hass.async_stop(force=True), within=STOPPING)
            await clock.settle()


async def move_in(house: House) -> None:
    """Sign every account in, and follow some friends: through the dialogs."""
    for account in ACCOUNTS:
        await (await SignInFlow(house).start()).enter_code(account)
        await house.clock.pass_by(30)
    people = house.simulator.world.people
    page = await _answered(
        house,
        house.hass.config_entries.subentries.async_init(
            (entry_of(house, PARENT).entry_id, "person"),
            context={"source": SOURCE_USER},
        ),
    )
    picked = [people[key].xuid for key in FOLLOWED]
    page = await _answered(
        house,
        house.hass.config_entries.subentries.async_configure(
            page["flow_id"], {"people": picked}
        ),
    )
    assert page["type"] == "create_entry", page
    await house.clock.pass_by(30)


async def _answered(house: House, question: Any) -> Any:
    return await house.clock.result(question, within=60)


def entry_of(house: House, account: str) -> ConfigEntry:
    """The entry of an account."""
    xuid = house.simulator.world.accounts[account].xuid
    entry = house.hass.config_entries.async_entry_for_domain_unique_id(DOMAIN, xuid)
    assert entry is not None
    return entry
