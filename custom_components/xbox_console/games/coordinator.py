"""Coordinators of what can be started: the pins of an account, and the library of each console."""

from collections.abc import Iterable
from typing import override

from homeassistant.core import callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util

from ..account import naming, polling
from ..account.coordinator import Context, XboxCoordinator
from ..account.options import Options
from ..const import DOMAIN
from ..xboxlive.errors import AccessDenied, NotFound
from ..xboxlive.services.consoles import Console, InstalledApp
from .facts import TitleFacts
from .installs import InstallsFollower
from .library import HOME, App, Library, family_of, package_of
from .products import Products
from .search import search
from .store_link import linked_product_id, product_id
from .video_services import names_of, service

_NEAREST = 8
"""Names that an error offers instead of the unknown one."""


class PinsCoordinator(XboxCoordinator[tuple[str, ...]]):
    """What the account has pinned: product ids or package family names, in order."""

    def __init__(self, context: Context) -> None:
        """Start with what is remembered."""
        super().__init__(context, "pins", polling.LIBRARY)
        self._memory = context.memory
        self.data = context.memory.pins

    @override
    async def _read(self) -> tuple[str, ...]:
        try:
            listed = await self.xbox.pins(retry_for=30).get()
        except NotFound, AccessDenied:
            return ()
        pins = tuple(place.item.item_id for place in listed.list_items)
        self._memory.remember_pins(pins)
        return pins

    @override
    def _pace(self) -> float:
        return polling.LIBRARY


class LibraryCoordinator(XboxCoordinator[Library]):
    """What is installed on a console."""

    def __init__(
        self,
        context: Context,
        console: Console,
        pins: PinsCoordinator,
        products: Products,
        facts: TitleFacts,
    ) -> None:
        """Start with what is remembered."""
        super().__init__(context, f"{naming.title(console)} library", polling.LIBRARY)
        self._console_id = console.id
        self._region = console.region
        self._refused = console.remote_management_enabled is False
        """Whether the console tells nobody what is installed: its remote features are off."""
        self._subject = naming.title(console)
        self._memory = context.memory
        self._products = products
        self._pins = pins
        self._options = Options.of(context.entry)
        self._facts = facts
        installed = self.installed
        self._looked_for: set[str] = set()
        """Package family names for whose sake the list was read anew."""
        facts.learn_installed(installed)
        self.installs = InstallsFollower(
            self.hass,
            ask=lambda: self.xbox.smartglass.install_events(self._console_id),
            read=self.look,
            background=self.background,
            installed=installed,
        )
        self.data = self._library(installed)
        self.set_pace()
        for on_change in (products.on_change, pins.async_add_listener):
            self.config_entry.async_on_unload(on_change(self._rebuild))

    @override
    async def _read(self) -> Library:
        installed = await self.xbox.smartglass.installed_apps(self._console_id)
        self._memory.remember_installed(self._console_id, installed)
        self._facts.learn_installed(installed)
        self.installs.see(installed)
        library = self._library(installed)
        self._products.learn(
            (app.product_id for app in library.apps if app.product_id), self._region
        )
        return library

    def _library(self, installed: Iterable[InstalledApp]) -> Library:
        return Library(
            installed,
            self._products.found,
            pinned=self._pins.data,
            renamed=self._options.renamed,
            hidden=self._options.hidden,
        )

    @callback
    def _rebuild(self) -> None:
        self.data = self._library(self.installed)
        self.async_update_listeners()

    @callback
    def look_up(self, app: App) -> None:
        """Find out what an app is that runs without being known: installed since, or not at all."""
        if app.aumid is None or self._readings:
            # What is being read now may well know it.
            return
        self._products.look_up(app.aumid, self._region)
        family = family_of(app.aumid)
        if self.outdated and family not in self._looked_for:
            self._looked_for.add(family)
            self.hint()

    @override
    def _pace(self) -> float | None:
        return None if self._refused else polling.LIBRARY

    @callback
    def listed(self, before: Console, console: Console) -> None:
        """Hear what the list says: its remote features may be on by now, its drives may have changed."""
        self._refused = console.remote_management_enabled is False
        if console.remote_management_enabled and not before.remote_management_enabled:
            self.hint()
        if self.last_confirmed:
            self.installs.see_drives(before.free_space, console.free_space)

    @override
    async def async_shutdown(self) -> None:
        """Ask no more."""
        self.installs.stop()
        await super().async_shutdown()

    @property
    @override
    def subject(self) -> str:
        return self._subject

    @property
    def installed(self) -> tuple[InstalledApp, ...]:
        """Everything on the drives, add-ons and what cannot be started included."""
        return self._memory.installed(self._console_id)

    @property
    def known(self) -> bool:
        """Whether it was ever read, now or in an earlier run."""
        return self.last_confirmed is not None or bool(self.data.apps)

    @property
    def outdated(self) -> bool:
        """Whether an app that is not in it may have been installed since."""
        confirmed = self.last_confirmed
        return (
            confirmed is None
            or (dt_util.utcnow() - confirmed).total_seconds() > polling.LIBRARY_OUTDATED
        )

    def picture(self, app: App | None, side: int) -> str | None:
        """The address of an app's picture that is so many pixels high."""
        return self._products.picture(app, side)

    def named(self, name: str) -> App:
        """An installed app by source name, product id, AUMID, or what other systems call a service.

        Raises ServiceValidationError.
        """
        if app := self.data.find(name) or service(name, self.data):
            return app
        raise self._unknown(name)

    async def meant(self, wanted: str) -> App:
        """An installed app by name, product id, AUMID, address in the Store, or what a search finds.

        Raises ServiceValidationError.
        """
        linked = linked_product_id(wanted)
        if app := self.data.find(linked or wanted) or service(wanted, self.data):
            return app
        if "!" in wanted:
            return self._installed_package(wanted)
        product = linked or product_id(wanted)
        if product and (title := await self._products.title(product, self._region)):
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key="app_not_installed",
                translation_placeholders={"app": title, "console": self.subject},
            )
        # An address is no name, whatever words occur in it.
        if "://" not in wanted and (found := search(wanted, self.data, limit=1)):
            return found[0]
        raise self._unknown(wanted)

    def _installed_package(self, aumid: str) -> App:
        """An app of the package in an AUMID."""
        app = self.data.running(aumid)
        if app == HOME or app in self.data.apps:
            return app
        raise self._unknown(package_of(aumid))

    def _unknown(self, wanted: str) -> ServiceValidationError:
        library = self.data
        name = next(iter(names_of(wanted)), wanted)
        likely = search(name, library, limit=_NEAREST)
        offered = likely or [*library.pinned, *library.recent, *library.shown]
        names = dict.fromkeys(filter(None, map(library.source_of, offered)))
        return ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="unknown_app",
            translation_placeholders={
                "app": name,
                "console": self.subject,
                "apps": ", ".join([*list(names)[:_NEAREST], HOME.name]),
            },
        )


class Games:
    """What all consoles of an account share: its pins, the products of the Store, and what titles are."""

    def __init__(self, context: Context, facts: TitleFacts) -> None:
        """Start with what is remembered."""
        self._facts = facts
        self._context = context
        self.pins = PinsCoordinator(context)
        self.products = Products(context, facts)

    def library(self, console: Console) -> LibraryCoordinator:
        """The library of a console."""
        return LibraryCoordinator(
            self._context, console, self.pins, self.products, self._facts
        )
