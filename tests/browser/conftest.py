"""Home Assistant, the simulator, Chromium and the frontend in it, once a session.

scripts/test tests/browser [--pictures]
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Generator
import os
from pathlib import Path
import re
import shutil
from typing import Literal, TypedDict

from PIL import Image
from playwright.async_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    ViewportSize,
    async_playwright,
    expect,
)
import pytest

from scripts import archive, dashboard
from scripts.config_directory import DOMAIN
from scripts.homeassistant_instance import HomeAssistant, running
from scripts.processes import LOOPBACK, free_port
from scripts.sign_in import remove_entries, sign_in
from simulator.consoles.console import Console
from simulator.demo.consoles import SERIES_X_ID
from simulator.knobs import Knobs
from tests.browser.dashboards import add_dashboard
from tests.browser.frontend import BLANK, NOWHERE, VIEWPORT, Frontend, show
from tests.integration.deprecations import is_deprecation
from tests.running_simulator import RunningSimulator, running_simulator

ROOT = Path(__file__).parents[2]
_CHROMIUM = ROOT / ".cache" / "chromium"
_FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update"),
    "--disable-sync",
    # Nothing but this machine can be reached. (Playwright's own `route` would forbid any cache.)
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {LOOPBACK}",
)
_READER: _Reader = {
    "viewport": VIEWPORT,
    "locale": "en-US",
    "timezone_id": "Europe/Amsterdam",
    "reduced_motion": "reduce",
}
_PATIENCE_MS = 20_000
_FAILED = pytest.StashKey[bool]()
_SPEED = 4.0

STAND_IN_CARD = Path(__file__).with_name("stand_in_card.js")
PLAYERS_PATH = "media-players"
_PLAYERS = [
    {"type": "media-control", "entity": f"media_player.{name}"}
    for name in ("living_room", "bedroom", "playroom")
]

type TakePicture = Callable[..., Awaitable[Path]]


class _Reader(TypedDict):
    """Who looks at pages, and at what."""

    viewport: ViewportSize
    locale: str
    timezone_id: str
    reduced_motion: Literal["reduce"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to renew the pictures of the README."""
    parser.addoption(
        "--pictures",
        action="store_true",
        help="also save pictures for the documentation into docs/pictures/",
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note what failed: nobody knows how it leaves the page."""
    report = yield
    item.stash[_FAILED] = report.failed or item.stash.get(_FAILED, False)
    return report


@pytest.fixture(scope="session")
async def simulator(chromium: Path) -> AsyncIterator[RunningSimulator]:
    """The Xbox network in a box, with quick consoles; its world is at hand."""
    async with running_simulator(Knobs().at_speed(_SPEED)) as simulator:
        yield simulator


@pytest.fixture(autouse=True)
def fresh_world(simulator: RunningSimulator) -> None:
    """Every test finds the consoles and people as the demo world begins; codes are asked for each second."""
    simulator.world.reset()
    simulator.world.tokens.reset()
    knobs = simulator.world.tokens.knobs
    knobs.device_code_interval, knobs.slow_down = 1, False


@pytest.fixture(scope="session")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Home Assistant's config directory, with what the archive of a release installs, and a card of others."""
    directory = tmp_path_factory.mktemp("config")
    archive.build(directory / "xbox_console.zip")
    shutil.unpack_archive(
        directory / "xbox_console.zip", directory / "custom_components" / DOMAIN
    )
    (directory / "www").mkdir()
    shutil.copy(STAND_IN_CARD, directory / "www")
    return directory


@pytest.fixture(scope="session")
async def home_assistant(
    simulator: RunningSimulator, directory: Path
) -> AsyncIterator[HomeAssistant]:
    """A new Home Assistant whose integration talks to the simulator."""
    async with running(directory, free_port(), simulator.url) as home_assistant:
        async with home_assistant.connection() as connection:
            await dashboard.provide(connection)
            await connection.command(
                "lovelace/resources/create",
                url=f"/local/{STAND_IN_CARD.name}",
                res_type="module",
            )
        # Home Assistant's own cards lead to its own dialogs.
        await add_dashboard(home_assistant, PLAYERS_PATH, *_PLAYERS)
        await add_dashboard(home_assistant, NOWHERE)
        yield home_assistant
    log = (directory / "console.log").read_text()
    assert "Detected blocking call" not in log
    assert not [line for line in log.splitlines() if is_deprecation(line)]
    # Home Assistant's own parts miss programs that no test needs; a traceback through ours is a bug,
    # unless it only goes with an error that was told in words.
    assert not [
        record
        for record in re.split(r"^(?=\d{4}-\d\d-\d\d )", log, flags=re.MULTILINE)
        if "custom_components/xbox_console/" in record
        and "] Full error:" not in record
        # Assist leaves an action that takes long, and then nobody hears that it was replaced.
        and "was asked for something else meanwhile" not in record
    ]


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser's program; without one there is nothing to test, and CI must have one."""
    if not _CHROMIUM.exists():
        missing = "no Chromium on this machine: scripts/setup browser, as root"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return _CHROMIUM


@pytest.fixture(scope="session")
async def browser(chromium: Path) -> AsyncIterator[Browser]:
    """A headless Chromium."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium, args=_FLAGS
        )
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
async def context(
    browser: Browser, home_assistant: HomeAssistant
) -> AsyncIterator[BrowserContext]:
    """What the signed-in user has open; it can reach nothing but this machine.

    One for all tests: it keeps the frontend, which is long to load and to compile.
    """
    context = await browser.new_context(
        base_url=home_assistant.url,
        **_READER,
        service_workers="block",
    )
    context.set_default_timeout(_PATIENCE_MS)
    expect.set_options(timeout=_PATIENCE_MS)
    # The script runs in every page, the simulator's too: the tokens are Home Assistant's.
    await context.add_init_script(
        f"if (location.origin === {home_assistant.url!r} && !localStorage.hassTokens)"
        f" localStorage.setItem('hassTokens', {home_assistant.browser_tokens()!r});"
    )
    yield context
    await context.close()


@pytest.fixture(scope="session")
async def frontend(context: BrowserContext) -> Frontend:
    """The page that tests hand on."""
    return Frontend(context)


@pytest.fixture
async def page(
    frontend: Frontend, request: pytest.FixtureRequest
) -> AsyncIterator[Page]:
    """The page of the signed-in user: `show` goes to a place in it, `page.goto` loads it anew."""
    yield await frontend.page()
    spoilt = request.node.get_closest_marker("spoils_page") is not None
    await frontend.leave(spoilt=spoilt or request.node.stash.get(_FAILED, False))


@pytest.fixture
async def signed_in(
    home_assistant: HomeAssistant, simulator: RunningSimulator
) -> AsyncIterator[None]:
    """The account of the demo world is added, and the dashboard shows its consoles."""
    await sign_in(home_assistant, simulator.url)
    yield
    await remove_entries(home_assistant)


@pytest.fixture
def console(simulator: RunningSimulator) -> Console:
    """The console in the living room."""
    return simulator.world.consoles[SERIES_X_ID]


@pytest.fixture(scope="session")
async def television(browser: Browser) -> AsyncIterator[Page]:
    """A page beside the user's."""
    context = await browser.new_context(**_READER)
    context.set_default_timeout(_PATIENCE_MS)
    yield await context.new_page()
    await context.close()


@pytest.fixture
async def screen(
    television: Page, simulator: RunningSimulator
) -> AsyncIterator[Locator]:
    """Its screen."""
    await television.goto(simulator.url)
    yield television.locator(f'[data-console="{SERIES_X_ID}"]')
    # What nobody looks at is not drawn.
    await television.goto(BLANK)


@pytest.fixture
def take_picture(page: Page, request: pytest.FixtureRequest) -> TakePicture:
    """Return what saves a picture of the page under a name.

    Pictures go to .cache/screenshots/; with `documentation=True` also to
    docs/pictures/, when pytest was started with --pictures.
    """

    async def take(name: str, *, of: Page = page, documentation: bool = False) -> Path:
        path = ROOT / ".cache" / "screenshots" / f"{name}.png"
        await of.screenshot(path=path)
        if documentation and request.config.getoption("--pictures"):
            pictures = ROOT / "docs" / "pictures"
            pictures.mkdir(parents=True, exist_ok=True)
            # With a palette it looks the same, in a third of the bytes.
            with Image.open(path) as picture:
                colours = picture.convert("RGB").quantize(kmeans=3)
            colours.save(pictures / path.name, optimize=True)
        return path

    return take


@pytest.fixture
async def card(page: Page) -> Locator:
    """The card in the view of the living room."""
    await show(page, f"/{dashboard.URL_PATH}/console-living_room")
    card = page.locator("xbox-console-remote")
    await expect(card.get_by_role("heading", name="Living room")).to_be_visible()
    return card


@pytest.fixture
async def sent(page: Page) -> AsyncIterator[list[str]]:
    """What the page tells the remote, as it leaves."""
    frames: list[str] = []

    def listen(event: dict[str, dict[str, object]]) -> None:
        frame = str(event["response"]["payloadData"])
        if '"send_command"' in frame:
            frames.append(frame)

    session = await page.context.new_cdp_session(page)
    session.on("Network.webSocketFrameSent", listen)
    await session.send("Network.enable")
    yield frames
    await session.detach()
