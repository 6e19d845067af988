"""What the Store says of games and apps: pictures, and names for what is not installed."""

import asyncio
from collections.abc import Callable, Collection, Coroutine, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
import math
from typing import NamedTuple

from homeassistant.core import CALLBACK_TYPE, callback
from homeassistant.helpers.event import async_call_later

from ..account import polling
from ..account.coordinator import Context
from ..const import LOGGER
from ..xboxlive.errors import XboxError
from ..xboxlive.services.catalog import (
    AlternateId,
    Catalog,
    ImagePurpose,
    Product,
    Template,
)
from ..xboxlive.session import awaited
from .facts import TitleFacts
from .library import App, Kind, family_of

_ART = (
    ImagePurpose.FEATURE_PROMOTIONAL_SQUARE_ART,
    ImagePurpose.TILE,
    ImagePurpose.BOX_ART,
    ImagePurpose.POSTER,
    ImagePurpose.BRANDED_KEY_ART,
    ImagePurpose.LOGO,
    ImagePurpose.TITLED_HERO_ART,
    ImagePurpose.SUPER_HERO_ART,
    ImagePurpose.HERO,
    ImagePurpose.SCREENSHOT,
)
"""Square pictures first: players and cards are."""
_LARGEST_MARKET = "US"
"""Where nearly everything is sold; some markets have been emptied."""
_KINDS = {"Game": Kind.GAME, "Application": Kind.APP, "App": Kind.APP}


class _Known(NamedTuple):
    """What is kept of a product."""

    name: str
    picture: str | None


@dataclass(slots=True)
class _Question:
    """Something that the Store has not told yet: where it may be sold, and when to ask (again)."""

    region: str | None
    due: float = 0.0
    failures: int = 0

    def failed(self, now: float) -> None:
        """Ask again in minutes, later after each further failure."""
        self.failures += 1
        self.due = now + polling.retry_interval(
            self.failures, polling.STORE_RETRY, slowest=polling.STORE_SLOWEST_RETRY
        )

    def unanswered(self, now: float) -> None:
        """Ask again tomorrow: what is not in the catalogue may join it."""
        self.failures = 0
        self.due = now + polling.STORE_UNKNOWN


