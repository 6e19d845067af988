"""Captures in the media panel: by game, by date, of friends and of everybody; found by words."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import override

from homeassistant.components.media_player import (
    BrowseError,
    MediaClass,
    SearchMedia,
    SearchMediaQuery,
)
from homeassistant.components.media_source import (
    BrowseMediaSource,
    MediaSource,
    MediaSourceItem,
    PlayMedia,
    Unresolvable,
)
from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations
from homeassistant.util import dt as dt_util
from yarl import URL

from ..account.errors import translation
from ..const import DOMAIN
from ..games.search import Match, match, words
from ..xboxlive.captures.capture import Capture, Kind, Part
from ..xboxlive.errors import XboxError
from .media_id import MediaId, Shelf
from .shelves import Named, Shelves
from .view import ShelvesOf, path

_LARGEST = 200
"""Captures of a folder above which it is divided by month."""
_MOST_FOUND = 100
_UNDATED = "undated"
_CLASSES = {Kind.VIDEO: MediaClass.VIDEO, Kind.SCREENSHOT: MediaClass.IMAGE}
_PICTURES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg"}

type _Children = Sequence[BrowseMediaSource]


def mime_type(capture: Capture) -> str:
    """What a capture is when it is played or shown."""
    if capture.kind is Kind.VIDEO:
        return "video/mp4"
    place = capture.places.get(Part.PICTURE)
    address = URL(place.address, encoded=True).path if place else ""
    return _PICTURES.get(PurePosixPath(address).suffix.lower(), "image/png")


@dataclass(frozen=True, slots=True)
class _Folder:
    """What a folder is called, and what it holds."""

    title: str
    children: _Children


class CapturesSource(MediaSource):
    """The captures of all accounts."""

    name = "Xbox captures"

    def __init__(self, hass: HomeAssistant, shelves_of: ShelvesOf) -> None:
        """`shelves_of` gives the captures that a loaded entry knows."""
        super().__init__(DOMAIN)
        self._hass = hass
        self._shelves_of = shelves_of

    @override
    async def async_browse_media(self, item: MediaSourceItem) -> BrowseMediaSource:
        """A folder with what is in it."""
        wanted = self._read(item.identifier, BrowseError)
        if wanted is None:
            accounts = self._accounts()
            if len(accounts) != 1:
                return _folder(
                    None,
                    self.name,
                    [
                        _folder(MediaId(entry=entry.entry_id), entry.title)
                        for entry in accounts
                    ],
                )
            wanted = MediaId(entry=accounts[0].entry_id)
        entry = self._entry(wanted, BrowseError)
        with _explained(BrowseError):
            folder = await _Browser(self._hass, self._shelves_of(entry), entry).open(
                wanted
            )
        return _folder(wanted, folder.title, folder.children)

    @override
    async def async_resolve_media(self, item: MediaSourceItem) -> PlayMedia:
        """Where a capture is served from, and what it is."""
        wanted = self._read(item.identifier, Unresolvable)
        if wanted is None or wanted.capture is None:
            raise Unresolvable(
                translation_domain=DOMAIN, translation_key="unknown_capture"
            )
        entry = self._entry(wanted, Unresolvable)
        with _explained(Unresolvable):
            captures = await _captures(self._shelves_of(entry), wanted)
        for capture in captures:
            if capture.content_id == wanted.capture:
                served = path(entry.entry_id, capture, capture.main)
                if served is not None:
                    return PlayMedia(served, mime_type(capture))
        raise Unresolvable(translation_domain=DOMAIN, translation_key="unknown_capture")

    @override
    async def async_search_media(
        self, item: MediaSourceItem, query: SearchMediaQuery
    ) -> SearchMedia:
        """Captures whose game, caption or day is what somebody looks for."""
        wanted = self._read(item.identifier, BrowseError)
        folders = (
            [wanted]
            if wanted
            else [MediaId(entry=entry.entry_id) for entry in self._accounts()]
        )
        found: list[BrowseMediaSource] = []
        for folder in folders:
            entry = self._entry(folder, BrowseError)
            with _explained(BrowseError):
                captures = await _captures(self._shelves_of(entry), folder)
            found += [
                _capture(folder, one)
                for one in _searched(query, _inside(captures, folder))
            ]
        return SearchMedia(result=found[:_MOST_FOUND])

    def _accounts(self) -> list[ConfigEntry]:
        return self._hass.config_entries.async_loaded_entries(DOMAIN)

    def _read(
        self, identifier: str, problem: type[BrowseError | Unresolvable]
    ) -> MediaId | None:
        """What an identifier means; None for the root. Raises `problem`."""
        if not identifier:
            return None
        try:
            return MediaId.read(identifier)
        except ValueError:
            raise problem(
                translation_domain=DOMAIN, translation_key="unknown_capture"
            ) from None

    def _entry(
        self, wanted: MediaId, problem: type[BrowseError | Unresolvable]
    ) -> ConfigEntry:
        entry = self._hass.config_entries.async_get_entry(wanted.entry)
        if (
            entry is None
            or entry.domain != DOMAIN
            or entry.state is not ConfigEntryState.LOADED
        ):
            raise problem(
                translation_domain=DOMAIN, translation_key="captures_not_loaded"
            )
        return entry


@contextmanager
def _explained(problem: type[BrowseError | Unresolvable]) -> Iterator[None]:
    """Say in the user's words what the Xbox network did not tell."""
    try:
        yield
    except XboxError as error:
        raise problem(**translation(error)) from error


