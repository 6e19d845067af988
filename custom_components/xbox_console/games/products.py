"""What the Store says of games and apps: pictures, and names for what is not installed."""

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from homeassistant.core import CALLBACK_TYPE, callback

from ..account.memory import Memory
from ..const import LOGGER
from ..xboxlive.client import XboxLive
from ..xboxlive.errors import XboxError
from ..xboxlive.services.catalog import AlternateId, ImagePurpose, Product, Template
from .facts import TitleFacts
from .library import App, Kind

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
_KINDS = {"Game": Kind.GAME, "Application": Kind.APP, "App": Kind.APP}


class _Known(NamedTuple):
    """What is kept of a product."""

    name: str
    picture: str | None


class Products:
    """Products of the Store, each asked for once; a Store that does not answer harms nobody."""

    def __init__(self, xbox: XboxLive, memory: Memory, facts: TitleFacts) -> None:
        """Start with what is remembered."""
        self._xbox = xbox
        self._memory = memory
        self._facts = facts
        self._known = {
            product_id: _Known(*words) for product_id, words in memory.products.items()
        }
        self._found: dict[str, App] = {}
        self._asked: set[str] = set()
        self._listeners: list[CALLBACK_TYPE] = []

    @property
    def found(self) -> tuple[App, ...]:
        """Apps that ran somewhere without being installed there."""
        return tuple(self._found.values())

    @callback
    def on_change(self, listener: CALLBACK_TYPE) -> Callable[[], None]:
        """Call when something was learned; returns the way to stop that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def picture(self, app: App | None) -> str | None:
        """The address of an app's picture."""
        known = self._known.get(app.product_id) if app and app.product_id else None
        if known is None or known.picture is None:
            return None
        return str(self._xbox.session.transport.hosts.locate(known.picture))

    async def title(self, product_id: str) -> str | None:
        """What a product is called, installed or not; its own id if the Store does not answer, None if it has no such product."""
        if (known := self._known.get(product_id)) is None:
            try:
                products = await self._xbox.catalog(patience=5).products(
                    [product_id], Template.BROWSE
                )
            except XboxError as error:
                LOGGER.debug("The Store does not tell about a product: %s", error)
                return product_id
            self._keep(products)
            known = self._known.get(product_id)
        return (known.name or product_id) if known else None

    async def learn(self, apps: Iterable[App]) -> None:
        """Ask for the products that are not known yet."""
        wanted = {app.product_id for app in apps if app.product_id} - self._known.keys()
        new = sorted(wanted - self._asked)
        if not new:
            return
        self._asked.update(new)
        try:
            products = await self._xbox.catalog(retry_for=30).products(
                new, Template.BROWSE
            )
        except XboxError as error:
            LOGGER.debug("The Store does not tell about products: %s", error)
            self._asked.difference_update(new)
            return
        self._keep(products)

    async def look_up(self, aumid: str) -> None:
        """Ask what an app is that runs without being installed."""
        family = aumid.partition("!")[0]
        if family in self._asked:
            return
        self._asked.add(family)
        try:
            products = await self._xbox.catalog.lookup(
                AlternateId.PACKAGE_FAMILY_NAME, family, Template.BROWSE
            )
        except XboxError as error:
            LOGGER.debug("The Store does not tell about an app: %s", error)
            self._asked.discard(family)
            return
        for product in products[:1]:
            kind = _KINDS.get(product.product_kind or "", Kind.APP)
            if product.title:
                self._found[family] = App(
                    product.title, kind, aumid, product.product_id
                )
        self._keep(products[:1])

    @callback
    def _keep(self, products: Collection[Product]) -> None:
        self._facts.learn_products(products)
        for product in products:
            known = _Known(product.title or "", product.image(*_ART))
            self._known[product.product_id] = known
            self._memory.remember_product(product.product_id, known)
        for listener in tuple(self._listeners):
            listener()
