"""That what Home Assistant will not take for ever is noticed."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers.frame import ReportBehavior, report_usage
from pytest_homeassistant_custom_component.common import MockConfigEntry


async def test_what_will_be_refused_is_noticed(
    hass: HomeAssistant, loaded: MockConfigEntry, deprecations: list[str]
) -> None:
    """Home Assistant's own words for it are understood; every other test would fail by them."""
    report_usage(
        "does something that goes away",
        integration_domain=loaded.domain,
        custom_integration_behavior=ReportBehavior.LOG,
    )
    (said,) = deprecations
    assert "does something that goes away" in said
    deprecations.clear()
