"""What Game Pass gets and loses: its lists, asked twice a day, and what of the installed leaves."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from ..account import polling
from ..account.coordinator import Context, XboxCoordinator
from ..account.notebook import Notebook
from ..const import LOGGER
from ..xboxlive.errors import XboxError
from .game_pass_days import LISTS, Days, KeptDays
from .products import Products

KEYS = ("game_pass", "game_pass_leaving")
"""Keys of the entities that are there only with the option."""
_SAVE_DELAY = 30.0
_PACE = timedelta(seconds=polling.GAME_PASS)
_OLD = _PACE - timedelta(minutes=1)
"""Age at which a list is read: looks come in steps."""

type Installed = Callable[[], Mapping[str, list[str]]]
"""Names of consoles by what is installed there: product ids in capitals."""


class GamePassMemory:
    """The file."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Prepare the file of an entry."""
        self.days = Days()
        self.file = Notebook[KeptDays](
            hass, entry_id, "game_pass", lambda: self.days.kept(), _SAVE_DELAY
        )

    async def load(self) -> None:
        """Read what an earlier run left."""
        self.days = Days.restore(await self.file.load())

    async def remove(self) -> None:
        """Forget everything."""
        await self.file.remove()


@dataclass(frozen=True, slots=True)
class Leaving:
    """Something installed that is about to leave."""

    product_id: str
    game: str
    consoles: tuple[str, ...]


class GamePassCoordinator(XboxCoordinator[None]):
    """Reads the lists; whatever fails, what was seen stays."""

    def __init__(
        self,
        context: Context,
        memory: GamePassMemory,
        products: Products,
        installed: Installed,
    ) -> None:
        """Go on with what is in the file."""
        super().__init__(context, "Game Pass", polling.GAME_PASS)
        self.days = memory.days
        self._file = memory.file
        self._products = products
        self._installed = installed
        self._failed = 0
        self._listeners_of_leaving: list[Callable[[Leaving], None]] = []
        self.config_entry.async_on_unload(
            products.on_change(self.async_update_listeners)
        )

    @callback
    def start(self) -> None:
        """Look now if it is time to; a restart is no reason."""
        self._products.learn(self._known())
        if any(self.days.due(kind, dt_util.utcnow(), _OLD) for kind in LISTS):
            self.background(self.async_refresh())
        else:
            self.set_pace()

    def _known(self) -> set[str]:
        return {one.product_id for one in self.days.sightings}

    @override
    async def _read(self) -> None:
        now = dt_util.utcnow()
        due = [kind for kind in LISTS if self.days.due(kind, now, _OLD)]
        well = await asyncio.gather(*(self._read_list(kind) for kind in due))
        self._failed = 0 if all(well) else self._failed + 1
        self.days.prune(now)
        self._file.changed()
        self._products.learn(self._known())
        await self._tell()

    async def _read_list(self, kind: str) -> bool:
        """Read one list; whether it was told."""
        try:
            products = await self.xbox.gamepass.products(LISTS[kind])
        except XboxError as error:
            LOGGER.debug("Game Pass does not tell what is %s: %s", kind, error)
            return False
        self.days.see(kind, products, dt_util.utcnow())
        return True

    async def _tell(self) -> None:
        installed = self._installed()
        for one in self.days.untold(installed):
            name = await self._products.title(one.product_id, None)
            leaving = Leaving(
                one.product_id,
                name or one.product_id,
                tuple(installed[one.product_id]),
            )
            for tell in tuple(self._listeners_of_leaving):
                tell(leaving)
        self.async_update_listeners()

    @override
    def _pace(self) -> float:
        if self._failed:
            return polling.game_pass_interval(self._failed)
        now = dt_util.utcnow()
        due = (self.days.read.get(kind, now) + _PACE - now for kind in LISTS)
        return max(polling.INVENTORY, min(due).total_seconds())

    def name_of(self, product_id: str) -> str:
        """What a product is called; its id as long as the Store has not told."""
        return self._products.name(product_id) or product_id

    @callback
    def on_leaving(self, tell: Callable[[Leaving], None]) -> CALLBACK_TYPE:
        """Call for each installed thing that is about to leave; returns the way to stop that."""
        self._listeners_of_leaving.append(tell)
        return lambda: self._listeners_of_leaving.remove(tell)

    async def close(self) -> None:
        """Write what is left."""
        await self._file.close()


@callback
def tidy(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Take the entities away while the option is off."""
    registry = er.async_get(hass)
    gone = {f"{entry.unique_id}_{key}" for key in KEYS}
    for entity in er.async_entries_for_config_entry(registry, entry.entry_id):
        if entity.unique_id in gone:
            registry.async_remove(entity.entity_id)
