"""Repairs that are open."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir

from custom_components.xbox_console.const import DOMAIN


def issues(hass: HomeAssistant) -> dict[str, ir.IssueEntry]:
    """The open issues by key; there is none twice."""
    active = [
        issue
        for (domain, _), issue in ir.async_get(hass).issues.items()
        if domain == DOMAIN and issue.active
    ]
    by_key = {str(issue.translation_key): issue for issue in active}
    assert len(by_key) == len(active)
    return by_key
