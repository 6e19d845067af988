"""The card that a console in the house is offered with, and the option."""

import asyncio
import errno
import logging
from typing import Any

from homeassistant.config_entries import SOURCE_DHCP, SOURCE_IGNORE, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.const import DOMAIN
from custom_components.xbox_console.system_health import _info
from tests.integration.house import House
from tests.integration.lan.conftest import BEDROOM, Home
from tests.integration.sign_in_flow import SignInFlow

MINUTE = 60
FOUND = DhcpServiceInfo(ip="192.168.7.20", hostname="xbox", macaddress="949aa9000102")
OTHER = DhcpServiceInfo(
    ip="192.168.7.21", hostname="xboxone", macaddress="949aa9000103"
)


async def _discover(hass: HomeAssistant, found: DhcpServiceInfo = FOUND) -> Any:
    return await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_DHCP}, data=found
    )


async def test_a_console_in_the_house_leads_to_the_sign_in(
    hass: HomeAssistant, house: House
) -> None:
    """The card is titled with what was found; one button later it is the sign-in as ever."""
    page = await _discover(hass)
    assert (page["type"], page["step_id"]) == (FlowResultType.FORM, "discovery_confirm")
    [card] = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert card["context"]["title_placeholders"] == {
        "name": "xbox",
        "address": "192.168.7.20",
    }
    flow = await SignInFlow(house, page).submit()
    assert flow.page["type"] is FlowResultType.MENU
    await (await flow.choose("device_code")).enter_code()
    [entry] = hass.config_entries.async_entries(DOMAIN)
    assert entry.state is ConfigEntryState.LOADED
    assert entry.title == "QuietHarbor77"
    assert (await _discover(hass, OTHER))["reason"] == "already_configured"


async def test_there_is_one_card_for_the_house(
    hass: HomeAssistant, house: House
) -> None:
    """However many consoles stand in it."""
    await _discover(hass)
    page = await _discover(hass, OTHER)
    assert (page["type"], page["reason"]) == (
        FlowResultType.ABORT,
        "already_in_progress",
    )


async def test_an_ignored_card_is_in_nobodys_way(
    hass: HomeAssistant, home: Home, entry: MockConfigEntry
) -> None:
    """It is an entry that was never loaded; everything else works beside it, and no card comes again."""
    hass.config_entries.async_update_entry(entry)
    ignored = MockConfigEntry(
        domain=DOMAIN, source=SOURCE_IGNORE, unique_id="discovery", data={}
    )
    ignored.add_to_hass(hass)
    assert await home.house.set_up(entry)
    await home.house.act("media_player.turn_on", BEDROOM)
    assert home.house.shows(BEDROOM) == "on"
    assert (await _discover(hass))["reason"] == "already_configured"
    assert await home.house.unload(entry)


async def _option(home: Home, entry: MockConfigEntry) -> Any:
    flows = home.house.hass.config_entries.options
    page = await flows.async_init(entry.entry_id)
    return await flows.async_configure(
        page["flow_id"], {"next_step_id": "local_network"}
    )


async def test_the_option_shows_what_was_found(
    home: Home, bedroom_only: MockConfigEntry
) -> None:
    """Nothing at first; then the console, where it is, and since when it answers."""
    page = await _option(home, bedroom_only)
    assert page["description_placeholders"]["found"] == "–"
    home.start_by_hand()
    await home.house.clock.pass_by(11 * MINUTE)
    page = await _option(home, bedroom_only)
    found = page["description_placeholders"]["found"]
    assert found.startswith("- Bedroom: 127.0.0.3 ✓ 2026-11-06")
    home.stop_by_hand()
    await home.house.clock.pass_by(3 * MINUTE)
    page = await _option(home, bedroom_only)
    assert page["description_placeholders"]["found"] == "- Bedroom: 127.0.0.3"


