"""What Home Assistant serves for us is for its users alone; only what pages load is for everybody."""

from http import HTTPStatus
import re

from aiohttp.hdrs import METH_OPTIONS
from homeassistant.components.frontend import DATA_EXTRA_MODULE_URL
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from yarl import URL

_REFUSED = (HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)
_OURS = ("/api/xbox_console", "/xbox_console")
_MODULES = "/xbox_console_frontend/"


@pytest.fixture
async def pages(hass: HomeAssistant) -> None:
    """There is a frontend."""
    assert await async_setup_component(hass, "frontend", {})


async def test_nobody_else_is_served(
    pages: None,
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    """Every path that is ours asks who is there, but for the modules."""
    client = await hass_client_no_auth()
    assert hass.http is not None
    served = [
        (route.method, resource.canonical)
        for resource in hass.http.app.router.resources()
        if resource.canonical.startswith(_OURS)
        for route in resource
        # A browser that asks what it may ask is answered before anybody is known.
        if route.method != METH_OPTIONS
    ]
    guarded = [one for one in served if not one[1].startswith(_MODULES)]
    assert len({path for _, path in served if path.startswith(_MODULES)}) == 1
    assert guarded
    for method, path in guarded:
        answer = await client.request(method, re.sub(r"{\w+}", "x", path))
        assert answer.status == HTTPStatus.UNAUTHORIZED, (method, path)


@pytest.mark.parametrize(
    "climb",
    [
        "../__init__.py",
        "%2e%2e/__init__.py",
        "..%2f__init__.py",
        "..%5c__init__.py",
        "%2fetc/passwd",
        "modules/..%2f..%2fmanifest.json",
        "",
    ],
)
async def test_only_the_modules_are_there(
    pages: None,
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    hass_client_no_auth: ClientSessionGenerator,
    climb: str,
) -> None:
    """No way leads out of their folder, and it is not listed."""
    (loader,) = [url for url in hass.data[DATA_EXTRA_MODULE_URL].urls if "xbox" in url]
    client = await hass_client_no_auth()
    beside = loader.removesuffix("loader.js")
    address = client.make_url("/").join(URL(beside))
    answer = await client.session.get(URL(f"{address}{climb}", encoded=True))
    assert answer.status in _REFUSED
