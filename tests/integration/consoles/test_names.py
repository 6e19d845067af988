"""What is called in an odd way, or not at all, has a name all the same."""

from typing import Any

from homeassistant.helpers import device_registry as dr
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.const import DOMAIN
from simulator.consoles import answers
from simulator.demo.consoles import ONE_X_ID
from tests.integration.house import House


def _device(house: House, entry: MockConfigEntry) -> dr.DeviceEntry:
    device = dr.async_get(house.hass).async_get_device_by_identifier(
        (DOMAIN, ONE_X_ID), entry.entry_id
    )
    assert device is not None
    return device


@pytest.mark.parametrize("name", [None, "", "  "])
@pytest.mark.parametrize(
    ("kind", "called"),
    [("XboxOneX", "Xbox One X"), ("Unknown", "Xbox"), ("", "Xbox"), (None, "Xbox")],
)
async def test_a_console_without_a_name(
    house: House,
    entry: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
    name: str | None,
    kind: str | None,
    called: str,
) -> None:
    """Case E1: it is called by its model, or simply Xbox."""
    bedroom = house.console("bedroom")
    monkeypatch.setattr(bedroom, "name", name)
    monkeypatch.setattr(bedroom, "type", kind)
    assert await house.set_up(entry)
    assert _device(house, entry).name == called
    player = f"media_player.{called.casefold().replace(' ', '_')}"
    assert house.state(player).attributes["friendly_name"] == called


async def test_a_name_that_is_missing_for_once(
    house: House, loaded: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case E1: the device keeps the one that it had."""
    body = answers.device_body

    def nameless(*args: Any, **options: Any) -> dict[str, object]:
        return body(*args, **options) | {"name": None}

    monkeypatch.setattr(answers, "device_body", nameless)
    await house.clock.pass_by(30)
    assert _device(house, loaded).name == "Bedroom"
