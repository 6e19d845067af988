"""What Home Assistant hears for us: media renderers that come and go, and who has which address."""

from unittest.mock import patch

from async_upnp_client.ssdp import decode_ssdp_packet
from async_upnp_client.ssdp_listener import SsdpListener
from homeassistant.components.dhcp.models import DATA_DHCP
from homeassistant.components.ssdp import scanner
from homeassistant.config_entries import SOURCE_DHCP
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.const import DOMAIN
from simulator.demo.consoles import ONE_X_ID
from tests.integration.lan.conftest import BEDROOM, Home

MINUTE = 60
MAC = "949aa9000102"
RENDERER = "urn:schemas-upnp-org:device:MediaRenderer:1"
UDN = "uuid:5a3f0c1e-7d28-4b96-8e4d-0c2b6f1a9{:03}"


class Announcer:
    """Packets that Home Assistant's own scanner takes, as if they had come by multicast."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Speak to the scanner that Home Assistant runs."""
        found: scanner.Scanner = hass.data["ssdp"]["scanner"]
        self._scanner = found
        self._listener = SsdpListener(
            callback=found._ssdp_listener_callback,  # noqa: SLF001 - where packets come in
            device_tracker=found._device_tracker,  # noqa: SLF001
        )

    def say(self, what: str, address: str) -> None:
        """Announce a renderer at an address: `alive` or `byebye`."""
        udn = UDN.format(int(address.rpartition(".")[2]))
        lines = [
            "NOTIFY * HTTP/1.1",
            "HOST: 239.255.255.250:1900",
            f"NT: {RENDERER}",
            f"NTS: ssdp:{what}",
            f"USN: {udn}::{RENDERER}",
            # The listener takes no descriptions from this machine.
            f"LOCATION: http://192.168.7.20:2869/upnphost/udhisapi.dll?content={udn}",
            "CACHE-CONTROL: max-age=900",
            "SERVER: Microsoft-Windows/10.0 UPnP/1.0 UPnP-Device-Host/1.0",
        ]
        packet = "\r\n".join([*lines, "", ""]).encode()
        _, headers = decode_ssdp_packet(packet, ("127.0.0.1", 1900), (address, 1900))
        receive = {
            "alive": self._listener._on_alive,  # noqa: SLF001
            "byebye": self._listener._on_byebye,  # noqa: SLF001
        }
        with patch.object(
            self._scanner._description_cache,  # noqa: SLF001
            "peek_description_dict",
            return_value=(True, {"friendlyName": "XBOX"}),
        ):
            receive[what](headers)


@pytest.fixture
async def announcer(hass: HomeAssistant, home: Home) -> Announcer:
    """Home Assistant's scanner, which hears nothing of the machine's own network."""
    with patch.object(scanner, "async_build_source_set", return_value=set()):
        assert await async_setup_component(hass, "ssdp", {})
    return Announcer(hass)


def _reads(home: Home) -> int:
    return len(home.house.requests(f"/consoles/{ONE_X_ID}"))


async def test_alive_and_byebye_make_us_look(
    home: Home, announcer: Announcer, reliable: MockConfigEntry
) -> None:
    """Of the console's own address alone, and only if the network does not say the same already."""
    await home.house.clock.pass_by(2 * MINUTE)
    home.house.forget_requests()
    announcer.say("alive", "127.0.0.77")
    await home.house.clock.settle()
    assert _reads(home) == 0
    home.knobs.answers = False
    home.start_by_hand()
    announcer.say("alive", "127.0.0.3")
    await home.house.clock.pass_by(1)
    assert home.house.shows(BEDROOM) == "on"
    await home.house.clock.pass_by(MINUTE)
    home.stop_by_hand()
    announcer.say("byebye", "127.0.0.3")
    await home.house.clock.pass_by(10)
    assert home.house.shows(BEDROOM) == "off"
    home.house.forget_requests()
    announcer.say("alive", "127.0.0.3")
    announcer.say("byebye", "127.0.0.3")
    await home.house.clock.pass_by(9)
    assert _reads(home) <= 1


async def test_forged_announcements_cost_one_read_in_ten_seconds(
    home: Home, announcer: Announcer, reliable: MockConfigEntry
) -> None:
    """However many there are; nothing is shown that the network did not say."""
    seen = home.house.watch(BEDROOM)
    home.house.forget_requests()
    for _ in range(600):
        announcer.say("alive", "127.0.0.3")
        announcer.say("byebye", "127.0.0.3")
        await home.house.clock.pass_by(0.1)
    assert _reads(home) <= 7
    assert seen == []


async def test_nothing_is_heard_after_unloading(
    home: Home, announcer: Announcer, reliable: MockConfigEntry, hass: HomeAssistant
) -> None:
    """The scanner calls nobody any more."""
    before = len(announcer._scanner._callbacks)  # noqa: SLF001
    assert before == 1
    assert await home.house.unload(reliable)
    assert not announcer._scanner._callbacks  # noqa: SLF001


async def _lease(hass: HomeAssistant, home: Home, address: str) -> FlowResultType:
    """Let Home Assistant tell who has an address."""
    result = await home.house.clock.result(
        hass.config_entries.flow.async_init(
            DOMAIN,
            context={"source": SOURCE_DHCP},
            data=DhcpServiceInfo(ip=address, hostname="xbox", macaddress=MAC),
        ),
        within=1,
    )
    assert result["reason"] == "already_configured"
    return result["type"]


async def test_the_device_gets_its_mac_and_is_followed_when_it_moves(
    hass: HomeAssistant, home: Home, entry: MockConfigEntry
) -> None:
    """From what Home Assistant knows of the address from which the console answered; a lease leads to the next."""
    assert await async_setup_component(hass, "dhcp", {})
    hass.data[DATA_DHCP].address_data[MAC] = {"ip": "127.0.0.3", "hostname": "XBOX"}
    home.house.only("bedroom")
    assert await home.house.set_up(entry)
    await home.grow_reliable()
    device = dr.async_get(hass).async_get_device_by_identifier(
        (DOMAIN, ONE_X_ID), entry.entry_id
    )
    assert device is not None
    assert device.connections == {(dr.CONNECTION_NETWORK_MAC, dr.format_mac(MAC))}
    await home.house.clock.pass_by(2 * MINUTE)
    home.knobs.host = 8
    home.start_by_hand()
    await _lease(hass, home, "127.0.0.9")
    await home.house.clock.pass_by(1)
    assert home.house.shows(BEDROOM) == "on"
    await home.house.clock.pass_by(3 * MINUTE)
    assert home.segment.kinds("probe")[-1].host == 8


async def test_a_lease_of_somebody_else_means_nothing(
    hass: HomeAssistant, home: Home, reliable: MockConfigEntry
) -> None:
    """Nor does one that is not in the local network."""
    home.house.forget_requests()
    home.segment.heard.clear()
    assert await _lease(hass, home, "127.0.0.9") is FlowResultType.ABORT
    await home.house.clock.pass_by(MINUTE)
    assert _reads(home) == 0
    assert {packet.host for packet in home.segment.kinds("probe")} == {2}
