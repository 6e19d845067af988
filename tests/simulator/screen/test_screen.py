"""The screen page in a real browser: it shows what happens, at once, and its buttons work."""

import re
import time

from playwright.async_api import Page, expect

from simulator.demo.consoles import ONE_X_ID, SERIES_S_ID, SERIES_X_ID
from simulator.network.faults import Fault
from tests.simulator.console_client import ConsoleClient
from tests.simulator.screen.cards import card

VISIBLE_SECONDS = 0.3


async def test_consoles_are_shown(page: Page, remote: ConsoleClient) -> None:
    """Each with what it does; the page needs nothing from elsewhere, and is not in the network's log."""
    on, asleep = card(page, SERIES_X_ID), card(page, ONE_X_ID)
    await expect(on).to_have_attribute("data-power", "On")
    await expect(on).to_have_attribute("data-app-name", "Starfall Odyssey")
    await expect(on).to_contain_text("Starfall Odyssey")
    await expect(asleep).to_have_attribute("data-view", "standby")
    await expect(card(page, SERIES_S_ID)).to_have_attribute(
        "data-remote-features", "false"
    )
    origin = str(remote.http._base_url)  # noqa: SLF001 - aiohttp does not tell it otherwise
    loaded = await page.evaluate(
        "performance.getEntriesByType('resource').map((entry) => entry.name)"
    )
    assert loaded
    assert [address for address in loaded if not address.startswith(origin)] == []
    assert list(remote.world.requests) == []


SEEN = [
    (
        "Shell/InjectKey",
        {"keyType": "Nexus"},
        '[data-overlay="guide"][data-last-key="Nexus"] .guide',
    ),
    ("Shell/InjectKey", {"keyType": "X"}, '[data-last-key="X"] .flash.hit'),
    (
        "Shell/InjectString",
        {"replacementString": "héllo"},
        '[data-typed="héllo"] .field:text-is("héllo")',
    ),
    ("Shell/GoHome", {}, '[data-app="home"] .tile.focus'),
    (
        "Audio/Volume",
        {"direction": "Up", "amount": "5"},
        '[data-volume="35"] .volume.seen:has-text("35")',
    ),
    ("Audio/Mute", {}, '[data-muted="true"] .volume.seen:has-text("mute")'),
    ("Power/TurnOff", {}, '[data-view="turning_off"]'),
    ("Power/Reboot", {}, '[data-view="rebooting"] .boot'),
    ("Power/WakeUp", {}, '.toast.seen:text-is("Your Xbox is already on")'),
]


async def test_commands_are_seen(page: Page, remote: ConsoleClient) -> None:
    """Each command shows on the console's screen, and at once."""
    await _is_seen_at_once(page, remote)
    for order, parameters, selector in SEEN:
        await remote.control("POST", "reset")
        await expect(card(page, SERIES_X_ID)).to_have_attribute("data-view", "title")
        await remote.send(remote.on, order, **parameters)
        gap = " " if selector.startswith(".") else ""
        target = f'[data-console="{SERIES_X_ID}"]{gap}{selector}'
        await page.wait_for_selector(target, state="attached")


async def _is_seen_at_once(page: Page, remote: ConsoleClient) -> None:
    """The best of a few tries counts, so that a busy machine does not decide."""
    delays = []
    for key in ("X", "View", "X", "View", "X"):
        sent = time.monotonic()
        await remote.send(remote.on, "Shell/InjectKey", keyType=key)
        await page.wait_for_selector(
            f'[data-console="{SERIES_X_ID}"][data-last-key="{key}"]'
        )
        delays.append(time.monotonic() - sent)
    assert min(delays) < VISIBLE_SECONDS


async def test_front_panel(page: Page, remote: ConsoleClient) -> None:
    """Power, plug, remote features, launching, playing, unlocking, capturing."""
    remote.world.knobs.wake_seconds = remote.world.knobs.launch_seconds = 0.1
    asleep, on = card(page, ONE_X_ID), card(page, SERIES_X_ID)
    await asleep.get_by_test_id("power").click()
    await expect(asleep).to_have_attribute("data-view", "home")
    await on.get_by_test_id("achievement").click()
    await expect(on.locator(".toast.seen")).to_have_text(
        "Achievement unlocked: 20 – First Light"
    )
    await on.get_by_test_id("screenshot").click()
    await expect(on.locator(".toast.seen")).to_have_text("Screenshot saved")
    await on.get_by_test_id("title").select_option("9ZLRKV1S10NT")
    await on.get_by_test_id("launch").click()
    await expect(on).to_have_attribute("data-playback", "Playing")
    await on.get_by_test_id("video").click()
    await expect(on).to_have_attribute("data-playback", "Paused")
    await on.get_by_label("Nexus").click()
    await expect(on).to_have_attribute("data-overlay", "guide")
    await card(page, SERIES_S_ID).locator("label", has_text="Remote features").click()
    await expect(card(page, SERIES_S_ID)).to_have_attribute(
        "data-remote-features", "true"
    )
    await on.get_by_test_id("eject").click()
    await expect(on).to_have_attribute("data-disc", "")
    await on.get_by_test_id("plug").click()
    await expect(on).to_have_attribute("data-view", "unplugged")
    await expect(on).to_have_attribute("data-network-power", "On")
    await on.get_by_test_id("power").click()
    await expect(on.get_by_role("alert")).to_have_text("the plug is out")


async def test_network_panel(page: Page, remote: ConsoleClient) -> None:
    """Troubles are switched on and off; skew; the log; starting over."""
    switch = page.get_by_test_id("fault-429")
    await page.get_by_test_id("fault-host").select_option("xccs.xboxlive.com")
    await page.locator("label", has=switch).click()
    await expect(switch).to_be_checked()
    assert (await remote.get("/lists/devices"))[0] == 429
    row = page.get_by_test_id("requests").locator("li").first
    await expect(row).to_have_attribute("data-status", "429")
    await expect(row).to_contain_text("/lists/devices")
    await page.locator("label", has=switch).click()
    await expect(switch).not_to_be_checked()
    assert (await remote.get("/lists/devices"))[0] == 200
    await page.get_by_test_id("skew").select_option("300")
    remote.world.faults.add(
        Fault(kind="drop", host="login.live.com", label="from a test")
    )
    await expect(page.get_by_test_id("faults")).to_contain_text(
        "from a test: login.live.com"
    )
    assert remote.world.clock.offset == 300
    await page.get_by_test_id("reset").click()
    await expect(page.get_by_test_id("skew")).to_have_value("0")
    await expect(page.get_by_test_id("faults")).to_be_empty()


async def test_video_goes_on_without_events(page: Page, remote: ConsoleClient) -> None:
    """The position moves by itself."""
    remote.on.shell.show(remote.world.titles["larkvision"])
    remote.world.publish()
    times = card(page, SERIES_X_ID).locator(".times")
    await expect(times).to_have_text(re.compile(r"^0:(0[1-9]|[1-5]\d) / 44:00$"))
