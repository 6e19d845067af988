"""Who has played for how long, and what: today as it is, this week from what Home Assistant has kept."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from playwright.async_api import Locator, Page, ViewportSize, expect
import pytest

from scripts import dashboard
from scripts.homeassistant_instance import HomeAssistant
from tests.browser.conftest import PLAYERS_PATH, TakePicture
from tests.browser.dashboards import open_editor
from tests.browser.frontend import show

_STATISTICS = "recorder/statistics_during_period"
_PATIENCE = 20.0
_PAUSE = 0.1
_SENSOR = "sensor.quietharbor77_played_today"
_HOME = ZoneInfo("Europe/Amsterdam")
_MINUTES = 95
_GAMES = {
    "1001": ("Nebula Drift GT", (95, 20)),
    "1002": ("Lanterns Below", (10, 45)),
}
"""By title: its name, and the minutes of yesterday and today."""
_SIZES: dict[str, ViewportSize] = {
    "wall": {"width": 1280, "height": 900},
    "phone": {"width": 390, "height": 844},
}
_METADATA = {
    "name": None,
    "unit_of_measurement": "min",
    "unit_class": "duration",
    "has_sum": True,
    "mean_type": 0,
}
_LOCALE = {
    "language": "en",
    "number_format": "language",
    "time_format": "24",
    "date_format": "language",
    "time_zone": "server",
}


async def _device(home: HomeAssistant) -> str:
    """The device of the person."""
    entity = await home.command("config/entity_registry/get", entity_id=_SENSOR)
    return str(entity["device_id"])


def _begins() -> list[datetime]:
    """The hours that statistics are of: before yesterday, yesterday, today."""
    today = datetime.combine(datetime.now(_HOME).date(), time(), _HOME)
    return [today - timedelta(days=2), today - timedelta(hours=12), today]


async def _keep(
    home: HomeAssistant, statistic_id: str, name: str | None, *days: int
) -> None:
    """Have Home Assistant know of minutes: of yesterday, and perhaps of today."""
    begins = _begins()
    sums = [0, *(sum(days[: count + 1]) for count in range(len(days)))]
    await home.command(
        "recorder/import_statistics",
        metadata={
            **_METADATA,
            "name": name,
            "source": "xbox_console" if ":" in statistic_id else "recorder",
            "statistic_id": statistic_id,
        },
        stats=[
            {"start": begin.isoformat(), "sum": minutes}
            for begin, minutes in zip(begins, sums, strict=False)
        ],
    )


async def _kept(home: HomeAssistant, *statistic_ids: str) -> None:
    """Return once Home Assistant knows them all: it writes them down when it finds the time."""
    asked = {
        "start_time": _begins()[0].isoformat(),
        "statistic_ids": statistic_ids,
        "period": "hour",
    }
    async with asyncio.timeout(_PATIENCE):
        while len(await home.command(_STATISTICS, **asked)) < len(statistic_ids):
            await asyncio.sleep(_PAUSE)


@pytest.fixture
async def yesterday(
    home_assistant: HomeAssistant, signed_in: None
) -> AsyncIterator[None]:
    """Somebody played two games yesterday and today, and a week begins on yesterday's day of the week."""
    weekday = f"{datetime.now(_HOME) - timedelta(days=1):%A}".lower()
    home = home_assistant
    device = await _device(home)
    played: dict[str, tuple[str | None, int, int]] = {
        _SENSOR: (None, _MINUTES, 7),
        f"xbox_console:{device}_played": ("QuietHarbor77", 105, 65),
        **{
            f"xbox_console:{device}_{title}": (f"QuietHarbor77: {game}", *minutes)
            for title, (game, minutes) in _GAMES.items()
        },
    }
    for statistic_id, (of, earlier, today) in played.items():
        await _keep(home, statistic_id, of, earlier, today)
    await _kept(home, *played)
    locale = "frontend/set_user_data"
    await home.command(
        locale, key="language", value={**_LOCALE, "first_weekday": weekday}
    )
    yield
    await home.command(
        locale, key="language", value={**_LOCALE, "first_weekday": "language"}
    )
    await home.command("recorder/clear_statistics", statistic_ids=list(played))


async def _bars(card: Locator, *expected: tuple[str, str]) -> None:
    """What the card tells, the longest first."""
    rows = card.get_by_role("listitem")
    await expect(rows).to_have_count(len(expected))
    for position, (name, minutes) in enumerate(expected):
        await expect(rows.nth(position)).to_contain_text(name)
        await expect(rows.nth(position).locator("span").nth(2)).to_have_text(minutes)


@pytest.mark.usefixtures("yesterday")
@pytest.mark.parametrize(("size", "colours"), [("wall", "dark"), ("phone", "light")])
async def test_today_and_this_week(
    page: Page,
    size: str,
    colours: Literal["dark", "light"],
    take_picture: TakePicture,
) -> None:
    """Yesterday counts for the week, not for today; today counts once, as it is now. By game it is what was told of each."""
    await page.set_viewport_size(_SIZES[size])
    await page.emulate_media(color_scheme=colours)
    await show(page, f"/{dashboard.URL_PATH}/people")
    person, game = [page.locator("xbox-console-play").nth(place) for place in (0, 1)]
    await _bars(person, ("QuietHarbor77", "0 min"))
    await person.get_by_role("button", name="This week").click()
    await _bars(person, ("QuietHarbor77", "1 hr, 35 min"))
    await expect(person.locator(".bar i")).to_have_attribute("style", "width: 100%;")
    await _bars(game, ("Lanterns Below", "45 min"), ("Nebula Drift GT", "20 min"))
    week = ("Nebula Drift GT", "1 hr, 55 min"), ("Lanterns Below", "55 min")
    await game.get_by_role("button", name="This week").click()
    await _bars(game, *week)
    await take_picture(f"people-{size}-{colours}", documentation=size == "wall")
    await person.get_by_role("button", name="By game").click()
    await _bars(person, *week)
    await person.get_by_role("button", name="By person").click()
    await _bars(person, ("QuietHarbor77", "1 hr, 35 min"))


@pytest.mark.usefixtures("yesterday")
async def test_it_is_made_in_the_editor(page: Page, take_picture: TakePicture) -> None:
    """What the bars are of, and of which period, is chosen by words."""
    editor = await open_editor(page, PLAYERS_PATH, "Xbox play time")
    card = editor.locator("xbox-console-play")
    await expect(card.get_by_role("listitem")).to_have_count(1)
    for shown, chosen in {"By person": "By game", "Today": "This week"}.items():
        await editor.locator("ha-select").filter(has_text=shown).click()
        await editor.locator("ha-dropdown-item").filter(has_text=chosen).click()
    await expect(card.get_by_role("listitem")).to_have_count(len(_GAMES))
    await expect(card.get_by_role("button", pressed=True)).to_have_text(
        ["By game", "This week"]
    )
    await take_picture("play-editor", documentation=True)
