"""Automations as users write them, and what they do."""

from collections.abc import Mapping
from typing import Any

from homeassistant.core import Event, callback
from homeassistant.setup import async_setup_component

from tests.integration.house import House

FIRED = "automation_ran"


async def automate(
    house: House,
    trigger: str,
    options: dict[str, Any] | None = None,
    **target: Any,
) -> list[Event[Mapping[str, Any]]]:
    """Set up an automation with one trigger of ours; the list fills with what it does."""
    ran: list[Event[Mapping[str, Any]]] = []

    @callback
    def note(event: Event[Mapping[str, Any]]) -> None:
        ran.append(event)

    house.hass.bus.async_listen(FIRED, note)
    told = {
        "entity": "{{ trigger.entity_id }}",
        "game": "{{ trigger.to_state.attributes.game | default(none) }}",
        "before": "{{ trigger.from_state.attributes.game | default(none) }}",
        "title": "{{ trigger.to_state.attributes.media_title | default(none) }}",
        "achievement": "{{ trigger.to_state.attributes.name | default(none) }}",
    }
    automation = {
        "alias": "Ours",
        "triggers": [
            {
                "trigger": f"xbox_console.{trigger}",
                "target": target,
                "options": options or {},
            }
        ],
        "actions": [{"event": FIRED, "event_data": told}],
    }
    assert await async_setup_component(
        house.hass, "automation", {"automation": automation}
    )
    await house.clock.settle()
    state = house.state("automation.ours")
    assert state.state == "on", state
    return ran
