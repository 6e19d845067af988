"""What the page shows of each console."""

from playwright.async_api import Locator, Page


def card(page: Page, console_id: str) -> Locator:
    """Return a console's card."""
    return page.locator(f'[data-console="{console_id}"]')
