"""Where packets for the local network go: to every network that Home Assistant uses, or to a simulator."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from ipaddress import IPv4Address, ip_interface
import os
from typing import override

from homeassistant.components import network
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from ..account.account import SIMULATOR, BadSimulatorAddress
from ..const import DOMAIN
from .packets import PORT

SIMULATOR_LAN = "XBOX_CONSOLE_SIMULATOR_LAN"
_BROADCAST = "255.255.255.255"
_MULTICAST = "239.255.255.250"

type Routes = Mapping[str, tuple[str, ...]]
"""Where to, by the address of ours that it is sent from."""


class Target(ABC):
    """Where packets go, and from whom answers are taken."""

    port = PORT

    @abstractmethod
    async def everybody(self) -> Routes:
        """The ways to all who are there. Raises OSError."""

    @abstractmethod
    async def to(self, address: str) -> Routes:
        """The way to one of them. Raises OSError."""

    @property
    def groups(self) -> tuple[str, ...]:
        """Where one who sleeps may listen besides."""
        return ()

    @abstractmethod
    def is_near(self, address: str) -> bool:
        """Whether somebody with that address can be in the local network."""


class LocalTarget(Target):
    """The networks that Home Assistant is set to use."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Ask Home Assistant for its adapters when it is time."""
        self._hass = hass

    @override
    async def everybody(self) -> Routes:
        addresses = [
            ip_interface(f"{address['address']}/{address['network_prefix']}")
            for adapter in await network.async_get_adapters(self._hass)
            if adapter["enabled"]
            for address in adapter["ipv4"]
        ]
        return {
            str(one.ip): (_BROADCAST, str(one.network.broadcast_address))
            for one in addresses
            if not one.is_loopback
        }

    @override
    async def to(self, address: str) -> Routes:
        try:
            source = await network.async_get_source_ip(self._hass, address)
        except HomeAssistantError as error:
            raise OSError(str(error)) from error
        return {source: (address,)}

    @property
    @override
    def groups(self) -> tuple[str, ...]:
        return (_MULTICAST,)

    @override
    def is_near(self, address: str) -> bool:
        known = IPv4Address(address)
        return (known.is_private or known.is_link_local) and not known.is_loopback


class SimulatedTarget(Target):
    """One address of this machine, which takes what would go to all; consoles have those next to it."""

    def __init__(self, address: str, port: int) -> None:
        """Send there."""
        self._address, self.port = address, port

    @override
    async def everybody(self) -> Routes:
        return {self._address: (self._address,)}

    @override
    async def to(self, address: str) -> Routes:
        return {self._address: (address,)}

    @override
    def is_near(self, address: str) -> bool:
        return IPv4Address(address).is_loopback


def target(hass: HomeAssistant) -> Target | None:
    """Where the local network is; None if there is none, as beside a simulator that has none.

    Raises BadSimulatorAddress for an address that is malformed or not on this machine.
    """
    if address := os.environ.get(SIMULATOR_LAN):
        return _simulated(address)
    return None if os.environ.get(SIMULATOR) else LocalTarget(hass)


def _simulated(address: str) -> SimulatedTarget:
    host, _, port = address.rpartition(":")
    try:
        if not IPv4Address(host).is_loopback or not 0 < int(port) < 1 << 16:
            raise ValueError("not a loopback address such as 127.0.0.1:5050")  # noqa: TRY301 - one way out
    except ValueError as error:
        raise BadSimulatorAddress(
            translation_domain=DOMAIN,
            translation_key="bad_simulator_address",
            translation_placeholders={"variable": SIMULATOR_LAN, "reason": str(error)},
        ) from error
    return SimulatedTarget(host, int(port))
