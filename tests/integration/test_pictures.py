"""Pictures are asked for at the size that is shown, and no larger."""

import struct
from typing import Any

from homeassistant.components.image import async_get_image
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from tests.integration.following import Following
from tests.integration.house import House

PLAYER = "media_player.living_room"


def _height(png: bytes) -> int:
    """The height that a picture says it has, in pixels."""
    height: int = struct.unpack(">I", png[20:24])[0]
    return height


async def _fetched(house: House, client: Any, address: str) -> int:
    response = await house.clock.result(client.get(address), within=20)
    assert response.status == 200
    return _height(await house.clock.result(response.read(), within=5))


@pytest.mark.usefixtures("loaded")
async def test_the_picture_of_a_player(
    house: House, hass_client_no_auth: ClientSessionGenerator
) -> None:
    """Case E9: a card's size; what is shown alone is larger."""
    client = await house.clock.result(hass_client_no_auth(), within=5)
    address = house.state(PLAYER).attributes["entity_picture"]
    assert await _fetched(house, client, address) == 512
    image = "image.living_room_now_playing"
    shown = await house.clock.result(async_get_image(house.hass, image), within=20)
    assert _height(shown.content) == 1024


@pytest.mark.usefixtures("loaded")
async def test_pictures_of_a_list(
    house: House,
    hass_client_no_auth: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """Case E9: a list has small ones."""
    socket = await house.clock.result(hass_ws_client(), within=5)
    await socket.send_json_auto_id(
        {
            "type": "media_player/browse_media",
            "entity_id": PLAYER,
            "media_content_type": "library",
            "media_content_id": "games",
        }
    )
    answer = await house.clock.result(socket.receive_json(), within=5)
    game = next(each for each in answer["result"]["children"] if each["thumbnail"])
    client = await house.clock.result(hass_client_no_auth(), within=5)
    assert await _fetched(house, client, game["thumbnail"]) == 256


@pytest.mark.parametrize(
    ("image", "height"), [("gamerpic", 512), ("now_playing", 1024)]
)
async def test_pictures_of_a_person(
    following: Following, loaded: MockConfigEntry, image: str, height: int
) -> None:
    """Case E9: the gamerpic, and what is played."""
    house = following.house
    entity_id = f"image.quietharbor77_{image}"
    shown = await house.clock.result(async_get_image(house.hass, entity_id), within=20)
    assert _height(shown.content) == height
