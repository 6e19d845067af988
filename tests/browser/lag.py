"""How long a press takes from the page to the console's screen."""

from playwright.async_api import Locator

_WATCH = """
(node, [name, value]) => {
  window.shownAt = new Promise((shown) => new MutationObserver((_, watching) => {
    if (node.getAttribute(name) !== value) return;
    watching.disconnect();
    shown(Date.now());
  }).observe(node, { attributes: true }));
}
"""
_NOTE = "(node, event) => node.addEventListener(event, () => { window.pressedAt = Date.now(); }, true)"


async def lag(
    button: Locator, screen: Locator, attribute: str, value: str, event: str = "click"
) -> float:
    """Press a button and return the seconds until the screen shows an attribute's value.

    Both pages note the time themselves, so that nothing of the test's own is measured.
    """
    # A page is slow to begin watching, and what it misses it would only see at the next drawing.
    await screen.evaluate(_WATCH, [attribute, value])
    await button.evaluate(_NOTE, event)
    await button.click()
    pressed_at = await button.page.evaluate("window.pressedAt")
    return float(await screen.page.evaluate("window.shownAt") - pressed_at) / 1000
