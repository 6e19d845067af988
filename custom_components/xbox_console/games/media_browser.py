"""The games and apps of a console as folders of the media browser; everything from what is known."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from homeassistant.components.media_player import BrowseError, BrowseMedia, MediaClass
from homeassistant.core import HomeAssistant

from ..account.words import option_names
from ..const import DOMAIN
from .library import HOME, App, Kind, Library
from .search import words

LIBRARY = "library"
"""Content type of all folders, and content id of the one that holds them."""
_FOLDERS: dict[str, Callable[[Library], Sequence[App]]] = {
    "games": lambda library: library.games,
    "apps": lambda library: library.applications,
    "pins": lambda library: library.pinned,
    "recently_played": lambda library: library.recent[:_RECENT],
}
_RECENT = 30
_LARGEST = 100
"""Entries of a folder from which on it is divided by first letter."""
_OTHER = "#"
MEDIA_CLASSES = {Kind.GAME: MediaClass.GAME, Kind.APP: MediaClass.APP}

type Thumbnail = Callable[[App], str | None]


def media_class(app: App) -> MediaClass:
    """Game or app; also the content type."""
    return MEDIA_CLASSES.get(app.kind, MediaClass.APP)


def playable(app: App, library: Library, thumbnail: Thumbnail) -> BrowseMedia:
    """Something that `play_media` can start."""
    return BrowseMedia(
        media_class=media_class(app),
        media_content_type=media_class(app),
        media_content_id=app.product_id or app.name,
        title=library.name_of(app),
        can_play=True,
        can_expand=False,
        thumbnail=thumbnail(app),
    )


async def browse(
    hass: HomeAssistant, library: Library, folder: str, title: str, thumbnail: Thumbnail
) -> BrowseMedia:
    """A folder by its content id; `title` is that of the root. Raises BrowseError."""
    names = await option_names(hass, "folder")
    if folder == LIBRARY:
        return _folder(
            LIBRARY,
            title,
            [
                playable(HOME, library, thumbnail),
                *(_folder(name, names.get(name, name)) for name in _FOLDERS),
            ],
        )
    apps = inside(library, folder)
    if apps is None:
        raise BrowseError(
            translation_domain=DOMAIN,
            translation_key="unknown_folder",
            translation_placeholders={"folder": folder},
        )
    name, _, letter = folder.partition("/")
    if len(apps) > _LARGEST and not letter:
        return _folder(name, names.get(name, name), _by_letter(name, apps))
    items = [playable(app, library, thumbnail) for app in apps]
    return _folder(folder, letter or names.get(name, name), items)


def inside(library: Library, folder: str) -> Sequence[App] | None:
    """What a folder below the root holds; None if there is no such folder."""
    name, _, letter = folder.partition("/")
    if name not in _FOLDERS:
        return None
    apps = _FOLDERS[name](library)
    return [app for app in apps if initial(app) == letter] if letter else apps


def initial(app: App) -> str:
    """The letter under which an app is found."""
    first = next(iter(words(app.name)), _OTHER)[0].upper()
    return first if first.isalpha() else _OTHER


def _by_letter(name: str, apps: Iterable[App]) -> list[BrowseMedia]:
    letters = groupby(sorted(map(initial, apps)))
    return [_folder(f"{name}/{letter}", letter) for letter, _ in letters]


def _folder(
    content_id: str, title: str, children: Sequence[BrowseMedia] | None = None
) -> BrowseMedia:
    return BrowseMedia(
        media_class=MediaClass.DIRECTORY,
        media_content_type=LIBRARY,
        media_content_id=content_id,
        title=title,
        can_play=False,
        can_expand=True,
        can_search=True,
        search_media_classes=[*MEDIA_CLASSES.values()],
        children=children,
    )
