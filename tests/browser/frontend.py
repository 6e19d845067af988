"""Home Assistant's frontend, loaded once: tests move about in it as its own links do."""

import asyncio

from playwright.async_api import BrowserContext, Error, Page, ViewportSize

VIEWPORT: ViewportSize = {"width": 1280, "height": 900}
NOWHERE = "no-cards"
"""Where a dashboard without cards is."""
BLANK = "about:blank"
_PATIENCE = 20.0
_SOON_MS = 2000
"""Who closes nothing until then keeps it open."""
# What is set up or removed reaches the page a little after whoever asked for it hears that it is done.
_UP_TO_DATE = """
async () => {
  const root = document.querySelector("home-assistant");
  const ask = (type) => root.hass.callWS({ type });
  const same = (told, known) => JSON.stringify(told.map(String).sort()) === JSON.stringify(known.map(String).sort());
  const device = ({ id, name, name_by_user }) => [id, name, name_by_user];
  const isUpToDate = async () => {
    const [{ entities }, devices, panels] = await Promise.all(["config/entity_registry/list_for_display", "config/device_registry/list", "get_panels"].map(ask));
    const { hass } = root;
    return same(entities.map(({ ei, di }) => [ei, di]), Object.values(hass.entities).map((one) => [one.entity_id, one.device_id]))
      && same(devices.map(device), Object.values(hass.devices).map(device))
      && same(Object.keys(panels), Object.keys(hass.panels));
  };
  while (!root?.hass?.entities || !root.hass.devices || !(await isUpToDate())) await new Promise((again) => setTimeout(again, 150));
}
"""
_FOLLOW = """
(path) => {
  const link = Object.assign(document.createElement("a"), { href: path });
  document.body.append(link);
  link.click();
  link.remove();
}
"""
_IS_THERE = "(path) => location.pathname.startsWith(path)"
_HAS_SOMETHING_OPEN = """
() => {
  const open = (root) => [...root.querySelectorAll("*")].some((node) =>
    node.matches("dialog[open], :popover-open") || (node.shadowRoot && open(node.shadowRoot)));
  return open(document);
}
"""


async def show(page: Page, path: str) -> None:
    """Go to a path of the frontend, as its links do; the first time it is loaded there."""
    if page.url == BLANK:
        await page.goto(path)
    else:
        async with asyncio.timeout(_PATIENCE):
            await page.evaluate(_UP_TO_DATE)
        await _follow(page, path)


async def _follow(page: Page, path: str, timeout: float | None = None) -> None:
    """Follow a link; what is open is closed before."""
    await page.evaluate(_FOLLOW, path)
    await page.wait_for_function(_IS_THERE, arg=path.partition("?")[0], timeout=timeout)


class Frontend:
    """The page of the signed-in user, which one test hands on to the next."""

    def __init__(self, context: BrowserContext) -> None:
        """Open it in `context`."""
        self._context = context
        self._page: Page | None = None

    async def page(self) -> Page:
        """Return the page, a new one where there is none."""
        if self._page is None:
            self._page = await self._context.new_page()
        return self._page

    async def leave(self, *, spoilt: bool) -> None:
        """Have it as any test may find it; who spoilt it or left something open takes it along."""
        for page in self._context.pages:
            if page is not self._page:
                await page.close()
        if self._page and (spoilt or not await _tidied(self._page)):
            await self._page.close()
            self._page = None


async def _tidied(page: Page) -> bool:
    if page.url == BLANK:
        return True
    try:
        await _follow(page, f"/{NOWHERE}", _SOON_MS)
        if await page.evaluate(_HAS_SOMETHING_OPEN):
            return False
        await page.set_viewport_size(VIEWPORT)
        await page.emulate_media(color_scheme="light")
        await page.mouse.move(0, 0)
    except Error:
        return False
    return True
