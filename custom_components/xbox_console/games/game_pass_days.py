"""On which day something was first seen in a list of Game Pass: the lists have no dates. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self, TypedDict

from ..xboxlive.services.gamepass import GamePassList

LISTS = {
    "added": GamePassList.ADDED,
    "coming": GamePassList.COMING,
    "leaving": GamePassList.LEAVING,
}
"""What is watched, by the words for it."""
KEPT = timedelta(days=400)
_CONFIRMS = 2
"""Looks in a row without something that was listed: one odd answer is no evidence that it left."""


class KeptSighting(TypedDict):
    """A sighting as it is kept."""

    product_id: str
    kind: str
    seen: str
    missed: int
    told: bool


@dataclass(slots=True, kw_only=True)
class Sighting:
    """A product in a list, from when it was first seen there until it was gone."""

    product_id: str
    kind: str
    seen: datetime
    missed: int = 0
    """Looks in a row without it."""
    told: bool = False
    """Whether it needs no event: there was one, or it was there before anybody watched."""

    @property
    def listed(self) -> bool:
        """Whether it is believed to be in the list still."""
        return self.missed < _CONFIRMS

    @classmethod
    def restore(cls, kept: KeptSighting) -> Self:
        """Read what is kept. Raises KeyError, TypeError, ValueError."""
        return cls(
            product_id=kept["product_id"],
            kind=kept["kind"],
            seen=_moment(kept["seen"]),
            missed=kept["missed"],
            told=kept["told"],
        )

    def kept(self) -> KeptSighting:
        """What is to be kept."""
        return KeptSighting(
            product_id=self.product_id,
            kind=self.kind,
            seen=self.seen.isoformat(),
            missed=self.missed,
            told=self.told,
        )


class KeptDays(TypedDict):
    """What is in the file."""

    read: dict[str, str]
    sightings: list[KeptSighting]


class Days:
    """What was seen in the lists, the oldest first."""

    def __init__(self) -> None:
        """Start without having seen any list."""
        self.sightings: list[Sighting] = []
        self.read: dict[str, datetime] = {}
        """When each list was read last."""

    @classmethod
    def restore(cls, kept: KeptDays | None) -> Self:
        """Read what an earlier run left; what cannot be read is a first look again."""
        days = cls()
        if kept is None:
            return days
        try:
            read = {key: _moment(at) for key, at in kept["read"].items()}
            days.sightings = [Sighting.restore(one) for one in kept["sightings"]]
        except AttributeError, KeyError, TypeError, ValueError:
            # Another version wrote it.
            return cls()
        days.read = read
        return days

    def kept(self) -> KeptDays:
        """What is to be kept."""
        return KeptDays(
            read={key: at.isoformat() for key, at in self.read.items()},
            sightings=[one.kept() for one in self.sightings],
        )

    def see(self, kind: str, product_ids: Iterable[str], now: datetime) -> None:
        """Hear what is in a list: what is new is seen from now on, what is missing twice is gone."""
        first = kind not in self.read
        self.read[kind] = now
        listed = dict.fromkeys(product_id.upper() for product_id in product_ids)
        known = {one.product_id: one for one in self.listed(kind)}
        for product_id, one in known.items():
            one.missed = 0 if product_id in listed else one.missed + 1
        self.sightings += [
            Sighting(product_id=product_id, kind=kind, seen=now, told=first)
            for product_id in listed
            if product_id not in known
        ]

    def listed(self, kind: str) -> Iterator[Sighting]:
        """What is believed to be in a list."""
        return (one for one in self.sightings if one.kind == kind and one.listed)

    def untold(self, installed: Collection[str]) -> list[Sighting]:
        """What of the installed is about to leave and was not told; it counts as told from now on."""
        news = [
            one
            for one in self.listed("leaving")
            if not one.told and one.missed == 0 and one.product_id in installed
        ]
        for one in news:
            one.told = True
        return news

    def prune(self, now: datetime) -> None:
        """Let go of what is long gone; what is still listed must stay, or it would be news."""
        self.sightings = [
            one for one in self.sightings if one.listed or one.seen > now - KEPT
        ]

    def due(self, kind: str, now: datetime, pace: timedelta) -> bool:
        """Whether it is time to read a list."""
        read = self.read.get(kind)
        # Clocks go wrong: what was read in the future says nothing.
        return read is None or not read <= now < read + pace

    def between(
        self, start: datetime, end: datetime
    ) -> Mapping[tuple[datetime, str], list[str]]:
        """What was first seen in a period: product ids by midnight, where Home Assistant is, and list."""
        found: dict[tuple[datetime, str], list[str]] = {}
        for one in self.sightings:
            midnight = _midnight(one.seen, start)
            if midnight < end and midnight + timedelta(days=1) > start:
                found.setdefault((midnight, one.kind), []).append(one.product_id)
        return found


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written)


def _midnight(moment: datetime, local: datetime) -> datetime:
    """When a moment's day began, in the time zone of another."""
    return moment.astimezone(local.tzinfo).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
