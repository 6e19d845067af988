"""What a parent sees: time granted from the dashboard, what a child played, what Game Pass loses."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
import re
from typing import Any

from playwright.async_api import Locator, Page, expect
import pytest

from scripts.homeassistant_instance import HomeAssistant
from tests.browser.conftest import TakePicture
from tests.browser.dashboards import Card, dashboard_of
from tests.browser.frontend import show
from tests.running_simulator import RunningSimulator

_ENTRIES = "/api/config/config_entries"
_NAME = "lanternfox2048"
_MIKA = "LanternFox2048"
_GAME = "Tidewater Tales"
_LOOKS_MS = 100_000
"""Until two looks have seen a game."""
_SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
_ENTITIES = {
    "Played today": "sensor",
    "Remaining today": "sensor",
    "Over budget": "binary_sensor",
    "15 more minutes": "button",
    "Limit play": "switch",
    "Daily budget": "number",
    "Weekend budget": "number",
}
_BEDTIMES = {"Bed at": "bedtime_start", "Up at": "bedtime_end"}
"""Names that a phone has room for."""
_BUDGET: Card = {
    "type": "entities",
    "title": _MIKA,
    "entities": [
        {
            "entity": f"{domain}.{_NAME}_{name.casefold().replace(' ', '_')}",
            "name": name,
        }
        for name, domain in _ENTITIES.items()
    ]
    + [
        {"entity": f"time.{_NAME}_{key}", "name": name}
        for name, key in _BEDTIMES.items()
    ],
}
_CALENDARS: Card = {
    "type": "calendar",
    "initial_view": "listWeek",
    "entities": [f"calendar.{_NAME}_diary", "calendar.quietharbor77_game_pass"],
}


async def _flow(home: HomeAssistant, kind: str, *steps: dict[str, Any]) -> None:
    """Go through a dialog from its beginning to its end."""
    begin, *further = steps
    step = await home.request("POST", f"{_ENTRIES}/{kind}", begin)
    for entered in further:
        path = f"{_ENTRIES}/{kind}/{step['flow_id']}"
        step = await home.request("POST", path, entered)
    assert step["type"] in ("create_entry", "abort"), step


async def _loaded(home: HomeAssistant) -> str:
    """The id of the one entry, as soon as it is loaded: choices reload it."""
    path = f"{_ENTRIES}/entry?domain=xbox_console"
    async with asyncio.timeout(20):
        while (entries := await home.request("GET", path))[0]["state"] != "loaded":
            continue
    return str(entries[0]["entry_id"])


@pytest.fixture
async def family(
    home_assistant: HomeAssistant, simulator: RunningSimulator, signed_in: None
) -> None:
    """A friend with a budget, and Game Pass with something to tell."""
    home = home_assistant
    simulator.world.knobs.update({"game_pass_leaving": "nebula"})
    entry_id = await _loaded(home)
    subentries = "subentries/flow"
    person = [entry_id, "person"]
    await _flow(home, subentries, {"handler": person}, {"people": [_MIKA]})
    (mika,) = await home.command("config_entries/subentries/list", entry_id=entry_id)
    await _flow(
        home,
        subentries,
        {"handler": person, "subentry_id": mika["subentry_id"]},
        {"budget": True, "weekend_days": ["sat", "sun"]},
    )
    await _loaded(home)
    await _flow(
        home,
        "options/flow",
        {"handler": entry_id},
        {"next_step_id": "game_pass"},
        {"game_pass": True},
    )
    await _loaded(home)


@asynccontextmanager
async def _card(page: Page, home: HomeAssistant, card: Card) -> AsyncIterator[None]:
    path = f"play-time-{card['type']}"
    async with dashboard_of(home, path, card):
        await show(page, f"/{path}")
        yield


def _row(page: Page, name: str) -> Locator:
    """A line of the card of entities."""
    return page.locator("hui-generic-entity-row").filter(has_text=name)


@pytest.mark.usefixtures("family")
async def test_time_is_granted_from_the_dashboard(
    page: Page, home_assistant: HomeAssistant, take_picture: TakePicture
) -> None:
    """The button is pressed, and a quarter of an hour more is left."""
    async with _card(page, home_assistant, _BUDGET):
        left = _row(page, "Remaining today")
        await expect(left).to_contain_text(re.compile(r"\d+m"))
        state = await home_assistant.request(
            "GET", f"/api/states/sensor.{_NAME}_remaining_today"
        )
        before = int(state["state"])
        await _row(page, "15 more minutes").get_by_role("button").click()
        # A minute of it may be played meanwhile.
        more = re.compile(f"{before + 14}m|{before + 15}m")
        await expect(left).to_contain_text(more)
        for size, (width, height) in _SIZES.items():
            await page.set_viewport_size({"width": width, "height": height})
            await take_picture(f"family-budget-{size}", documentation=True)


@pytest.mark.usefixtures("family")
async def test_the_calendars(
    page: Page,
    home_assistant: HomeAssistant,
    simulator: RunningSimulator,
    take_picture: TakePicture,
) -> None:
    """A session that two looks have seen, and what Game Pass gets and loses, on their days."""
    async with _card(page, home_assistant, _BUDGET):
        played = _row(page, "Played today")
        await expect(played).to_contain_text(re.compile(r"\b0m"))
        # Minutes of play are the network's; so nobody has to wait for them. Two looks may be late: no more than five
        # minutes between them count.
        simulator.world.clock.offset += 200
        await expect(played).to_contain_text(re.compile(r"\b[4-9]m"), timeout=_LOOKS_MS)
    async with _card(page, home_assistant, _CALENDARS):
        events = page.locator("ha-full-calendar")
        for text in (_GAME, "Leaving: Nebula Drift GT", f"Added: {_GAME}"):
            await expect(events.get_by_text(text).first).to_be_visible()
        for size, (width, height) in _SIZES.items():
            await page.set_viewport_size({"width": width, "height": height})
            await take_picture(f"family-calendars-{size}", documentation=True)
