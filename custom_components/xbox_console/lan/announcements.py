"""What Home Assistant hears consoles announce: their media renderer comes and goes with them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

if TYPE_CHECKING:
    from homeassistant.components.ssdp import SsdpChange
    from homeassistant.helpers.service_info.ssdp import SsdpServiceInfo

type Announced = Callable[[bool], None]
"""Takes whether something was announced (or takes its leave)."""


class Announcements:
    """Listens to one address, which costs no packet of ours."""

    def __init__(self, hass: HomeAssistant, announced: Announced) -> None:
        """Listen to nobody yet."""
        self._hass = hass
        self._announced = announced
        self._address: str | None = None
        self._stop: CALLBACK_TYPE | None = None
        self._replayed = False

    async def listen_to(self, address: str | None) -> None:
        """Listen to an address, in place of any other."""
        if address == self._address or "ssdp" not in self._hass.config.components:
            return
        self.close()
        self._address = address
        if address is None:
            return
        # What it needs is only there if Home Assistant has loaded it.
        from homeassistant.components import ssdp  # noqa: PLC0415

        self._replayed = False
        self._stop = await ssdp.async_register_callback(
            self._hass, self._heard, {"_host": address}
        )
        # What came until now was heard long ago, and is told again.
        self._replayed = True

    @callback
    def _heard(self, _: SsdpServiceInfo, change: SsdpChange) -> None:
        if self._replayed:
            self._announced(change.name != "BYEBYE")

    @callback
    def close(self) -> None:
        """Listen no more."""
        if self._stop is not None:
            self._stop()
        self._stop, self._address = None, None
