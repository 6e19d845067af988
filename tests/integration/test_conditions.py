"""Conditions of our own, in real automations: they pass when it is so, and only then."""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.condition import async_get_all_descriptions
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events

from custom_components.xbox_console.condition import CONDITIONS
from tests.integration.following import Following
from tests.integration.house import House

LIVING_ROOM, BEDROOM = "media_player.living_room", "media_player.bedroom"
MIKA = "lanternfox2048"
ONLINE, IN_GAME = f"binary_sensor.{MIKA}_online", f"binary_sensor.{MIKA}_in_game"
LOOK = 190.0
"""Longer than the longest time between two looks at people."""


class Doorbell:
    """Asks an automation whether it would run now."""

    def __init__(self, house: House) -> None:
        """Ring in this house."""
        self._house = house
        self._ran = async_capture_events(house.hass, "automation_ran")

    async def install(
        self, condition: str, options: dict[str, Any] | None = None, **target: Any
    ) -> None:
        """Set up an automation with one condition of ours."""
        automation = {
            "alias": "Ours",
            "triggers": [{"trigger": "event", "event_type": "doorbell"}],
            "conditions": [
                {
                    "condition": f"xbox_console.{condition}",
                    "target": target,
                    "options": options or {},
                }
            ],
            "actions": [{"event": "automation_ran"}],
        }
        assert await async_setup_component(
            self._house.hass, "automation", {"automation": automation}
        )
        await self._house.clock.settle()
        assert self._house.shows("automation.ours") == "on"

    async def passes(self) -> bool:
        """Ring."""
        before = len(self._ran)
        self._house.hass.bus.async_fire("doorbell")
        await self._house.clock.settle()
        return len(self._ran) > before


@pytest.fixture
def doorbell(house: House) -> Doorbell:
    """What asks."""
    return Doorbell(house)


@pytest.mark.usefixtures("loaded")
async def test_a_console_is_running_something(house: House, doorbell: Doorbell) -> None:
    """A game or app; the home screen is none."""
    await doorbell.install("console_is_running", entity_id=LIVING_ROOM)
    assert await doorbell.passes()
    await house.act("xbox_console.launch", LIVING_ROOM, app="Home")
    await house.clock.pass_by(30)
    assert not await doorbell.passes()


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("which", "passes"),
    [
        ("starfall odyssey", True),
        (["Tidewater Tales", "Starfall Odyssey"], True),
        ("Tidewater Tales", False),
    ],
)
async def test_a_console_is_running_what_is_named(
    doorbell: Doorbell, which: str | list[str], passes: bool
) -> None:
    """One of several will do."""
    await doorbell.install("console_is_running", {"app": which}, entity_id=LIVING_ROOM)
    assert await doorbell.passes() is passes


@pytest.mark.usefixtures("loaded")
async def test_all_consoles_are_running_something(
    house: House, doorbell: Doorbell
) -> None:
    """Not as long as one sleeps; devices name them as well as entities."""
    registry = er.async_get(house.hass)
    entities = [registry.async_get(entity) for entity in (LIVING_ROOM, BEDROOM)]
    await doorbell.install(
        "console_is_running",
        {"behavior": "all"},
        device_id=[entity.device_id for entity in entities if entity],
    )
    assert not await doorbell.passes()
    await house.act(
        "xbox_console.launch", BEDROOM, app="Tidewater Tales", wait=True, timeout=30
    )
    assert await doorbell.passes()


async def test_a_person_is_online(following: Following, doorbell: Doorbell) -> None:
    """Away from the controller or not; by the device as well."""
    await following.follow("mika")
    entity = er.async_get(following.hass).async_get(ONLINE)
    assert entity is not None
    await doorbell.install("person_is_online", device_id=entity.device_id)
    assert await doorbell.passes()
    following.do("mika", "offline")
    await following.house.clock.pass_by(LOOK)
    assert not await doorbell.passes()


async def test_a_person_is_playing(following: Following, doorbell: Doorbell) -> None:
    """Online alone is not enough."""
    await following.follow("mika")
    await doorbell.install("person_is_playing", entity_id=IN_GAME)
    assert await doorbell.passes()
    following.do("mika", "stop")
    await following.house.clock.pass_by(LOOK)
    assert following.house.shows(ONLINE) == "on"
    assert not await doorbell.passes()


async def test_a_person_is_playing_what_is_named_for_long(
    following: Following, doorbell: Doorbell
) -> None:
    """The time counts from when they began that game."""
    await following.follow("mika")
    await doorbell.install(
        "person_is_playing",
        {"game": "Tidewater Tales", "for": {"minutes": 15}},
        entity_id=IN_GAME,
    )
    await following.house.clock.pass_by(600)
    assert not await doorbell.passes()
    await following.house.clock.pass_by(600)
    assert await doorbell.passes()
    following.do("mika", "play", title="nebula")
    await following.house.clock.pass_by(LOOK)
    assert not await doorbell.passes()
    following.do("mika", "play", title="tidewater")
    await following.house.clock.pass_by(LOOK)
    assert not await doorbell.passes()


@pytest.mark.usefixtures("loaded")
async def test_conditions_live_through_a_reload(
    hass: HomeAssistant, house: House, doorbell: Doorbell
) -> None:
    """While the entry is away nothing is so; then it is again."""
    await doorbell.install("console_is_running", entity_id=LIVING_ROOM)
    (entry,) = hass.config_entries.async_entries("xbox_console")
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert not await doorbell.passes()
    assert await hass.config_entries.async_setup(entry.entry_id)
    await house.clock.settle()
    assert await doorbell.passes()


@pytest.mark.usefixtures("loaded")
async def test_all_conditions_are_described(hass: HomeAssistant) -> None:
    """So that the editor offers them."""
    descriptions = await async_get_all_descriptions(hass)
    ours = {name for name in descriptions if name.startswith("xbox_console.")}
    assert ours == {f"xbox_console.{name}" for name in CONDITIONS}
