"""The pages that a sign-in leads through: Home Assistant's dialog and the pages of the simulator."""

import re

from playwright.async_api import Locator, Page, expect

from tests.browser.frontend import show

CODE = "Enter a code at microsoft.com/link"
ADDRESS = "Sign in and paste the address"
OWN_APP = "Use my own Microsoft app"


def dialog(page: Page) -> Locator:
    """What the sign-in shows."""
    return page.locator("dialog-data-entry-flow")


async def add_integration(page: Page, way: str = CODE) -> None:
    """Walk from the dashboard of integrations into one of our ways to sign in."""
    await show(page, "/config/integrations/dashboard")
    await page.get_by_role("button", name="Add integration").click()
    await page.get_by_placeholder("Search for a brand name").fill("xbox console")
    await page.get_by_text("Xbox Console", exact=True).click()
    await page.get_by_text(way).click()


async def open_link(page: Page) -> Page:
    """Open the link that the dialog shows, in a tab of its own, as a click would."""
    link = dialog(page).locator("ha-markdown a").first
    opened = await page.context.new_page()
    await opened.goto(await link.get_attribute("href") or "")
    return opened


async def enter_code(page: Page, account: str, decision: str = "allow") -> None:
    """Do what the dialog asks for: open the link, enter the code, pick the account, decide."""
    code = await dialog(page).locator("ha-markdown h1").inner_text()
    sign_in = await open_link(page)
    await sign_in.locator("#code").fill(code)
    await sign_in.locator("#next").click()
    await decide(sign_in, account, decision)
    await expect(sign_in.locator("#result")).to_be_visible()
    await sign_in.close()


async def decide(sign_in: Page, account: str, decision: str = "allow") -> None:
    """Pick an account at Microsoft's page, and allow or deny."""
    face = sign_in.locator(f'[data-account="{account}"]')
    if not await face.is_visible():
        await sign_in.locator("#more").click()
    await face.click()
    await sign_in.locator(f"#{decision}").click()


async def submit(page: Page) -> None:
    """Go on in the dialog."""
    await (
        dialog(page)
        .get_by_role("button", name=re.compile("submit", re.IGNORECASE))
        .click()
    )


async def finish(page: Page) -> None:
    """Close the dialog that says that the account was added."""
    await page.get_by_role("button", name=re.compile("finish", re.IGNORECASE)).click()
    await expect(dialog(page)).to_be_hidden()


async def close(page: Page) -> None:
    """Close the dialog that says that all is well again."""
    await dialog(page).get_by_role("button", name="Close").last.click()
    await expect(dialog(page)).to_be_hidden()
