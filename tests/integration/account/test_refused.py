"""An account that may no longer sign in: its user hears why, and nobody is asked in vain."""

from collections.abc import Mapping
from typing import Any

from homeassistant.components.repairs import DOMAIN as REPAIRS, repairs_flow_manager
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import EVENT_HOMEASSISTANT_STARTED
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.const import DOMAIN
from tests.integration.house import House
from tests.integration.translations import _texts

BEDROOM = "media_player.bedroom"
"""It sleeps: nothing of what is known of it grows old in a day."""
MINUTE, HOUR = 60, 3600
TERMS, BANNED, AGE, CHILD, NEW = (
    2148916234,
    2148916227,
    2148916236,
    2148916238,
    2148916999,
)


@pytest.fixture(autouse=True)
async def repairs(house: House) -> None:
    """Load what shows issues."""
    house.hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    assert await house.clock.result(
        async_setup_component(house.hass, REPAIRS, {}), within=5
    )


def _issue(hass: HomeAssistant) -> ir.IssueEntry | None:
    return next(
        (
            issue
            for (domain, _), issue in ir.async_get(hass).issues.items()
            if domain == DOMAIN and issue.translation_key == "sign_in_refused"
        ),
        None,
    )


def _tries(house: House) -> int:
    return sum(
        request.host == "xsts.auth.xboxlive.com"
        for request in house.simulator.world.requests
    )


async def _refuse(house: House, xerr: int) -> None:
    """Let the account be refused from now on, and its services notice."""
    _grow_old(house, xerr)
    await house.clock.pass_by(7 * MINUTE)


def _grow_old(house: House, xerr: int) -> None:
    """Let the sign-in be due for a renewal, which the account is refused."""
    house.simulator.world.accounts["parent"].refusal = xerr
    house.simulator.world.tokens.expire("xsts")
    house.clock.skip(17 * HOUR)
    house.forget_requests()


@pytest.mark.parametrize(
    ("xerr", "key", "page"),
    [
        (TERMS, "terms_of_use_not_accepted", None),
        (BANNED, "enforcement_ban", "enforcement"),
        (AGE, "age_verification_required", None),
        (CHILD, "child_not_in_family", "AddChildToFamily"),
        (NEW, "refused", None),
    ],
)
async def test_the_user_is_told_why(
    hass: HomeAssistant,
    house: House,
    loaded: MockConfigEntry,
    xerr: int,
    key: str,
    page: str | None,
) -> None:
    """Case W8: in the words of the sign-in, with its link; the sign-in is tried once."""
    await _refuse(house, xerr)
    assert loaded.state is ConfigEntryState.LOADED
    assert house.shows(BEDROOM) == "unavailable"
    issue = _issue(hass)
    assert issue is not None
    assert issue.is_fixable
    words = issue.translation_placeholders or {}
    assert words["account"] == "QuietHarbor77"
    told = _texts()["exceptions"][key]["message"]
    assert words["problem"].startswith(told.partition("{")[0])
    assert "{" not in words["problem"]
    assert (issue.learn_more_url or "").endswith(page or "")
    assert page is None or page in words["problem"]
    assert _tries(house) == 1
    assert not hass.config_entries.flow.async_progress_by_handler(DOMAIN)


async def test_the_sign_in_is_tried_every_few_hours(
    hass: HomeAssistant, house: House, loaded: MockConfigEntry
) -> None:
    """Case W8: not every few minutes; and when it works again, all is as it was."""
    await _refuse(house, TERMS)
    tries: list[float] = []
    for _ in range(24):
        house.clock.skip(HOUR / 2)
        before = _tries(house)
        await house.clock.pass_by(6 * MINUTE)
        tries += [house.clock.now] * (_tries(house) - before)
        assert _issue(hass) is not None
    assert 3 <= len(tries) <= 6
    house.simulator.world.accounts["parent"].refusal = None
    house.clock.skip(6 * HOUR)
    await house.clock.pass_by(6 * MINUTE)
    assert _issue(hass) is None
    assert house.shows(BEDROOM) == "off"


async def _press_fix(house: House) -> Mapping[str, Any]:
    issue, manager = _issue(house.hass), repairs_flow_manager(house.hass)
    assert issue is not None
    assert manager is not None
    page: Mapping[str, Any] = await house.clock.result(
        manager.async_init(DOMAIN, context={"issue_id": issue.issue_id}), within=5
    )
    return page


async def _submit(house: House, page: Mapping[str, Any]) -> Mapping[str, Any]:
    manager = repairs_flow_manager(house.hass)
    assert manager is not None
    page = await house.clock.result(
        manager.async_configure(page["flow_id"], {}), within=20
    )
    await house.clock.settle()
    return page


async def test_the_user_has_done_it(
    hass: HomeAssistant, house: House, loaded: MockConfigEntry
) -> None:
    """Case W8: the dialog tries at once, and stays until the account may sign in."""
    await _refuse(house, TERMS)
    page = await _press_fix(house)
    assert "accept them" in page["description_placeholders"]["problem"]
    page = await _submit(house, page)
    assert page["errors"] == {"base": "unchanged"}
    fault = house.fail(kind="outage")
    page = await _submit(house, page)
    assert page["errors"] == {"base": "not_checked"}
    await house.clock.pass_by(2 * MINUTE)
    assert _issue(hass) is not None
    house.simulator.world.faults.remove(fault.id)
    house.simulator.world.accounts["parent"].refusal = None
    page = await _submit(house, page)
    assert page["type"] == "create_entry"
    assert _issue(hass) is None
    await house.clock.pass_by(5)
    assert house.shows(BEDROOM) == "off"


async def test_an_account_that_went_meanwhile(
    house: House, loaded: MockConfigEntry
) -> None:
    """The dialog ends in words."""
    await _refuse(house, BANNED)
    page = await _press_fix(house)
    await house.unload(loaded)
    page = await _submit(house, page)
    assert page["reason"] == "account_gone"


async def test_refused_at_a_start(
    hass: HomeAssistant, house: House, loaded: MockConfigEntry
) -> None:
    """Case W8: a restart asks once more, and says it again."""
    assert await house.unload(loaded)
    _grow_old(house, TERMS)
    assert await house.set_up(loaded)
    await house.clock.pass_by(30 * MINUTE)
    assert _issue(hass) is not None
    assert _tries(house) == 1


async def test_refused_at_the_very_first_start(
    hass: HomeAssistant, house: House, entry: MockConfigEntry
) -> None:
    """Case W8: Home Assistant does not set up, and sign in, again every minute."""
    _grow_old(house, TERMS)
    assert await house.set_up(entry)
    await house.clock.pass_by(30 * MINUTE)
    assert _issue(hass) is not None
    assert _tries(house) == 1
    house.simulator.world.accounts["parent"].refusal = None
    await house.clock.pass_by(HOUR)
    assert house.shows(BEDROOM) == "off"
    assert _issue(hass) is None
