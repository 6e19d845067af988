"""The knobs on the simulator's page."""

from playwright.async_api import Page, expect

from simulator.consoles.presets import PRESETS
from simulator.consoles.ranges import NEVER
from tests.simulator.console_client import ConsoleClient
from tests.simulator.screen.cards import card


async def test_preset(remote: ConsoleClient, page: Page) -> None:
    """Each can be chosen; what is not as usual is listed; and back."""
    panel = card(page, remote.on.id).get_by_test_id("knobs")
    await panel.locator("summary").click()
    preset = panel.get_by_test_id("preset")
    await expect(preset.locator("option")).to_have_count(len(PRESETS) + 1)
    await preset.select_option("A8")
    listed = panel.get_by_test_id("knobs-set")
    await expect(listed.locator('[data-knob="wake.effect_seconds"]')).to_have_text(
        "wake.effect seconds: never"
    )
    assert remote.on.behaviour == PRESETS["A8"]
    await preset.select_option("")
    await expect(listed.locator("li")).to_have_count(0)


SET: tuple[tuple[str, str, object], ...] = (
    ("wake.effect_seconds", "12.5", 12.5),
    ("wake.effect_seconds", "never", NEVER),
    ("odd_refusal", "3", 3),
    ("odd_list", "empty", "empty"),
    ("game_sessions", "true", True),
)


async def test_one_knob(remote: ConsoleClient, page: Page) -> None:
    """A number, a word, or never; nothing means as the world's knobs say, where it may; what is wrong is told."""
    its = card(page, remote.on.id)
    panel = its.get_by_test_id("knobs")
    await panel.locator("summary").click()
    for name, text, value in SET:
        await panel.get_by_test_id("knob").select_option(name)
        await panel.get_by_test_id("knob-value").fill(text)
        await panel.get_by_test_id("knob-set").click()
        await expect(panel.locator(f'[data-knob="{name}"]')).to_contain_text(text)
        assert remote.on.behaviour[name] == value
    await panel.get_by_test_id("knob").select_option("wake.effect_seconds")
    await panel.get_by_test_id("knob-value").fill("")
    await panel.get_by_test_id("knob-set").click()
    await expect(panel.locator('[data-knob="wake.effect_seconds"]')).to_have_count(0)
    assert remote.on.behaviour.wake.effect_seconds is None
    await panel.get_by_test_id("knob-value").fill("soon")
    await panel.get_by_test_id("knob-set").click()
    await expect(its.get_by_role("alert")).to_contain_text("wake.effect_seconds")


async def test_draw(remote: ConsoleClient, page: Page) -> None:
    """Any of all possible consoles."""
    panel = card(page, remote.asleep.id).get_by_test_id("knobs")
    await panel.locator("summary").click()
    await panel.get_by_test_id("knob-draw").click()
    await expect(panel.get_by_test_id("knobs-set").locator("li")).not_to_have_count(0)
    assert remote.asleep.behaviour.differences()
    assert not remote.on.behaviour.differences()
