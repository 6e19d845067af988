"""Every way to sign in, as a user goes it: the real dialog, the real pages, real mistakes."""

from collections.abc import AsyncIterator

from playwright.async_api import Page, expect
import pytest

from scripts.homeassistant_instance import HomeAssistant
from scripts.sign_in import remove_entries, sign_in
from tests.browser.conftest import TakePicture
from tests.browser.frontend import show
from tests.browser.sign_in_pages import (
    ADDRESS,
    CODE,
    OWN_APP,
    add_integration,
    close,
    decide,
    dialog,
    enter_code,
    finish,
    open_link,
    submit,
)
from tests.running_simulator import RunningSimulator

_ENTRY = "/config/integrations/integration/xbox_console"
_WEB_APP = "5d1c7a30-6b2e-4f0a-9c84-7e1f20a9b002"
_WEB_APP_WITHOUT_SECRET = "5d1c7a30-6b2e-4f0a-9c84-7e1f20a9b003"
_SECRET = "invented~web-app-secret"


@pytest.fixture(autouse=True)
async def clean(home_assistant: HomeAssistant) -> AsyncIterator[None]:
    """Leave no account and no app behind for the tests that follow."""
    yield
    await remove_entries(home_assistant)
    async with home_assistant.connection() as connection:
        for app in await connection.command("application_credentials/list"):
            await connection.command(
                "application_credentials/delete",
                application_credentials_id=app["id"],
            )


async def test_by_code_on_the_third_try(
    page: Page, simulator: RunningSimulator, take_picture: TakePicture
) -> None:
    """Declined, then forgotten until it expires, then entered: each time the dialog says so."""
    await add_integration(page, CODE)
    await enter_code(page, "parent", "deny")
    await expect(dialog(page)).to_contain_text("declined on Microsoft's page")
    await take_picture("sign-in-declined")
    await submit(page)
    code = dialog(page).locator("ha-markdown h1")
    await expect(code).to_be_visible()
    simulator.world.tokens.expire("device_code")
    await expect(dialog(page)).to_contain_text("not entered in time")
    await submit(page)
    await expect(code).to_be_visible()
    await enter_code(page, "parent")
    await finish(page)
    await show(page, _ENTRY)
    await expect(page.get_by_text("QuietHarbor77").first).to_be_visible()


async def test_a_refused_account_is_told_the_cure(
    page: Page, take_picture: TakePicture
) -> None:
    """A child without a family: the dialog says what a parent can do, and where."""
    await add_integration(page, CODE)
    await enter_code(page, "child")
    await expect(dialog(page)).to_contain_text("belongs to no family")
    cure = dialog(page).locator("ha-markdown a")
    await expect(cure).to_have_attribute(
        "href", "https://start.ui.xboxlive.com/AddChildToFamily"
    )
    await take_picture("sign-in-refused")


async def test_by_address_after_a_wrong_one(
    page: Page, take_picture: TakePicture
) -> None:
    """The start page, the sign-in page itself, and at last the address of the empty page."""
    await add_integration(page, ADDRESS)
    address = dialog(page).locator("input")
    browser = await open_link(page)
    for wrong, explanation in (
        ("xbox", "This is no address."),
        ("https://www.xbox.com/", "address of another page"),
        ("https://login.live.com/oauth20_desktop.srf", "holds no code"),
    ):
        await address.fill(wrong)
        await submit(page)
        await expect(dialog(page)).to_contain_text(explanation)
    await take_picture("sign-in-wrong-address")
    await decide(browser, "parent")
    await expect(browser.locator("#result")).to_be_visible()
    await address.fill(f"  {browser.url} ")
    await submit(page)
    await finish(page)
    await show(page, _ENTRY)
    await expect(page.get_by_text("QuietHarbor77").first).to_be_visible()


async def _give_credentials(page: Page, client_id: str) -> None:
    editor = page.locator("dialog-add-application-credential")
    for name, value in {
        "Name": "My app",
        "OAuth client ID": client_id,
        "OAuth client secret": _SECRET,
    }.items():
        await editor.get_by_role("textbox", name=name).fill(value)
    await editor.get_by_role("button", name="Add").click()
    # Home Assistant starts the sign-in anew.
    await dialog(page).get_by_text(OWN_APP).click()


async def test_by_own_app(page: Page, take_picture: TakePicture) -> None:
    """The credentials are asked for once; Microsoft's page opens by itself and closes when done."""
    await add_integration(page, OWN_APP)
    await expect(page.get_by_text("/auth/external/callback")).to_be_visible()
    await take_picture("sign-in-own-app")
    async with page.expect_popup() as popup:
        await _give_credentials(page, _WEB_APP)
    browser = await popup.value
    await decide(browser, "parent")
    await finish(page)
    await show(page, _ENTRY)
    await expect(page.get_by_text("QuietHarbor77").first).to_be_visible()


async def test_by_own_app_that_lacks_a_secret(
    page: Page, take_picture: TakePicture
) -> None:
    """Microsoft sends the browser straight back: the dialog says what to mend in the app."""
    await add_integration(page, OWN_APP)
    await _give_credentials(page, _WEB_APP_WITHOUT_SECRET)
    await expect(dialog(page)).to_contain_text("it needs a client secret")
    await take_picture("sign-in-own-app-refused")


async def test_again_and_in_another_way(
    page: Page,
    home_assistant: HomeAssistant,
    simulator: RunningSimulator,
    take_picture: TakePicture,
) -> None:
    """The password was changed: Home Assistant asks; later the user takes another way."""
    await sign_in(home_assistant, simulator.url)
    book = simulator.world.tokens
    book.revoke_refresh()
    for kind in ("access", "user", "device", "title", "xsts"):
        book.revoke(kind)
    await show(page, _ENTRY)
    repair = page.get_by_role("button", name="Reconfigure")
    await expect(repair).to_be_visible()
    await repair.click()
    await expect(dialog(page)).to_contain_text("QuietHarbor77 is no longer valid")
    await take_picture("reauth")
    await dialog(page).get_by_text(CODE).click()
    await enter_code(page, "parent")
    await expect(dialog(page)).to_contain_text("successful")
    await close(page)
    await expect(repair).to_be_hidden()

    row = page.locator("ha-config-entry-row")
    await row.get_by_role("button", name="Menu").first.click()
    await page.get_by_role("menuitem", name="Reconfigure").click()
    await expect(dialog(page)).to_contain_text("stay as they are")
    await take_picture("reconfigure")
    await dialog(page).get_by_text(ADDRESS).click()
    browser = await open_link(page)
    await decide(browser, "parent")
    await dialog(page).locator("input").fill(browser.url)
    await submit(page)
    await expect(dialog(page)).to_contain_text("successful")
    await close(page)
    await expect(page.get_by_text("Living room", exact=True)).to_be_visible()
