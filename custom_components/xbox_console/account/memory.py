"""What was last known of the consoles, so that a start needs nobody to answer."""

from collections.abc import Iterable, Mapping
from typing import TypedDict

from homeassistant.core import HomeAssistant

from ..xboxlive.model import Json, Model
from ..xboxlive.packing import packed, unpacked
from ..xboxlive.services.consoles import Console, InstalledApp
from .notebook import Notebook

_SAVE_DELAY = 30.0

type Words = tuple[str, str | None]
"""Name and picture of a product."""


class _Consoles(TypedDict):
    """What changes often, and is small."""

    consoles: dict[str, dict[str, Json]] | None
    pins: list[str]


class _Library(TypedDict):
    """What is large, and changes rarely."""

    installed: dict[str, Json]
    products: dict[str, Words]


def _of(kind: type, kept: Mapping[str, object]) -> dict[str, object]:
    """What of a file belongs to one kind."""
    return {key: kept[key] for key in kind.__annotations__ if key in kept}


class Memory:
    """The last answers of the network about consoles, as they came."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Prepare the files of an entry."""
        self._remembered = _Consoles(consoles=None, pins=[])
        self._installed: dict[str, bytes] = {}
        """Packed, because it is large, and read only when something has changed."""
        self._products: dict[str, Words] = {}
        self._consoles_file = Notebook(
            hass, entry_id, "consoles", lambda: self._remembered, _SAVE_DELAY
        )
        self._library_file = Notebook(
            hass, entry_id, "library", self._library, _SAVE_DELAY
        )

    async def load(self) -> None:
        """Read what an earlier run left."""
        remembered: Mapping[str, object] = await self._consoles_file.load() or {}
        # Version 0.1.0 kept everything in one file.
        library: Mapping[str, object] = await self._library_file.load() or remembered
        self._remembered = {**self._remembered, **_of(_Consoles, remembered)}  # type: ignore[typeddict-item]  # its own keys
        kept: _Library = {"installed": {}, "products": {}, **_of(_Library, library)}  # type: ignore[typeddict-item]  # its own keys
        self._installed = {key: packed(apps) for key, apps in kept["installed"].items()}
        self._products = kept["products"]

    def _library(self) -> _Library:
        """What is written of what is large."""
        installed = {key: unpacked(apps) for key, apps in self._installed.items()}
        return _Library(installed=installed, products=self._products)

    @property
    def listed(self) -> bool:
        """Whether the list was ever read: it may have been empty."""
        return self._remembered["consoles"] is not None

    @property
    def consoles(self) -> dict[str, Console]:
        """The list by console id."""
        return {
            console_id: Console.model_validate(raw)
            for console_id, raw in (self._remembered["consoles"] or {}).items()
        }

    def installed(self, console_id: str) -> tuple[InstalledApp, ...]:
        """What was installed on a console."""
        apps = self._installed.get(console_id)
        return InstalledApp.model_validate_list(unpacked(apps)) if apps else ()

    @property
    def products(self) -> Mapping[str, Words]:
        """Name and picture of products by their Store ids."""
        return self._products

    @property
    def pins(self) -> tuple[str, ...]:
        """What was pinned: product ids or package family names, in order."""
        return tuple(self._remembered["pins"])

    def remember_consoles(self, consoles: Iterable[Console]) -> None:
        """Keep the list."""
        raw = {console.id: console.raw() for console in consoles}
        if self._remembered["consoles"] != raw:
            self._remembered["consoles"] = raw
            self._consoles_file.changed()

    def remember_installed(self, console_id: str, installed: Iterable[Model]) -> None:
        """Keep what is installed on a console."""
        apps = packed([app.raw() for app in installed])
        if self._installed.get(console_id) != apps:
            self._installed[console_id] = apps
            self._library_file.changed()

    def remember_products(self, products: Mapping[str, Words]) -> None:
        """Keep name and picture of products."""
        self._products.update(products)
        self._library_file.changed()

    def remember_pins(self, pins: Iterable[str]) -> None:
        """Keep what is pinned."""
        pinned = list(pins)
        if self._remembered["pins"] != pinned:
            self._remembered["pins"] = pinned
            self._consoles_file.changed()

    async def close(self) -> None:
        """Write what is not written yet, and nothing after that."""
        await self._consoles_file.close()
        await self._library_file.close()

    async def remove(self) -> None:
        """Forget everything."""
        await self._consoles_file.remove()
        await self._library_file.remove()
