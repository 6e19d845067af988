"""What only the user can mend is said once, and taken back when it is mended."""

from collections.abc import Mapping
from typing import Any

from homeassistant.components.repairs import DOMAIN as REPAIRS, repairs_flow_manager
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.const import EVENT_HOMEASSISTANT_STARTED
from homeassistant.core import Event, HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
)

from custom_components.xbox_console.const import DOMAIN
from simulator.consoles import answers as xccs_answers
from simulator.consoles.console import PowerState
from tests.integration.house import XCCS, House

BEDROOM = "media_player.bedroom"
FEED = "xnotify.xboxlive.com"
TITLES = "titlehub.xboxlive.com"


@pytest.fixture(autouse=True)
async def repairs(house: House) -> None:
    """Load what shows issues."""
    house.hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    assert await house.clock.result(
        async_setup_component(house.hass, REPAIRS, {}), within=5
    )


def _issues(hass: HomeAssistant) -> dict[str, ir.IssueEntry]:
    """The open issues by key; there is none twice."""
    issues = [
        issue
        for (domain, _), issue in ir.async_get(hass).issues.items()
        if domain == DOMAIN and issue.active
    ]
    by_key = {str(issue.translation_key): issue for issue in issues}
    assert len(by_key) == len(issues)
    return by_key


async def _shut_down(house: House) -> None:
    """Let the bedroom be shut down, and learn of it by trying to wake it."""
    house.console("bedroom").power = PowerState.OFF
    await house.clock.pass_by(15)
    with pytest.raises(HomeAssistantError):
        await house.act("media_player.turn_on", BEDROOM)


async def _begin_fix(house: House, key: str) -> Mapping[str, Any]:
    """Press Fix."""
    manager = repairs_flow_manager(house.hass)
    assert manager is not None
    issue = _issues(house.hass)[key]
    result: Mapping[str, Any] = await house.clock.result(
        manager.async_init(DOMAIN, context={"issue_id": issue.issue_id}), within=5
    )
    return result


async def _submit(house: House, form: Mapping[str, Any]) -> Mapping[str, Any]:
    """Say that it is done."""
    manager = repairs_flow_manager(house.hass)
    assert manager is not None
    result: Mapping[str, Any] = await house.clock.result(
        manager.async_configure(form["flow_id"], {}), within=20
    )
    await house.clock.settle()
    return result


async def test_remote_features_off(house: House, loaded: MockConfigEntry) -> None:
    """Only the console concerned has the issue, and it goes as soon as the list says on."""
    issue = _issues(house.hass)["remote_features_off"]
    assert issue.is_fixable
    assert issue.translation_placeholders == {"console": "Playroom"}
    house.console("playroom").remote_features = True
    await house.clock.pass_by(15)
    assert not _issues(house.hass)


async def test_fixing_remote_features(house: House, loaded: MockConfigEntry) -> None:
    """The dialog looks at once, and stays until it is true."""
    form = await _begin_fix(house, "remote_features_off")
    assert form["type"] is FlowResultType.FORM
    assert form["description_placeholders"] == {"console": "Playroom"}
    form = await _submit(house, form)
    assert form["errors"] == {"base": "unchanged"}
    assert "remote_features_off" in _issues(house.hass)
    house.console("playroom").remote_features = True
    done = await _submit(house, form)
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert not _issues(house.hass)


async def test_fixing_without_network(house: House, loaded: MockConfigEntry) -> None:
    """Nobody is told that it is done when nobody can look."""
    form = await _begin_fix(house, "remote_features_off")
    house.console("playroom").remote_features = True
    fault = house.fail(kind="outage")
    form = await _submit(house, form)
    assert form["errors"] == {"base": "not_checked"}
    house.simulator.world.faults.remove(fault.id)
    done = await _submit(house, form)
    assert done["type"] is FlowResultType.CREATE_ENTRY


async def test_fixing_a_console_that_went(
    house: House, loaded: MockConfigEntry
) -> None:
    """The dialog ends in words."""
    form = await _begin_fix(house, "remote_features_off")
    await house.unload(loaded)
    ended = await _submit(house, form)
    assert ended["type"] is FlowResultType.ABORT
    assert ended["reason"] == "console_gone"


