"""People as a user meets them: friends picked from a list, and an automation made by hand."""

import asyncio
from collections.abc import AsyncIterator
import re
from typing import Any

from playwright.async_api import Page, expect
import pytest

from scripts.homeassistant_instance import HomeAssistant
from simulator.people.person import Person
from simulator.screen.people_panel import ACTIONS
from tests.browser.conftest import TakePicture
from tests.browser.frontend import show
from tests.browser.sign_in_pages import dialog, finish, submit
from tests.running_simulator import RunningSimulator

MIKA = "LanternFox2048"
TOVE = "Paper Kite 31"
_ONE_LOOK = 60.0
"""Seconds within which somebody who comes online is seen while a friend plays."""

pytestmark = pytest.mark.usefixtures("signed_in")


async def _follow(page: Page, *gamertags: str) -> None:
    """Search for friends in the list, pick them, and let them be followed."""
    await show(page, "/config/integrations/integration/xbox_console")
    await page.get_by_role("button", name="Follow people").click()
    add = dialog(page).get_by_role("button", name="Add", exact=True)
    picked = dialog(page).locator("ha-input-chip")
    for gamertag in gamertags:
        await add.click()
        await page.get_by_placeholder("Search | Add custom item").fill(gamertag)
        await page.get_by_role("option").filter(has_text=gamertag).first.click()
        await expect(picked.filter(has_text=gamertag)).to_be_visible()
    await expect(picked).to_have_count(len(gamertags))
    await submit(page)
    await expect(dialog(page)).to_contain_text("Success")
    await finish(page)


async def test_friends_are_picked_from_the_list(
    page: Page, take_picture: TakePicture
) -> None:
    """Two at once: each is a device that shows what they do."""
    await _follow(page, MIKA, TOVE)
    devices = page.locator("ha-config-entry-device-row")
    for gamertag in (MIKA, TOVE):
        await expect(devices.filter(has_text=gamertag)).to_be_visible()
    await expect(devices.filter(has_text="FreshSprout9")).to_have_count(0)
    await devices.filter(has_text=MIKA).click()
    await expect(page.get_by_text("Tidewater Tales", exact=True).first).to_be_visible()
    await take_picture("people", documentation=True)


@pytest.fixture
async def tove(simulator: RunningSimulator) -> AsyncIterator[Person]:
    """A friend, who is offline before and after."""
    person = simulator.world.people["tove"]
    yield person
    ACTIONS["offline"](simulator.world, person, {})


async def _make_automation(page: Page, name: str) -> str:
    """Choose the trigger and whom it is about, save, and return the automation's id."""
    await show(page, "/config/automation/edit/new")
    await page.get_by_role("button", name="Add trigger").click()
    await page.locator("add-automation-element-dialog input").first.fill("came online")
    await page.get_by_text("Person came online").first.click()
    await page.get_by_role("button", name="Add target").click()
    await page.get_by_placeholder("Search", exact=True).last.fill(TOVE)
    online = page.get_by_role("option").filter(has_text=TOVE).filter(has_text="Online")
    await online.click()
    await page.get_by_role("button", name="Save").click()
    saving = page.locator("ha-dialog-automation-save")
    await saving.locator("input").first.fill(name)
    await saving.get_by_role("button", name="Save", exact=True).click()
    await expect(page).to_have_url(re.compile(r"/automation/edit/\d+$"))
    return page.url.rpartition("/")[2]


async def _automation(home_assistant: HomeAssistant, name: str) -> dict[str, Any]:
    """The state of the automation of this name."""
    states = await home_assistant.request("GET", "/api/states")
    (state,) = (
        state for state in states if state["attributes"].get("friendly_name") == name
    )
    return dict(state)


async def test_an_automation_made_in_the_editor(
    page: Page,
    home_assistant: HomeAssistant,
    simulator: RunningSimulator,
    tove: Person,
    take_picture: TakePicture,
) -> None:
    """Our trigger is found by its words, has its target, and fires when the friend comes."""
    await _follow(page, MIKA, TOVE)
    name = "Tove is there"
    config = f"/api/config/automation/config/{await _make_automation(page, name)}"
    try:
        await take_picture("automation-editor", documentation=True)
        saved = await home_assistant.request("GET", config)
        (trigger,) = saved["triggers"]
        assert trigger["trigger"] == "xbox_console.person_came_online"
        assert trigger["target"] == {"entity_id": "binary_sensor.paper_kite_31_online"}
        before = await _automation(home_assistant, name)
        assert before["state"] == "on"
        assert before["attributes"]["last_triggered"] is None
        async with home_assistant.connection() as connection:
            await connection.subscribe("automation_triggered")
            ACTIONS["online"](simulator.world, tove, {})
            async with asyncio.timeout(_ONE_LOOK):
                await connection.next_events()
        after = await _automation(home_assistant, name)
        assert after["attributes"]["last_triggered"] is not None
    finally:
        await home_assistant.request("DELETE", config)
