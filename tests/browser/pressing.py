"""Ways to press a button of a page: with a mouse, a finger, a keyboard, a controller."""

from collections.abc import Awaitable, Callable

from playwright.async_api import Locator, Page

type Press = Callable[[Locator], Awaitable[None]]

# As the browser shows a controller of the standard layout.
_CONTROLLER = """
window.controller = { connected: true, axes: [0, 0, 0, 0], buttons: Array.from({ length: 17 }, () => ({ pressed: false })) };
navigator.getGamepads = () => [null, window.controller];
window.dispatchEvent(new Event("gamepadconnected"));
"""
# Two frames: a press that no frame has seen was none.
_HOLD = """
([button, axis, value]) => new Promise((done) => {
  const { buttons, axes } = window.controller;
  const set = (pressed) => { if (axis === null) buttons[button].pressed = pressed; else axes[axis] = pressed ? value : 0; };
  set(true);
  requestAnimationFrame(() => requestAnimationFrame(() => { set(false); requestAnimationFrame(() => requestAnimationFrame(done)); }));
})
"""


async def with_mouse(button: Locator) -> None:
    """Click."""
    await button.click()


async def with_finger(button: Locator) -> None:
    """Touch and let go, as Chromium hears it from a screen."""
    await button.scroll_into_view_if_needed()
    box = await button.bounding_box()
    assert box is not None
    session = await button.page.context.new_cdp_session(button.page)
    await session.send(
        "Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 1}
    )
    point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    touch = "Input.dispatchTouchEvent"
    await session.send(touch, {"type": "touchStart", "touchPoints": [point]})
    await session.send(touch, {"type": "touchEnd", "touchPoints": []})
    await session.detach()


async def with_keyboard(button: Locator) -> None:
    """Move to it and press Enter, as screen readers do."""
    await button.focus()
    await button.press("Enter")


async def plug_in_controller(page: Page) -> None:
    """Have the page see a controller."""
    await page.evaluate(_CONTROLLER)


async def press_controller(page: Page, button: int) -> None:
    """Press a button of the controller and let go."""
    await page.evaluate(_HOLD, [button, None, None])


async def push_stick(page: Page, axis: int, value: float) -> None:
    """Push the left stick and let go."""
    await page.evaluate(_HOLD, [None, axis, value])
