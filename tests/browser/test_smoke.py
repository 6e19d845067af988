"""The dashboard that developers and the pictures of the README start from."""

import re

from playwright.async_api import Page, expect
import pytest

from scripts import dashboard
from tests.browser.conftest import TakePicture
from tests.running_simulator import RunningSimulator


@pytest.mark.usefixtures("signed_in")
async def test_the_sidebar_leads_to_the_xbox_dashboard(page: Page) -> None:
    """The sidebar has an entry "Xbox", which leads to all consoles."""
    await page.goto("/")
    await page.get_by_role("link", name="Xbox").click()
    await expect(page).to_have_url(re.compile(r"/xbox-console/consoles$"))


@pytest.mark.usefixtures("signed_in")
async def test_the_dashboard_shows_every_console(
    page: Page, simulator: RunningSimulator, take_picture: TakePicture
) -> None:
    """After sign-in every console of the account has a card under its own name."""
    consoles = simulator.world.consoles.values()
    await page.goto(f"/{dashboard.URL_PATH}")
    cards = page.locator("xbox-console-remote")
    await expect(cards).to_have_count(len(consoles))
    for console in consoles:
        await expect(cards.get_by_role("heading", name=console.name)).to_be_visible()
    await expect(cards.get_by_text("Starfall Odyssey")).to_be_visible()
    await take_picture("dashboard", documentation=True)