class Products:
    """Products of the Store, each asked for once; a Store that does not answer harms nobody."""

    def __init__(self, context: Context, facts: TitleFacts) -> None:
        """Start with what is remembered."""
        self._hass = context.hass
        self._entry = context.entry
        self._xbox = context.xbox
        self._memory = context.memory
        self._facts = facts
        self._known = {
            product_id: _Known(*words)
            for product_id, words in context.memory.products.items()
        }
        self._found: dict[str, App] = {}
        self._wanted: dict[str, _Question] = {}
        """By product id."""
        self._running: dict[str, _Question] = {}
        """By package family name: what ran without being installed."""
        self._asking = asyncio.Lock()
        self._listeners: list[CALLBACK_TYPE] = []
        self._alarm: CALLBACK_TYPE | None = None
        context.entry.async_on_unload(self._disarm)

    @property
    def found(self) -> tuple[App, ...]:
        """Apps that ran somewhere without being installed there."""
        return tuple(self._found.values())

    @callback
    def on_change(self, listener: CALLBACK_TYPE) -> Callable[[], None]:
        """Call when something was learned; returns the way to stop that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def picture(self, app: App | None, side: int) -> str | None:
        """The address of an app's picture that is so many pixels high."""
        known = self._of(app.product_id) if app and app.product_id else None
        if known is None or known.picture is None:
            return None
        return str(self._xbox.session.transport.hosts.locate(known.picture, side))

    def _of(self, product_id: str) -> _Known | None:
        return self._known.get(product_id.upper())

    async def title(self, product_id: str, region: str | None) -> str | None:
        """What a product is called, installed or not; its own id if the Store does not answer, None if it has no such product."""
        if self._of(product_id) is None:
            try:
                with awaited():
                    await self._read([product_id.upper()], region)
            except XboxError as error:
                LOGGER.debug("The Store does not tell about a product: %s", error)
                return product_id
        known = self._of(product_id)
        return (known.name or product_id) if known else None

    def name(self, product_id: str) -> str | None:
        """What a product is called; None as long as the Store has not told."""
        known = self._of(product_id)
        return (known.name or None) if known else None

    @callback
    def learn(self, product_ids: Iterable[str], region: str | None = None) -> None:
        """Ask for the products that are not known yet, now or when it is time to ask again."""
        for product_id in product_ids:
            if self._of(product_id) is None:
                self._wanted.setdefault(product_id.upper(), _Question(region))
        self._background(self._ask())

    async def _ask(self) -> None:
        """Ask for what is due, and again when the next is."""
        async with self._asking:
            now = self._hass.loop.time()
            due = [it for it, question in self._wanted.items() if question.due <= now]
            by_region = sorted(due, key=lambda it: self._wanted[it].region or "")
            for _, ids in groupby(by_region, lambda it: self._wanted[it].region):
                await self._ask_for(list(ids))
        self._arm()

    async def _ask_for(self, ids: list[str]) -> None:
        answered = True
        try:
            await self._read(ids, self._wanted[ids[0]].region)
        except XboxError as error:
            LOGGER.debug("The Store does not tell about products: %s", error)
            answered = False
        now = self._hass.loop.time()
        for product_id in ids:
            if product_id in self._known:
                del self._wanted[product_id]
            elif answered:
                self._wanted[product_id].unanswered(now)
            else:
                self._wanted[product_id].failed(now)

    async def _read(self, ids: list[str], region: str | None) -> None:
        """Look for products in one market after the other. Raises XboxError."""
        for catalog in self._catalogs(region):
            missing = [
                product_id for product_id in ids if product_id not in self._known
            ]
            if not missing:
                return
            self._keep(await catalog.products(missing, Template.BROWSE))

    def _catalogs(self, region: str | None) -> Iterator[Catalog]:
        """The Store where Home Assistant is, where the console is, and where everything is sold."""
        for market in dict.fromkeys(
            (self._xbox.session.market, region, _LARGEST_MARKET)
        ):
            if market:
                yield self._xbox.catalog(query={"market": market.upper()})

    @callback
    def _arm(self) -> None:
        """Ask again when the next product is due."""
        self._disarm()
        if not self._wanted:
            return
        due = min(question.due for question in self._wanted.values())
        wait = max(due - self._hass.loop.time(), 0.0)
        self._alarm = async_call_later(self._hass, wait, self._ring)

    @callback
    def _ring(self, _: datetime) -> None:
        self._alarm = None
        self._background(self._ask())

    @callback
    def _disarm(self) -> None:
        if self._alarm is not None:
            self._alarm()
            self._alarm = None

    @callback
    def look_up(self, aumid: str, region: str | None) -> None:
        """Ask what an app is that runs without being installed, unless that was asked lately."""
        question = self._running.setdefault(family_of(aumid), _Question(region))
        if question.due <= self._hass.loop.time():
            question.due = math.inf
            self._background(self._ask_what_runs(aumid, question))

    async def _ask_what_runs(self, aumid: str, question: _Question) -> None:
        try:
            product = await self._product_of(aumid, question.region)
        except XboxError as error:
            LOGGER.debug("The Store does not tell about an app: %s", error)
            question.failed(self._hass.loop.time())
            return
        question.unanswered(self._hass.loop.time())
        if product is None:
            return
        if product.title:
            kind = _KINDS.get(product.product_kind or "", Kind.APP)
            self._found[family_of(aumid)] = App(
                product.title, kind, aumid, product.product_id
            )
        self._keep([product])

    async def _product_of(self, aumid: str, region: str | None) -> Product | None:
        for catalog in self._catalogs(region):
            if products := await catalog.lookup(
                AlternateId.PACKAGE_FAMILY_NAME, family_of(aumid), Template.BROWSE
            ):
                return products[0]
        return None

    @callback
    def _keep(self, products: Collection[Product]) -> None:
        self._facts.learn_products(products)
        new = {
            product.product_id.upper(): _Known(
                product.title or "", product.image(*_ART)
            )
            for product in products
        }
        if not new:
            return
        self._known |= new
        self._memory.remember_products(new)
        for listener in tuple(self._listeners):
            listener()

    @callback
    def _background(self, work: Coroutine[None, None, None]) -> None:
        self._entry.async_create_background_task(
            self._hass, work, f"{self._entry.title} products"
        )
