"""Who has played for how long: today as it is, this week from what Home Assistant has kept."""

from collections.abc import AsyncIterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from playwright.async_api import Page, expect
import pytest

from scripts import dashboard
from scripts.homeassistant_instance import HomeAssistant

_SENSOR = "sensor.quietharbor77_played_today"
_MINUTES = 95
_HOME = ZoneInfo("Europe/Amsterdam")

pytestmark = pytest.mark.usefixtures("signed_in")


@pytest.fixture
async def yesterday(home_assistant: HomeAssistant) -> AsyncIterator[None]:
    """Somebody played yesterday, and a week begins on that day of the week."""
    noon = datetime.combine(
        datetime.now(_HOME).date() - timedelta(days=1), time(12), _HOME
    )
    async with home_assistant.connection() as connection:
        await connection.command(
            "recorder/import_statistics",
            metadata={
                "source": "recorder",
                "statistic_id": _SENSOR,
                "name": None,
                "unit_of_measurement": "min",
                "unit_class": "duration",
                "has_sum": True,
                "mean_type": 0,
            },
            stats=[
                {"start": (noon - timedelta(hours=hours)).isoformat(), "sum": minutes}
                for hours, minutes in ((24, 0), (0, _MINUTES))
            ],
        )
        locale = "frontend/set_user_data"
        weekday = f"{noon:%A}".lower()
        chosen = {"language": "en", "number_format": "language", "time_format": "24"}
        chosen |= {"date_format": "language", "time_zone": "server"}
        await connection.command(
            locale, key="language", value={**chosen, "first_weekday": weekday}
        )
        yield
        await connection.command(
            locale, key="language", value={**chosen, "first_weekday": "language"}
        )
        await connection.command("recorder/clear_statistics", statistic_ids=[_SENSOR])


@pytest.mark.usefixtures("yesterday")
async def test_today_and_this_week(page: Page) -> None:
    """Yesterday counts for the week, not for today."""
    await page.goto(f"/{dashboard.URL_PATH}/people")
    card = page.locator("xbox-console-play")
    person = card.get_by_role("listitem").filter(has_text="QuietHarbor77")
    await expect(person).to_contain_text("0 min")
    await expect(person).not_to_contain_text("hr")
    await card.get_by_role("button", name="This week").click()
    await expect(person).to_contain_text("1 hr, 35 min")
    await expect(person.locator(".bar i")).to_have_attribute("style", "width: 100%;")
