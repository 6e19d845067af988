"""What a console can run: names, kinds, what to launch. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from itertools import chain, count
import re
from sys import intern
from types import MappingProxyType

from ..xboxlive.services.consoles import InstalledApp

_PUBLISHER = re.compile(
    r"^(?:[0-9A-F]{8}|\d+|[A-Za-z]{2,}\d{2,}[A-Za-z]*)$|^(?:Microsoft)$"
)
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_MARKS = re.compile("[™®©℠\x00-\x1f\x7f\u200b\u200e\u200f\u2028-\u202e\u2060\ufeff]")
"""What Store names carry that nobody says, types or sees."""
LONGEST = 255
"""Letters of a name that the state of an entity takes."""
_HOMEKIT_LONGEST = 64
_HOMEKIT_MARKS = str.maketrans(
    {
        **dict.fromkeys('\0\n\r"_', " "),
        **dict.fromkeys("!$%()*+/:;<=>?@[\\]^`{|}~\x7f", "-"),
    }
)
MOST_SOURCES = 90
"""HomeKit takes no more inputs of a television."""
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_NAMELESS = "App"


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
    last_active: datetime | None = field(default=None, compare=False)

    @property
    def id(self) -> str | None:
        """The product id, or the AUMID of what has none."""
        return self.product_id or self.aumid

    def same(self, other: App) -> bool:
        """Whether both are the same to a console, whatever they are called by now."""
        if self.product_id and other.product_id:
            return self.product_id == other.product_id
        if self.aumid and other.aumid:
            return (
                package_of(self.aumid).casefold() == package_of(other.aumid).casefold()
            )
        return self == other


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


def family_of(aumid: str) -> str:
    """The package family name in an AUMID: `<package>_<publisher hash>`."""
    return aumid.partition("!")[0]


def package_of(aumid: str) -> str:
    """The package name in an AUMID: `<package>_<publisher hash>!<app>`."""
    return family_of(aumid).rpartition("_")[0] or family_of(aumid)


def readable(aumid: str) -> str:
    """A name for an app of which only the AUMID is known."""
    parts = package_of(aumid).split(".")
    telling = [part for part in parts if not _PUBLISHER.match(part)] or parts
    found = " ".join(word for part in telling for word in _WORDS.findall(part))
    return found or clean(aumid) or _NAMELESS


def clean(name: str | None) -> str:
    """A name as one says it; empty if nothing is left."""
    return " ".join(_MARKS.sub("", (name or "").replace("\t", " ")).split())


def _told(text: str | None) -> str | None:
    return intern(text) if text and clean(text) else None


def in_homekit(name: str) -> str:
    """A name as Home Assistant's HomeKit bridge passes it on: of inputs that are equal there, all but one get lost."""
    return name.translate(_HOMEKIT_MARKS).lstrip("-_ ")[:_HOMEKIT_LONGEST].rstrip("-_ ")


def _with_suffix(name: str, suffix: str) -> str:
    """A name that ends with something, so that HomeKit does not cut it off."""
    return name[: _HOMEKIT_LONGEST - len(suffix)].rstrip() + suffix


def _variants(app: App) -> Iterator[str]:
    """Names for an app, the best first."""
    # HomeKit leaves nothing of a name that is all punctuation.
    base = app.name
    if not in_homekit(base):
        base = _with_suffix(base, f" ({app.kind.capitalize()})")
    yield base
    for number in count(2):
        yield _with_suffix(base, f" ({number})")


def _app(one: InstalledApp, name: str) -> App:
    """Return what is shown of something installed, under a name."""
    # Consoles of a house have much the same on them: of equal words one is kept.
    return App(
        name=intern(name[:LONGEST].rstrip()),
        kind=Kind.GAME if one.game else Kind.APP,
        aumid=intern(clean(one.aumid)) or None,
        product_id=intern(clean(one.one_store_product_id)) or None,
        title_id=_told(one.title_id),
        last_active=one.last_active_time,
    )


def _order(app: App) -> tuple[bool, str, str | None]:
    return app.kind is not Kind.GAME, app.name.casefold(), app.product_id