async def test_health_tells_of_it(
    home: Home, bedroom_only: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How many were found, answer and are relied on; not which, and not where."""

    async def told() -> str:
        line: str = (await _info(home.house.hass))["local_network"]
        return line

    assert await told() == "0 of 1 found, 0 answer, 0 relied on"
    await home.grow_reliable()
    assert await told() == "1 of 1 found, 0 answer, 1 relied on"
    home.start_by_hand()
    await home.house.clock.pass_by(MINUTE)
    assert await told() == "1 of 1 found, 1 answer, 1 relied on"

    async def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "refused")

    monkeypatch.setattr(home.house.hass.loop, "create_datagram_endpoint", refuse)
    await home.house.clock.pass_by(MINUTE)
    assert (await told()).endswith(", cannot be asked")


async def test_off_means_not_one_packet(home: Home, reliable: MockConfigEntry) -> None:
    """Neither questions nor wakes; a change at the console is seen as without the local network."""
    page = await _option(home, reliable)
    await home.house.clock.result(
        home.house.hass.config_entries.options.async_configure(
            page["flow_id"], {"local_network": False}
        ),
        within=10,
    )
    await home.house.clock.pass_by(5)
    home.segment.heard.clear()
    home.start_by_hand()
    await home.house.clock.pass_by(13)
    assert home.house.shows(BEDROOM) == "on"
    home.stop_by_hand()
    await home.house.clock.pass_by(20 * MINUTE)
    home.house.fail(kind="xccs", path="/commands", word="ErrorWNSTempDisconnected")
    task = home.house.begin("media_player.turn_on", BEDROOM)
    await home.house.clock.pass_by(MINUTE)
    assert task.exception() is not None
    assert not home.segment.heard
    assert (await _info(home.house.hass))["local_network"] == "off"


async def test_beside_a_simulator_without_one_there_is_no_local_network(
    house: House, entry: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody who tries it out sends anything to the real one."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(house.hass.loop, "create_datagram_endpoint", refuse)
    assert await house.set_up(entry)
    await house.act("media_player.turn_on", BEDROOM)
    await house.clock.pass_by(8 * MINUTE)
    assert house.shows(BEDROOM) == "on"


@pytest.mark.parametrize(
    "address", ["192.168.1.5:5050", "127.0.0.1", "127.0.0.1:0", "here:5050", "::1:5050"]
)
async def test_a_simulated_network_has_to_be_on_this_machine(
    house: House,
    entry: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
) -> None:
    """Anything else is refused, with a reason."""
    monkeypatch.setenv("XBOX_CONSOLE_SIMULATOR_LAN", address)
    assert not await house.set_up(entry)
    assert entry.state is ConfigEntryState.SETUP_ERROR
    assert "XBOX_CONSOLE_SIMULATOR_LAN" in (entry.reason or "")


@pytest.mark.parametrize(
    "number", [errno.ENETUNREACH, errno.EPERM, errno.EADDRNOTAVAIL]
)
async def test_without_a_socket_everything_goes_on(
    home: Home,
    reliable: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    number: int,
) -> None:
    """The network is asked as often as ever, and the log says so once."""
    caplog.set_level(logging.INFO, "custom_components.xbox_console")

    async def refuse(*_: object, **__: object) -> None:
        raise OSError(number, "refused")

    monkeypatch.setattr(home.house.hass.loop, "create_datagram_endpoint", refuse)
    await home.house.clock.pass_by(10)
    home.start_by_hand()
    await home.house.clock.pass_by(13)
    assert home.house.shows(BEDROOM) == "on"
    await home.house.clock.pass_by(20 * MINUTE)
    assert caplog.text.count("The local network cannot be used") == 1


@pytest.mark.parametrize(
    ("number", "said"), [(errno.EHOSTUNREACH, 0), (errno.ENETUNREACH, 1)]
)
async def test_that_nobody_is_there_is_no_error(
    home: Home,
    reliable: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    number: int,
    said: int,
) -> None:
    """A console that sleeps does not even answer to its address: that is silence, and is not logged."""
    caplog.set_level(logging.INFO, "custom_components.xbox_console")
    transport = asyncio.selector_events._SelectorDatagramTransport  # type: ignore[attr-defined]  # noqa: SLF001

    def unreachable(self: Any, *_: object) -> None:
        self._protocol.error_received(OSError(number, "unreachable"))

    with monkeypatch.context() as patched:
        patched.setattr(transport, "sendto", unreachable)
        await home.house.clock.pass_by(2 * MINUTE)
        home.house.forget_requests()
        await home.house.clock.pass_by(10 * MINUTE)
        quiet = len(home.house.requests()) <= 4
    assert quiet is (said == 0)
    assert caplog.text.count("The local network cannot be used") == said
