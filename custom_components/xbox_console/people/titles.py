"""What is known of titles: what they are, for everybody, and how far each person has come in them."""

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime

from ..games.facts import TitleFacts
from ..xboxlive.services.titlehub import Title, TitleAchievement

_MOST_TITLES = 500
_MOST_PROGRESS = 5000
_READ = (
    "title_id",
    "name",
    "type",
    "product_id",
    "service_config_id",
    "devices",
    "display_image",
    "images",
    "game_pass",
    "detail",
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a title, and of one person's progress in it."""

    game: bool | None = None
    """None if nothing has told yet."""
    name: str | None = None
    title: Title | None = None
    progress: TitleAchievement | None = None
    total: int | None = None
    """How many achievements there are, where they had to be counted."""


@dataclass(frozen=True, slots=True)
class _Progress:
    """How far somebody had come when that was told."""

    told: TitleAchievement
    at: datetime | None


class Titles:
    """Each title is described once, whoever plays it; asks nobody."""

    def __init__(self, facts: TitleFacts) -> None:
        """Know what holds for ever."""
        self.facts = facts
        self._described: OrderedDict[str, Title] = OrderedDict()
        self._names: OrderedDict[str, str] = OrderedDict()
        self._progress: OrderedDict[tuple[str, str], _Progress] = OrderedDict()

    def describe(self, title_id: str, title: Title) -> None:
        """Take what a title is, whoever was asked; the service may know it by another id."""
        self.facts.learn_title(title_id, title)
        _put(self._described, title_id, title.only(*_READ), _MOST_TITLES)
        if title.name:
            _put(self._names, title_id, title.name, _MOST_TITLES)

    def name(self, title_id: str, name: str | None) -> None:
        """Take what presence calls a title, if nothing else has named it; an empty name is none."""
        if name and title_id not in self._described:
            _put(self._names, title_id, name, _MOST_TITLES)

    def achieve(
        self,
        xuid: str,
        title_id: str,
        progress: TitleAchievement | None,
        at: datetime | None,
    ) -> None:
        """Take how far a person has come in a title; None for what an earlier run was told."""
        told = _Progress(progress or TitleAchievement(), at)
        _put(self._progress, (xuid, title_id), told, _MOST_PROGRESS)

    def outdate(
        self, xuid: str, title_id: str | None, before: datetime | None = None
    ) -> None:
        """Ask again how far a person has come in a title, or in any: unless that was told lately."""
        for key, known in self._progress.items():
            old = before is None or known.at is None or known.at < before
            if old and key[0] == xuid and title_id in (None, key[1]):
                self._progress[key] = replace(known, at=None)

    def is_described(self, title_id: str) -> bool:
        """Whether it is known what a title is."""
        return title_id in self._described

    def has_progress(self, xuid: str, title_id: str) -> bool:
        """Whether it is known how far a person has come in a title, as of now."""
        known = self._progress.get((xuid, title_id))
        return known is not None and known.at is not None

    def name_of(self, title_id: str | None) -> str | None:
        """What a title is called."""
        return self._names.get(title_id or "")

    def devices_of(self, title_id: str) -> tuple[str, ...]:
        """What a title runs on, as far as that is known."""
        title = self._described.get(title_id)
        return title.devices if title else ()

    def scid_of(self, title_id: str) -> str | None:
        """What the service calls a title where it keeps its achievements."""
        title = self._described.get(title_id)
        return title.service_config_id if title else None

    def of_person(self, xuid: str, title_id: str) -> Title | None:
        """A title as the network tells it to one person, to be kept."""
        title = self._described.get(title_id)
        if title is None:
            return None
        progress = self._told(xuid, title_id)
        return title.model_copy(update={"achievement": progress})

    def _told(self, xuid: str, title_id: str) -> TitleAchievement | None:
        known = self._progress.get((xuid, title_id))
        return known.told if known else None

    def known(self, xuid: str, title_id: str) -> Known:
        """What is known of a title and a person."""
        progress = self._told(xuid, title_id)
        scored = progress.total_gamerscore if progress else None
        return Known(
            game=self.facts.is_game(title_id),
            name=self.name_of(title_id),
            title=self._described.get(title_id),
            progress=progress,
            total=self.facts.total(title_id, scored) if scored else None,
        )


def _put[K, V](kept: OrderedDict[K, V], key: K, value: V, most: int) -> None:
    """Keep something, and let go of what was not heard of for longest."""
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > most:
        kept.popitem(last=False)