async def _captures(shelves: Shelves, wanted: MediaId) -> tuple[Capture, ...]:
    """The captures among which a folder or a capture is. Raises XboxError."""
    if wanted.shelf is Shelf.FRIENDS:
        return await shelves.of_friend(wanted.friend) if wanted.friend else ()
    if wanted.shelf is Shelf.COMMUNITY:
        return await shelves.of_community(wanted.game) if wanted.game else ()
    return await shelves.own.shown()


def _inside(captures: Sequence[Capture], folder: MediaId) -> list[Capture]:
    """Those of a folder."""
    return [
        capture
        for capture in captures
        if folder.game in (None, capture.title_id)
        and folder.month in (None, _month(capture))
    ]


def _when(capture: Capture) -> str:
    """When it was taken, where Home Assistant is."""
    taken = capture.taken_at
    return f"{dt_util.as_local(taken):%Y-%m-%d %H:%M}" if taken else ""


def _month(capture: Capture) -> str:
    return _when(capture)[:7] or _UNDATED


class _Browser:
    """Opens the folders of one account."""

    def __init__(
        self, hass: HomeAssistant, shelves: Shelves, entry: ConfigEntry
    ) -> None:
        self._hass = hass
        self._shelves = shelves
        self._entry = entry
        self._openers: Mapping[
            Shelf | None, Callable[[MediaId], Awaitable[_Folder]]
        ] = {
            None: self._account,
            Shelf.BY_DATE: self._by_date,
            Shelf.BY_GAME: self._by_game,
            Shelf.FRIENDS: self._of_friends,
            Shelf.COMMUNITY: self._of_community,
        }

    async def open(self, wanted: MediaId) -> _Folder:
        """A folder. Raises XboxError."""
        return await self._openers[wanted.shelf](wanted)

    async def _account(self, wanted: MediaId) -> _Folder:
        names = await self._names()
        return _Folder(
            self._entry.title,
            [_folder(wanted.within(shelf=one), names[one]) for one in Shelf],
        )

    async def _by_date(self, wanted: MediaId) -> _Folder:
        captures = await self._shelves.own.shown()
        return _filled(wanted, (await self._names())[Shelf.BY_DATE], captures)

    async def _by_game(self, wanted: MediaId) -> _Folder:
        title = (await self._names())[Shelf.BY_GAME]
        return self._games(wanted, title, await self._shelves.own.shown())

    async def _of_friends(self, wanted: MediaId) -> _Folder:
        title = (await self._names())[Shelf.FRIENDS]
        friends = await self._shelves.friends()
        if wanted.friend is None:
            inside = [
                _folder(wanted.within(friend=one.key), one.name) for one in friends
            ]
            return _Folder(title, inside)
        name = _name(friends, wanted.friend, title)
        captures = await self._shelves.of_friend(wanted.friend)
        return self._games(wanted, name, captures)

    async def _of_community(self, wanted: MediaId) -> _Folder:
        title = (await self._names())[Shelf.COMMUNITY]
        games = await self._shelves.games()
        if wanted.game is None:
            inside = [_folder(wanted.within(game=one.key), one.name) for one in games]
            return _Folder(title, inside)
        captures = await self._shelves.of_community(wanted.game)
        return _filled(wanted, _name(games, wanted.game, title), captures)

    def _games(
        self, wanted: MediaId, title: str, captures: Sequence[Capture]
    ) -> _Folder:
        """Games as folders, the one played last first; or one of them."""
        games: dict[str, Capture] = {}
        for capture in captures:
            games.setdefault(capture.title_id or "", capture)
        if wanted.game is not None:
            newest = games.get(wanted.game)
            return _filled(wanted, (newest and newest.game) or title, captures)
        inside = [
            _folder(
                wanted.within(game=key),
                capture.game or "?",
                thumbnail=path(wanted.entry, capture, Part.THUMBNAIL),
            )
            for key, capture in games.items()
            if key
        ]
        return _Folder(title, inside)

    async def _names(self) -> dict[Shelf, str]:
        """What the folders are called in the language of the house."""
        texts = await async_get_translations(
            self._hass, self._hass.config.language, "selector", {DOMAIN}
        )
        prefix = f"component.{DOMAIN}.selector.captures.options."
        return {shelf: texts.get(f"{prefix}{shelf}", shelf) for shelf in Shelf}


