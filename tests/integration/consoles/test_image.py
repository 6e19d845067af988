"""A picture of what runs."""

from http import HTTPStatus

from homeassistant.components.image import async_get_image
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.integration.house import House

IMAGE = "image.living_room_now_playing"


@pytest.fixture(autouse=True)
def everything_loaded(loaded: MockConfigEntry) -> None:
    """Start with the account set up."""


async def test_the_picture_of_the_game_is_served(
    house: House, hass_client: ClientSessionGenerator
) -> None:
    """By the address that cards use, from memory the second time."""
    address = house.state(IMAGE).attributes["entity_picture"]
    client = await house.clock.result(hass_client(), within=5)
    house.forget_requests()
    for _ in range(2):
        response = await house.clock.result(client.get(address), within=5)
        assert response.status == HTTPStatus.OK
        assert response.content_type.startswith("image/")
        assert await house.clock.result(response.read(), within=5)
    await house.clock.result(client.close(), within=5)
    pictures = [
        request.path
        for request in house.simulator.world.requests
        if request.host.startswith("store-images")
    ]
    assert len(pictures) == 1
    assert "starfall" in pictures[0]


async def test_it_changes_when_another_game_runs(house: House) -> None:
    """And at no other time."""
    first = house.shows(IMAGE)
    before = await house.clock.result(async_get_image(house.hass, IMAGE), within=5)
    await house.clock.pass_by(60)
    assert house.shows(IMAGE) == first
    house.console("living_room").shell.show(house.simulator.world.titles["tidewater"])
    await house.clock.pass_by(15)
    assert house.shows(IMAGE) != first
    after = await house.clock.result(async_get_image(house.hass, IMAGE), within=5)
    assert after.content != before.content


async def test_nothing_runs(house: House) -> None:
    """There is no picture, and no broken one either."""
    state = house.state("image.bedroom_now_playing")
    assert state.state == "unknown"
    assert "entity_picture" not in state.attributes
    with pytest.raises(HomeAssistantError):
        await house.clock.result(
            async_get_image(house.hass, "image.bedroom_now_playing"), within=5
        )


@pytest.mark.parametrize("kind", ["html", "status", "drop", "empty"])
async def test_a_picture_that_does_not_come(
    hass: HomeAssistant, house: House, kind: str
) -> None:
    """It is asked for again the next time; the console does not suffer."""
    fault = house.fail(kind=kind, host="store-images.s-microsoft.com")
    with pytest.raises(HomeAssistantError):
        await house.clock.result(async_get_image(hass, IMAGE), within=15)
    house.simulator.world.faults.remove(fault.id)
    image = await house.clock.result(async_get_image(hass, IMAGE), within=5)
    assert image.content
    assert house.shows("media_player.living_room") == "playing"
