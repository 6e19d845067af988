"""What was last known of the consoles, so that a start needs nobody to answer."""

from collections.abc import Iterable, Mapping
from typing import TypedDict

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store

from ..const import DOMAIN
from ..xboxlive.model import Json, Model
from ..xboxlive.services.consoles import Console, ConsoleStatus, InstalledApp

_STORAGE_VERSION = 1
_SAVE_DELAY = 30.0


class _Remembered(TypedDict):
    consoles: dict[str, dict[str, Json]]
    statuses: dict[str, dict[str, Json]]
    installed: dict[str, list[dict[str, Json]]]
    products: dict[str, tuple[str, str | None]]
    pins: list[str]


class Memory:
    """The last answers of the network about consoles, as they came."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Prepare the file of an entry."""
        self._store = Store[_Remembered](
            hass, _STORAGE_VERSION, f"{DOMAIN}.{entry_id}.consoles", private=True
        )
        self._remembered = _Remembered(
            consoles={}, statuses={}, installed={}, products={}, pins=[]
        )

    async def load(self) -> None:
        """Read what an earlier run left."""
        if remembered := await self._store.async_load():
            self._remembered = {**self._remembered, **remembered}

    @property
    def consoles(self) -> dict[str, Console]:
        """The list by console id."""
        return {
            console_id: Console.model_validate(raw)
            for console_id, raw in self._remembered["consoles"].items()
        }

    def status(self, console_id: str) -> ConsoleStatus:
        """What a console did; an empty status if that is not known."""
        return ConsoleStatus.model_validate(
            self._remembered["statuses"].get(console_id, {})
        )

    def installed(self, console_id: str) -> tuple[InstalledApp, ...]:
        """What was installed on a console."""
        raw = self._remembered["installed"].get(console_id, [])
        return tuple(InstalledApp.model_validate(app) for app in raw)

    @property
    def products(self) -> Mapping[str, tuple[str, str | None]]:
        """Name and picture of products by their Store ids."""
        return self._remembered["products"]

    @property
    def pins(self) -> tuple[str, ...]:
        """What was pinned: product ids or package family names, in order."""
        return tuple(self._remembered["pins"])

    def remember_consoles(self, consoles: Iterable[Console]) -> None:
        """Keep the list."""
        self._remembered["consoles"] = {
            console.id: console.raw() for console in consoles
        }
        self._save()

    def remember_status(self, console_id: str, status: ConsoleStatus) -> None:
        """Keep what a console does."""
        raw = status.raw()
        if self._remembered["statuses"].get(console_id) != raw:
            self._remembered["statuses"][console_id] = raw
            self._save()

    def remember_installed(self, console_id: str, installed: Iterable[Model]) -> None:
        """Keep what is installed on a console."""
        self._remembered["installed"][console_id] = [app.raw() for app in installed]
        self._save()

    def remember_product(self, product_id: str, words: tuple[str, str | None]) -> None:
        """Keep name and picture of a product."""
        self._remembered["products"][product_id] = words
        self._save()

    def remember_pins(self, pins: Iterable[str]) -> None:
        """Keep what is pinned."""
        self._remembered["pins"] = list(pins)
        self._save()

    def _save(self) -> None:
        self._store.async_delay_save(lambda: self._remembered, _SAVE_DELAY)

    async def flush(self) -> None:
        """Write now: whoever loads next must find it."""
        await self._store.async_save(self._remembered)

    async def remove(self) -> None:
        """Forget everything."""
        await self._store.async_remove()
