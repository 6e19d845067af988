"""What a console can run: names, kinds, what to launch. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
import re

from .xboxlive.services.smartglass import InstalledApp

_PUBLISHER = re.compile(
    r"^(?:[0-9A-F]{8}|\d+|[A-Za-z]{2,}\d{2,}[A-Za-z]*)$|^(?:Microsoft)$"
)
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


class Kind(StrEnum):
    """What an app is to its user."""

    GAME = "game"
    APP = "app"
    HOME = "home"
    SCREENSAVER = "screensaver"
    SYSTEM = "system"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class App:
    """Something that a console runs or can run."""

    name: str
    kind: Kind
    aumid: str | None = None
    product_id: str | None = None
    title_id: str | None = None


HOME = App("Home", Kind.HOME, "Xbox.Dashboard_8wekyb3d8bbwe!Xbox.Dashboard.Application")

_SYSTEM_APPS = {
    "Xbox.Dashboard": HOME,
    "Xbox.IdleScreen": App("Screensaver", Kind.SCREENSAVER),
    "Xbox.Guide": App("Guide", Kind.SYSTEM),
    "Xbox.NetworkTroubleshooter": App("Network troubleshooter", Kind.SYSTEM),
    "Microsoft.Xbox.Settings": App("Settings", Kind.SYSTEM),
    "Microsoft.Xbox.LiveTV": App("TV", Kind.APP),
    "Microsoft.Xbox.TvSettings": App("TV settings", Kind.SYSTEM),
    "Microsoft.XboxDevices": App("Accessories", Kind.SYSTEM),
    "Microsoft.storify": App("Store", Kind.SYSTEM),
}
"""Apps that are part of every console, by package name; they have no product id."""

GUIDE_PACKAGE = "Xbox.Guide"
"""An overlay: it takes the focus while a game goes on behind it."""


def package_of(aumid: str) -> str:
    """The package name in an AUMID: `<package>_<publisher hash>!<app>`."""
    return aumid.partition("!")[0].rpartition("_")[0] or aumid.partition("!")[0]


def readable(aumid: str) -> str:
    """A name for an app of which only the AUMID is known."""
    parts = package_of(aumid).split(".")
    telling = [part for part in parts if not _PUBLISHER.match(part)] or parts
    return " ".join(word for part in telling for word in _WORDS.findall(part)) or aumid


class Library:
    """The games and apps of a console, each once, under names that are unique."""

    def __init__(
        self, installed: Iterable[InstalledApp] = (), others: Iterable[App] = ()
    ) -> None:
        """Leave out add-ons and whatever cannot be started; `others` may run without being here."""
        self._others = tuple(others)
        startable = (
            App(
                name=app.name or readable(app.aumid or ""),
                kind=Kind.GAME if app.game else Kind.APP,
                aumid=app.aumid,
                product_id=app.one_store_product_id,
                title_id=app.title_id,
            )
            for app in installed
            if app.one_store_product_id and not app.add_on and (app.name or app.aumid)
        )
        by_product = {app.product_id: app for app in startable}
        self.apps = tuple(
            sorted(
                by_product.values(),
                key=lambda app: (app.kind != Kind.GAME, app.name.casefold()),
            )
        )

    @property
    def games(self) -> tuple[App, ...]:
        """Games by name."""
        return tuple(app for app in self.apps if app.kind is Kind.GAME)

    @cached_property
    def sources(self) -> dict[str, App]:
        """What a user can choose from: Home, games, apps; equal names are told apart."""
        sources = {HOME.name: HOME}
        for app in self.apps:
            name, number = app.name, 1
            while name in sources:
                number += 1
                name = f"{app.name} ({number})"
            sources[name] = app
        return sources

    @cached_property
    def _by_package(self) -> dict[str, App]:
        return {package_of(app.aumid).casefold(): app for app in self.apps if app.aumid}

    def running(self, aumid: str) -> App:
        """The app behind an AUMID, as well as it is known."""
        package = package_of(aumid)
        system = _SYSTEM_APPS.get(package)
        return (
            system
            or self._by_package.get(package.casefold())
            or App(readable(aumid), Kind.UNKNOWN, aumid)
        )

    def source_of(self, app: App | None) -> str | None:
        """The name under which an app can be chosen."""
        return next(
            (name for name, source in self.sources.items() if source == app), None
        )

    def find(self, wanted: str) -> App | None:
        """An app by source name, product id or AUMID, in any case."""
        folded = wanted.strip().casefold()
        for name, app in self.sources.items():
            if folded in (
                name.casefold(),
                (app.product_id or "").casefold(),
                (app.aumid or "").casefold(),
            ):
                return app
        return None
