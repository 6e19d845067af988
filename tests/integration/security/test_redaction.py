"""What is secret is told to nobody: not by a log at debug level, not by an event, not by a state."""

from collections.abc import AsyncIterator
import json
import logging
from pathlib import Path
from typing import Any

from homeassistant.const import EVENT_STATE_CHANGED, MATCH_ALL
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.const import DOMAIN
from simulator.lan.wire import Wire
from tests.integration.captures.recorder import CLIPS
from tests.integration.following import Following
from tests.integration.house import House
from tests.integration.sign_in_flow import SignInFlow

_PREFIXES = ("custom_components", "homeassistant", "aiohttp")
_LOGGERS_OF_THE_HOUSE = {"homeassistant.core", "homeassistant.config_entries"}
"""They tell what a config entry or a state holds, and are Home Assistant's own."""


def _secrets(house: House) -> set[str]:
    """Tokens, codes, console ids, XUIDs, addresses."""
    world = house.simulator.world
    return {
        *world.tokens.secrets,
        *world.consoles,
        *(account.xuid for account in world.accounts.values()),
        *(person.xuid for person in world.people.values()),
        *(account.email for account in world.accounts.values()),
    }


def _logged(caplog: pytest.LogCaptureFixture) -> str:
    """What was logged by whatever runs in this house."""
    lines = [
        caplog.handler.format(record)
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.name.startswith(_PREFIXES)
        and record.name not in _LOGGERS_OF_THE_HOUSE
        and "pytest" not in record.name
    ]
    return "\n".join(lines)


def _told(secrets: set[str], text: str) -> set[str]:
    return {secret for secret in secrets if secret in text}


async def _brought(house: House) -> Any:
    """What came home of the captures."""
    action = house.hass.services.async_call(
        DOMAIN, "download_captures", {}, blocking=True, return_response=True
    )
    return await house.clock.result(action, within=600)


async def test_a_sign_in(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """Neither the code that is shown, nor what it is exchanged for."""
    caplog.set_level(logging.DEBUG)
    await (await SignInFlow(house).start()).enter_code()
    assert house.hass.config_entries.async_entries(DOMAIN)
    text = _logged(caplog)
    assert "xbox_console" in text
    assert _told(_secrets(house), text) == set()


@pytest.fixture
async def wire(house: House, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Wire]:
    """The local network of the consoles."""
    wire = Wire(house.simulator.world)
    await wire.open()
    monkeypatch.setenv("XBOX_CONSOLE_SIMULATOR_LAN", "{}:{}".format(*wire.address))
    yield wire
    wire.close()


@pytest.fixture
def told(hass: HomeAssistant) -> list[str]:
    """States as they change, and events of ours."""
    told: list[str] = []

    @callback
    def listen(event: Event) -> None:
        if event.event_type == EVENT_STATE_CHANGED or DOMAIN in str(event.event_type):
            told.append(json.dumps(event.as_dict(), default=str))

    hass.bus.async_listen(MATCH_ALL, listen)
    return told


@pytest.mark.usefixtures("wire")
async def test_a_day_with_everything(
    house: House,
    told: list[str],
    entry: MockConfigEntry,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Push, the local network, a wake, captures that are brought home, and errors on the way."""
    caplog.set_level(logging.DEBUG)
    hass, world = house.hass, house.simulator.world
    (tmp_path / "media").mkdir()
    hass.config.media_dirs = {"local": str(tmp_path / "media")}
    assert await async_setup_component(hass, "media_source", {})
    del world.captures[3:]
    assert await house.set_up(entry)
    following = Following(house, entry)
    await following.follow("mika")
    following.do("mika", "play", title="nebula")
    world.publish()
    await house.clock.pass_by(70)
    await house.act("media_player.turn_on", "media_player.bedroom")
    house.fail(kind="html", host="mediahub.xboxlive.com", times=1)
    with pytest.raises(HomeAssistantError):
        await _brought(house)
    await house.clock.pass_by(130)
    house.fail(kind="cut", host=CLIPS, times=1)
    assert (await _brought(house))["downloaded"]
    assert world.lan.kinds("probe")
    states = [json.dumps(one.as_dict(), default=str) for one in hass.states.async_all()]
    assert told
    for text in (_logged(caplog), *states, *told):
        assert _told(_secrets(house), text) == set()