async def test_a_list_that_does_not_say_changes_nothing(
    house: House, loaded: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An issue neither goes nor comes because a member is missing."""
    body = xccs_answers.device_body

    def silent(*args: Any, **options: Any) -> dict[str, object]:
        said = body(*args, **options)
        del said["remoteManagementEnabled"]
        return said

    monkeypatch.setattr(xccs_answers, "device_body", silent)
    await house.clock.pass_by(60)
    assert _issues(house.hass).keys() == {"remote_features_off"}


async def test_a_console_that_left_has_no_issues(
    house: House, loaded: MockConfigEntry
) -> None:
    """What is not here cannot be mended here; that one list lacks it does not mean it has left."""
    account = house.simulator.world.accounts["parent"]
    account.console_ids.remove(house.console("playroom").id)
    await house.clock.pass_by(15)
    assert _issues(house.hass).keys() == {"remote_features_off"}
    await house.clock.pass_by(300)
    assert not _issues(house.hass)


async def test_a_console_that_cannot_be_woken(
    house: House, loaded: MockConfigEntry
) -> None:
    """Being shut down is no issue until somebody wants to wake it."""
    house.console("bedroom").power = PowerState.OFF
    await house.clock.pass_by(15)
    assert "cannot_wake" not in _issues(house.hass)
    await _shut_down(house)
    issue = _issues(house.hass)["cannot_wake"]
    assert issue.translation_placeholders == {"console": "Bedroom"}
    await house.clock.pass_by(600)
    assert "cannot_wake" in _issues(house.hass)


@pytest.mark.parametrize("power", [PowerState.STANDBY, PowerState.ON])
async def test_a_console_that_can_be_woken_again(
    house: House, loaded: MockConfigEntry, power: PowerState
) -> None:
    """Seeing it asleep or on is enough."""
    await _shut_down(house)
    house.console("bedroom").power = power
    await house.clock.pass_by(15)
    assert "cannot_wake" not in _issues(house.hass)


async def test_fixing_a_console_that_cannot_be_woken(
    house: House, loaded: MockConfigEntry
) -> None:
    """The dialog looks at once."""
    await _shut_down(house)
    form = await _submit(house, await _begin_fix(house, "cannot_wake"))
    assert form["errors"] == {"base": "unchanged"}
    house.console("bedroom").power = PowerState.ON
    done = await _submit(house, form)
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert "cannot_wake" not in _issues(house.hass)


async def test_a_sleeping_console_that_is_lost_for_a_moment_is_no_issue(
    house: House, loaded: MockConfigEntry
) -> None:
    """It sleeps as it should; that it could not be reached is said by the error."""
    house.fail(kind="xccs", path="/commands")
    with pytest.raises(HomeAssistantError):
        await house.act("media_player.turn_on", BEDROOM)
    assert "cannot_wake" not in _issues(house.hass)


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
        for key, issue in _issues(hass).items()
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

    await house.clock.pass_by(30 * 60)
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
    await house.clock.pass_by(30 * 60)
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


async def test_no_issue_flaps(house: House, loaded: MockConfigEntry) -> None:
    """While nothing changes, nothing is said again."""
    await _shut_down(house)
    events: list[Event[Any]] = async_capture_events(
        house.hass, ir.EVENT_REPAIRS_ISSUE_REGISTRY_UPDATED
    )
    await house.clock.pass_by(1800)
    assert events == []


async def test_a_disabled_account_has_no_issues(
    house: House, loaded: MockConfigEntry
) -> None:
    """Nor has one that is removed; one that is merely reloaded keeps what the user ignored."""
    issue = _issues(house.hass)["remote_features_off"]
    ir.async_ignore_issue(house.hass, DOMAIN, issue.issue_id, True)
    await house.unload(loaded)
    assert await house.set_up(loaded)
    assert _issues(house.hass)["remote_features_off"].dismissed_version is not None
    await house.clock.result(
        house.hass.config_entries.async_set_disabled_by(
            loaded.entry_id, ConfigEntryDisabler.USER
        ),
        within=10,
    )
    assert not _issues(house.hass)
