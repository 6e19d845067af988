"""Lists of Game Pass are read line by line; what is no list is an error, never an empty one."""

from collections.abc import AsyncIterator

import pytest

from custom_components.xbox_console.xboxlive.errors import UnexpectedResponse
from custom_components.xbox_console.xboxlive.model import Json
from custom_components.xbox_console.xboxlive.services.gamepass import GamePassList
from tests.client.scripted import Scripted, scripted_services

TITLE: dict[str, Json] = {"siglId": "x", "title": "Leaving soon"}


@pytest.fixture
async def scripted(socket_enabled: None) -> AsyncIterator[Scripted]:
    """The client and scripted services."""
    async with scripted_services() as running:
        yield running


@pytest.mark.parametrize(
    ("said", "products"),
    [
        ([TITLE], ()),
        ([TITLE, {"id": "9A"}, {"id": "9B", "new": 1}], ("9A", "9B")),
        ([TITLE, None, {}, {"id": None}, {"id": ""}, 5, {"id": "9A"}], ("9A",)),
        ([{**TITLE, "id": "no-product"}, {"id": "9A"}], ("9A",)),
    ],
)
async def test_a_list(
    scripted: Scripted, said: Json, products: tuple[str, ...]
) -> None:
    """The first line describes it; odd lines are left out."""
    scripted.say(said)
    assert await scripted.xbox.gamepass.products(GamePassList.LEAVING) == products


@pytest.mark.parametrize(
    "said",
    [[], {"items": []}, "none", None, [{}], [TITLE, {"id": ["9A"]}, {"id": None}]],
)
async def test_no_list(scripted: Scripted, said: Json) -> None:
    """Nothing is known then: that is something else than a list of nothing."""
    scripted.say(said)
    with pytest.raises(UnexpectedResponse):
        await scripted.xbox.gamepass.products(GamePassList.ADDED)
