"""A service that has been ill for long is told, with what Microsoft knows of it."""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.const import DOMAIN
from tests.integration.house import XCCS, House
from tests.integration.issues import issues

FEED = "xnotify.xboxlive.com"
TITLES = "titlehub.xboxlive.com"


@pytest.fixture
def entry(entry: MockConfigEntry, house: House) -> MockConfigEntry:
    """An account at whose consoles nobody is: little is asked while all is well."""
    house.console("living_room").signed_in.clear()
    house.console("living_room").turn_off(0)
    return entry


@pytest.mark.parametrize(
    ("feed", "troubles", "key", "outages"),
    [
        ({}, "", "services_ill_here", ""),
        (
            {},
            "Account & profile: Limited;Cloud gaming & remote play:",
            "services_ill_microsoft",
            "Account & profile (Limited), Cloud gaming & remote play (Impacted)",
        ),
        (
            {},
            "A game of which nobody has heard: Warning",
            "services_ill_microsoft",
            "Xbox (Warning)",
        ),
        (
            {"kind": "status", "status": 503},
            "Account & profile: Limited",
            "services_ill",
            "",
        ),
        (
            {"kind": "html", "status": 200},
            "Account & profile: Limited",
            "services_ill",
            "",
        ),
        ({"kind": "drop"}, "", "services_ill", ""),
    ],
)
async def test_a_service_that_is_ill_for_long(
    house: House,
    loaded: MockConfigEntry,
    feed: dict[str, Any],
    troubles: str,
    key: str,
    outages: str,
) -> None:
    """It is said after half an hour, with what Microsoft says, and taken back within a minute of recovery."""
    house.simulator.world.knobs.status_troubles = troubles
    fault = house.fail(kind="status", host=XCCS, status=503)
    if feed:
        house.fail(host=FEED, **feed)
    await house.clock.pass_by(25 * 60)
    assert _ill(house.hass) == {}
    await house.clock.pass_by(15 * 60)
    issue = _ill(house.hass)[key]
    assert issue.translation_placeholders == {"services": XCCS, "outages": outages}
    assert not issue.is_fixable
    house.simulator.world.faults.remove(fault.id)
    await house.clock.pass_by(400)
    assert _ill(house.hass) == {}


def _ill(hass: HomeAssistant) -> dict[str, ir.IssueEntry]:
    return {
        key: issue
        for key, issue in issues(hass).items()
        if key.startswith("services_ill")
    }


async def test_what_microsoft_says_later_is_said_later(
    house: House, loaded: MockConfigEntry
) -> None:
    """The page learns of an outage after we have, and of its end before we do."""
    knobs = house.simulator.world.knobs
    house.fail(kind="status", host=XCCS, status=503)
    await house.clock.pass_by(40 * 60)
    assert _ill(house.hass).keys() == {"services_ill_here"}
    knobs.status_troubles = "Account & profile: Impacted"
    await house.clock.pass_by(11 * 60)
    assert _ill(house.hass).keys() == {"services_ill_microsoft"}
    knobs.status_troubles = ""
    await house.clock.pass_by(11 * 60)
    assert _ill(house.hass).keys() == {"services_ill_here"}


async def test_the_status_page_is_asked_only_when_it_matters(
    house: House, loaded: MockConfigEntry
) -> None:
    """After five minutes of failures, then every ten minutes at most; never while all is well."""

    def asked() -> int:
        return sum(request.host == FEED for request in house.simulator.world.requests)

    await house.clock.pass_by(15 * 60)
    assert asked() == 0
    fault = house.fail(kind="status", host=XCCS, status=503)
    await house.clock.pass_by(4 * 60)
    assert asked() == 0
    await house.clock.pass_by(8 * 60)
    assert asked() == 1
    house.forget_requests()
    await house.clock.pass_by(60 * 60)
    assert 4 <= asked() <= 6
    house.simulator.world.faults.remove(fault.id)
    await house.clock.pass_by(10 * 60)
    house.forget_requests()
    await house.clock.pass_by(15 * 60)
    assert asked() == 0


@pytest.mark.parametrize(
    ("language", "country", "places"),
    [("de", "DE", ["DE/de-DE"]), ("de", "AT", ["AT/de-AT", "US/en-US"])],
)
async def test_the_status_page_in_the_users_language(
    house: House,
    entry: MockConfigEntry,
    language: str,
    country: str,
    places: list[str],
) -> None:
    """Where there is one; else the one that always is."""
    house.hass.config.language, house.hass.config.country = language, country
    assert await house.set_up(entry)
    house.fail(kind="status", host=XCCS, status=503)
    await house.clock.pass_by(12 * 60)
    asked = [
        request.path.removeprefix("/servicestatusv6/")
        for request in house.simulator.world.requests
        if request.host == FEED
    ]
    assert asked == places


async def test_two_failures_hours_apart_are_no_long_illness(
    house: House, loaded: MockConfigEntry
) -> None:
    """Case D9: a service that is asked rarely has not been ill all the time in between."""
    for _ in range(2):
        fault = house.fail(kind="status", host=TITLES, status=503)
        await _recent_titles(house)
        assert TITLES in loaded.runtime_data.account.session.troubles
        house.simulator.world.faults.remove(fault.id)
        house.clock.skip(5 * 3600)
        await house.clock.pass_by(120)
        assert _ill(house.hass) == {}


@pytest.mark.parametrize(
    "answer",
    [
        {"kind": "status", "status": 403},
        {"kind": "status", "status": 429, "retry_after": 5},
        {"kind": "html", "status": 200},
        {"kind": "huge"},
        {"kind": "status", "status": 418},
    ],
)
async def test_a_service_that_answers_is_not_ill(
    house: House, loaded: MockConfigEntry, answer: dict[str, Any]
) -> None:
    """Case D9: a refusal, or something that nobody understands, is an answer too."""
    house.fail(host=XCCS, **answer)
    await house.clock.pass_by(45 * 60)
    assert _ill(house.hass) == {}


async def _recent_titles(house: House) -> None:
    """Ask for something that is asked for only when somebody wants it."""
    with pytest.raises(HomeAssistantError):
        await house.clock.result(
            house.hass.services.async_call(
                DOMAIN,
                "get_recent_titles",
                {},
                blocking=True,
                return_response=True,
            ),
            within=30,
        )


async def test_short_trouble_again_and_again_is_not_long_trouble(
    house: House, loaded: MockConfigEntry
) -> None:
    """Each good answer starts the clock anew."""
    for _ in range(4):
        fault = house.fail(kind="status", host=XCCS, status=503)
        await house.clock.pass_by(12 * 60)
        house.simulator.world.faults.remove(fault.id)
        await house.clock.pass_by(6 * 60)
    assert _ill(house.hass) == {}