class Library:
    """The games and apps of a console, each once, under names that are unique."""

    def __init__(
        self,
        installed: Iterable[InstalledApp] = (),
        others: Iterable[App] = (),
        *,
        pinned: Sequence[str] = (),
        renamed: Mapping[str, str] = MappingProxyType({}),
        hidden: Collection[str] = (),
    ) -> None:
        """Leave out add-ons; what has no product id cannot be started, but may run, and so may `others`.

        `pinned` are product ids or package family names; `renamed` (to new names) and `hidden` go by
        product id.
        """
        self._others = tuple(others)
        self._pinned = pinned
        self._hidden = hidden
        self._own_names: dict[str, str] = {}
        self._unstartable: list[App] = []
        by_product: dict[str, App] = {}
        for one in installed:
            product_id, aumid = clean(one.one_store_product_id), clean(one.aumid)
            own = clean(one.name) or (readable(aumid) if aumid else "")
            if one.add_on or not own:
                continue
            app = _app(one, clean(renamed.get(product_id)) or own)
            if product_id:
                self._own_names[app.product_id or ""] = intern(own)
                by_product[app.product_id or ""] = app
            else:
                self._unstartable.append(app)
        self.apps = tuple(sorted(by_product.values(), key=_order))

    @cached_property
    def shown(self) -> tuple[App, ...]:
        """What is not hidden: games by name, then apps by name."""
        return tuple(app for app in self.apps if app.product_id not in self._hidden)

    @property
    def games(self) -> tuple[App, ...]:
        """Games by name."""
        return tuple(app for app in self.shown if app.kind is Kind.GAME)

    @property
    def applications(self) -> tuple[App, ...]:
        """Apps other than games by name."""
        return tuple(app for app in self.shown if app.kind is Kind.APP)

    @cached_property
    def pinned(self) -> tuple[App, ...]:
        """What is pinned, in the order of the pins."""
        by_pin = {
            pin.casefold(): app
            for app in self.shown
            for pin in (app.product_id, family_of(app.aumid or ""))
            if pin
        }
        found = (by_pin.get(pin.casefold()) for pin in self._pinned)
        return tuple(dict.fromkeys(app for app in found if app))

    @cached_property
    def recent(self) -> tuple[App, ...]:
        """What was used, the latest first."""
        used = (app for app in self.shown if app.last_active)
        return tuple(
            sorted(used, key=lambda app: app.last_active or _LONG_AGO, reverse=True)
        )

    @cached_property
    def by_name(self) -> dict[str, App]:
        """Everything under a name of its own, which depends neither on pins nor on what is hidden."""
        named = {HOME.name: HOME}
        taken = {HOME.name.casefold()}
        for app in self.apps:
            for name in _variants(app):
                keys = {name.casefold(), in_homekit(name).casefold()}
                if not keys & taken:
                    break
            taken |= keys
            named[name] = app
        return named

    @cached_property
    def _own_name(self) -> dict[App, str]:
        return {app: name for name, app in self.by_name.items()}

    def name_of(self, app: App) -> str:
        """The name that no other app of this library has."""
        return self._own_name.get(app, app.name)

    @cached_property
    def sources(self) -> dict[str, App]:
        """What a user can choose from: Home, pins, games, apps; equal names are told apart.

        If there are too many, what was used last stays.
        """
        ordered = dict.fromkeys((*self.pinned, *self.shown))
        preferred = dict.fromkeys((*self.pinned, *self.recent, *self.shown))
        kept = set(list(preferred)[: MOST_SOURCES - 1])
        return {
            self._own_name[app]: app for app in (HOME, *ordered) if app in kept | {HOME}
        }

    @property
    def names(self) -> Iterable[tuple[str, App]]:
        """What is shown by its name, and by the one that it had before it was renamed."""
        for app in self.shown:
            yield app.name, app
            if (own := self._own_names[app.product_id or ""]) != app.name:
                yield own, app

    @property
    def _known(self) -> Iterator[App]:
        """Everything that is known to run here, what is known best last."""
        return chain(self._others, self._unstartable, self.apps)

    @cached_property
    def _by_aumid(self) -> dict[str, App]:
        return {app.aumid.casefold(): app for app in self._known if app.aumid}

    @cached_property
    def _by_package(self) -> dict[str, App]:
        return {
            package_of(app.aumid).casefold(): app for app in self._known if app.aumid
        }

    def running(self, aumid: str) -> App:
        """The app behind an AUMID, as well as it is known: a package may hold several."""
        package = package_of(aumid)
        return (
            _SYSTEM_APPS.get(package)
            or self._by_aumid.get(aumid.casefold())
            or self._by_package.get(package.casefold())
            or App(readable(aumid), Kind.UNKNOWN, aumid)
        )

    def source_of(self, app: App | None) -> str | None:
        """The name under which an app can be chosen."""
        name = self._own_name.get(app) if app else None
        return name if name in self.sources else None

    @cached_property
    def _found_by(self) -> dict[str, App]:
        """All names and ids, folded; the names of now win over ids, and those over names of old."""
        return {
            **{
                self._own_names[app.product_id or ""].casefold(): app
                for app in reversed(self.apps)
            },
            **{clean(app.aumid).casefold(): app for app in self.apps if app.aumid},
            **{clean(app.product_id).casefold(): app for app in self.apps},
            **{name.casefold(): app for name, app in self.by_name.items()},
        }

    def find(self, wanted: str) -> App | None:
        """An installed app, hidden or not, by source name, former name, product id or AUMID, in any case."""
        return self._found_by.get(clean(wanted).casefold())
