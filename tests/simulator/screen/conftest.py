"""The page, opened in a real browser."""

from collections.abc import AsyncIterator, Iterator
import shutil
from subprocess import PIPE, Popen
from threading import Thread

from playwright.async_api import Page, async_playwright, expect
import pytest

from tests.simulator.console_client import ConsoleClient

_LISTENS = "DevTools listening on "


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a browser listens: one for all tests, as its start takes longer than any of them."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no Chromium on this machine (package chromium)")
    profile = tmp_path_factory.mktemp("chromium")
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run")
    with Popen(
        [program, *flags, "--remote-debugging-port=0", f"--user-data-dir={profile}"],
        stderr=PIPE,
        text=True,
    ) as browser:
        assert browser.stderr is not None
        listens = next(line for line in browser.stderr if line.startswith(_LISTENS))
        # What is not read would stop it some day.
        Thread(target=browser.stderr.read, daemon=True).start()
        yield listens.removeprefix(_LISTENS).strip()
        browser.terminate()


@pytest.fixture
async def page(remote: ConsoleClient, chromium: str) -> AsyncIterator[Page]:
    """Open the page; an error in its script fails the test."""
    errors: list[str] = []
    expect.set_options(timeout=20_000)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.connect_over_cdp(chromium)
        context = await browser.new_context(viewport={"width": 1500, "height": 1000})
        page = await context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        await page.goto(str(remote.http._base_url))  # noqa: SLF001 - aiohttp does not tell it otherwise
        await expect(page.get_by_test_id("simulator")).to_have_attribute(
            "data-connected", "true"
        )
        yield page
        await context.close()
    assert errors == []
