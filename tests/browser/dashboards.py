"""Dashboards of a few cards, for tests that look at these alone."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from playwright.async_api import Locator, Page

from scripts.homeassistant_instance import HomeAssistant
from tests.browser.frontend import show

type Card = Mapping[str, object]


async def add_dashboard(home: HomeAssistant, url_path: str, *cards: Card) -> str:
    """Make a dashboard of one view, and return its id."""
    made = await home.command(
        "lovelace/dashboards/create",
        url_path=url_path,
        title=url_path,
        mode="storage",
        show_in_sidebar=False,
    )
    await home.command(
        "lovelace/config/save", url_path=url_path, config={"views": [{"cards": cards}]}
    )
    return str(made["id"])


@asynccontextmanager
async def dashboard_of(
    home: HomeAssistant, url_path: str, *cards: Card
) -> AsyncIterator[None]:
    """Have a dashboard for as long as the context lasts."""
    dashboard_id = await add_dashboard(home, url_path, *cards)
    try:
        yield
    finally:
        await home.command("lovelace/dashboards/delete", dashboard_id=dashboard_id)


async def open_editor(page: Page, url_path: str, name: str) -> Locator:
    """Add a card of this name to a dashboard, up to where it is made; returns the dialog."""
    await show(page, f"/{url_path}?edit=1")
    await page.get_by_role("button", name="Add card").click()
    picker = page.locator("hui-dialog-create-card")
    await picker.get_by_role("tab", name="By card").click()
    await picker.get_by_role("textbox").last.fill(name)
    found = picker.locator(".card").filter(has_text=name)
    await found.locator(".overlay").click()
    return page.locator("hui-dialog-edit-card")
