"""The captures of each account on the page."""

from playwright.async_api import Page, expect

from tests.simulator.console_client import ConsoleClient
from tests.simulator.people_client import call, do


async def test_captures_are_shown(page: Page, remote: ConsoleClient) -> None:
    """By account, the latest first, with their pictures; what is deleted is gone."""
    parent = page.locator('[data-gallery="parent"]')
    await expect(parent).to_have_attribute("data-count", "40")
    await expect(parent.locator("li")).to_have_count(12)
    await page.get_by_test_id("more-captures").click()
    await expect(parent).to_have_attribute("data-count", "50")
    await do(remote, "mika", "capture")
    await expect(page.locator('[data-gallery="mika"] li')).to_have_count(1)
    await remote.control(
        "POST", f"consoles/{remote.on.id}/capture", {"kind": "gameclip"}
    )
    newest = remote.world.captures[-1]
    first = parent.locator("li").first
    await expect(first).to_have_attribute("data-capture", newest.id)
    await expect(first).to_have_attribute("data-kind", "gameclip")
    address = await first.evaluate("node => getComputedStyle(node).backgroundImage")
    kind, picture = await remote.download(address.split('"')[1].split("/", 3)[3])
    assert (kind, picture[:4]) == ("image/png", b"\x89PNG")
    path = f"/mediahub.xboxlive.com/gameclips/{newest.id}"
    assert (await call(remote, "DELETE", path, "3"))[0] == 202
    await expect(first).not_to_have_attribute("data-capture", newest.id)
