"""A picture comes from a service that may have been taken over: it must not become more than a picture."""

from aiohttp import web
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from simulator.routes import art
from tests.integration.house import House

_ADDRESSES = (
    "/api/media_player_proxy/media_player.living_room",
    "/api/image_proxy/image.living_room_now_playing",
)
_PNG = b"\x89PNG\r\n\x1a\n"


async def _statuses(house: House, hass_client: ClientSessionGenerator) -> set[int]:
    """What a user is answered who asks for the pictures of the living room."""
    client = await house.clock.result(hass_client(), within=5)
    answers = [
        await house.clock.result(client.get(address), within=20)
        for address in _ADDRESSES
    ]
    return {answer.status for answer in answers}


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("kind", "body", "shown"),
    [
        ("image/png", _PNG, True),
        ("image/svg+xml", b"<svg><script>alert(1)</script></svg>", False),
        ("text/html", b"<script>alert(1)</script>", False),
        ("image/png", _PNG + bytes(17 * 2**20), False),
    ],
    ids=["honest", "script", "page", "endless"],
)
async def test_what_is_shown(
    house: House,
    hass_client: ClientSessionGenerator,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    body: bytes,
    shown: bool,
) -> None:
    """No script runs as a page of Home Assistant, and no memory is filled."""

    async def draw(*words: object) -> web.Response:
        return web.Response(body=body, content_type=kind)

    monkeypatch.setattr(art, "_picture", draw)
    statuses = await _statuses(house, hass_client)
    assert statuses == {200} if shown else 200 not in statuses


@pytest.mark.usefixtures("loaded")
async def test_a_picture_is_not_fetched_elsewhere(
    house: House, hass_client: ClientSessionGenerator
) -> None:
    """Else a service could look around in the house's own network."""
    elsewhere = "/_simulator/art/nebula.tile"
    house.fail(
        kind="redirect",
        host="store-images.s-microsoft.com",
        location=f"{house.simulator.url}{elsewhere}",
    )
    house.forget_requests()
    assert 200 not in await _statuses(house, hass_client)
    asked = [one.path for one in house.simulator.world.requests]
    assert asked
    assert not [path for path in asked if path.startswith("/_simulator")]