def _name(among: list[Named], key: str, otherwise: str) -> str:
    return next((one.name for one in among if one.key == key), otherwise)


def _filled(folder: MediaId, title: str, captures: Sequence[Capture]) -> _Folder:
    """The captures of a folder, or its months if there are many."""
    inside = _inside(captures, folder)
    if folder.month is None and len(inside) > _LARGEST:
        months = dict.fromkeys(map(_month, inside))
        return _Folder(
            title, [_folder(folder.within(month=month), month) for month in months]
        )
    shown = [_capture(folder, capture) for capture in inside]
    return _Folder(folder.month or title, shown)


def _folder(
    identifier: MediaId | None,
    title: str,
    children: _Children | None = None,
    thumbnail: str | None = None,
) -> BrowseMediaSource:
    return BrowseMediaSource(
        domain=DOMAIN,
        identifier=str(identifier) if identifier else None,
        media_class=MediaClass.DIRECTORY,
        media_content_type=MediaClass.DIRECTORY,
        title=title,
        can_play=False,
        can_expand=True,
        can_search=True,
        search_media_classes=[*_CLASSES.values()],
        children=children,
        thumbnail=thumbnail,
    )


def _capture(folder: MediaId, capture: Capture) -> BrowseMediaSource:
    parts = (capture.caption, capture.game, _when(capture))
    return BrowseMediaSource(
        domain=DOMAIN,
        identifier=str(folder.within(month=None, capture=capture.content_id)),
        media_class=_CLASSES[capture.kind],
        media_content_type=mime_type(capture),
        title=" · ".join(part for part in parts if part),
        can_play=capture.main in capture.places,
        can_expand=False,
        thumbnail=path(folder.entry, capture, Part.THUMBNAIL),
    )


def _searched(query: SearchMediaQuery, captures: Sequence[Capture]) -> list[Capture]:
    """Those that a query may mean, the likeliest first, then the newest."""
    wanted, classes = words(query.search_query), query.media_filter_classes
    ranked = []
    for number, capture in enumerate(captures):
        if classes and _CLASSES[capture.kind] not in classes:
            continue
        answers = [
            answer
            for text in (capture.game, capture.caption)
            if text and (answer := match(wanted, words(text))) is not None
        ]
        # A day, a month or a year.
        if wanted and _when(capture).startswith(query.search_query.strip()):
            answers.append((Match.EXACT, 1.0))
        if answers:
            how, well = min(answers, key=lambda answer: (answer[0], -answer[1]))
            ranked.append(((how, -well, number), capture))
    return [capture for _, capture in sorted(ranked, key=lambda one: one[0])]
