"""What somebody played and when, session by session, as far as it was counted. Pure."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Self, TypedDict

HOUR = timedelta(hours=1)
KEPT = timedelta(days=400)
_PAUSE = timedelta(minutes=10)
"""A shorter pause in the same game ends no session."""
_SOON = timedelta(minutes=5)
"""An unlock is told a little after it, and counting begins a little after the game."""

type Span = tuple[datetime, datetime]


class KeptSession(TypedDict):
    """A session as it is kept."""

    title_id: str
    game: str | None
    spans: list[tuple[str, str]]
    unlocked: list[str]


@dataclass(slots=True, kw_only=True)
class Session:
    """A game that somebody played, with no longer pause in it."""

    title_id: str
    game: str | None
    spans: list[Span]
    """What was counted, in order; pauses between are not."""
    unlocked: list[str] = field(default_factory=list)
    """Names of achievements."""

    @property
    def start(self) -> datetime:
        """When it began."""
        return self.spans[0][0]

    @property
    def end(self) -> datetime:
        """When it ended, as far as is known."""
        return self.spans[-1][1]

    def seconds(self, start: datetime, end: datetime) -> float:
        """How long of a period was played."""
        return sum(
            max(0.0, (min(last, end) - max(first, start)).total_seconds())
            for first, last in self.spans
        )

    @property
    def total(self) -> float:
        """How many seconds were played."""
        return self.seconds(self.start, self.end)

    def hours(self) -> Iterator[tuple[datetime, float]]:
        """Each whole hour in UTC that was played in, and for how many seconds."""
        for first, last in self.spans:
            hour = first.replace(minute=0, second=0, microsecond=0)
            while hour < last:
                within = min(last, hour + HOUR) - max(first, hour)
                yield hour, within.total_seconds()
                hour += HOUR

    @classmethod
    def restore(cls, kept: KeptSession) -> Self:
        """Read what is kept. Raises KeyError, TypeError, ValueError."""
        return cls(
            title_id=kept["title_id"],
            game=kept["game"],
            spans=[
                (datetime.fromisoformat(start), datetime.fromisoformat(end))
                for start, end in kept["spans"]
            ],
            unlocked=list(kept["unlocked"]),
        )

    def kept(self) -> KeptSession:
        """What is to be kept."""
        return KeptSession(
            title_id=self.title_id,
            game=self.game,
            spans=[(start.isoformat(), end.isoformat()) for start, end in self.spans],
            unlocked=list(self.unlocked),
        )


class KeptPages(TypedDict):
    """The pages of one person as they are kept."""

    device_id: str | None
    untold: str | None
    earlier: dict[str, float]
    sessions: list[KeptSession]


class Pages:
    """The sessions of one person, the oldest first."""

    def __init__(self) -> None:
        """Start with empty pages."""
        self.sessions: list[Session] = []
        self.device_id: str | None = None
        """The device under whose id statistics were told."""
        self.untold: datetime | None = None
        """The first hour of which statistics do not know everything."""
        self.earlier: dict[str, float] = {}
        """Seconds by title of sessions that are no longer kept: sums go on."""

    @classmethod
    def restore(cls, kept: KeptPages) -> Self:
        """Read what an earlier run left; what cannot be read is left out."""
        pages = cls()
        try:
            pages.sessions = [Session.restore(one) for one in kept["sessions"]]
            pages.device_id = kept["device_id"]
            pages.earlier = dict(kept["earlier"])
            untold = kept["untold"]
            pages.untold = datetime.fromisoformat(untold) if untold else None
            if pages.sessions:
                # A crash may have told more than it has kept.
                pages.tell_from(pages.sessions[-1].end)
        except KeyError, TypeError, ValueError:
            # Another version wrote it.
            return cls()
        return pages

    def kept(self) -> KeptPages:
        """What is to be kept."""
        return KeptPages(
            device_id=self.device_id,
            untold=self.untold.isoformat() if self.untold else None,
            earlier=self.earlier,
            sessions=[session.kept() for session in self.sessions],
        )

    def played(
        self, title_id: str, game: str | None, start: datetime, end: datetime
    ) -> None:
        """Write down what was counted; what is written already is not written twice."""
        last = self.sessions[-1] if self.sessions else None
        if last is not None:
            # A crash may have lost how far was counted, but not what is written here.
            start = max(start, last.end)
        if start >= end:
            return
        self.tell_from(start)
        if last is None or last.title_id != title_id or start - last.end > _PAUSE:
            self.sessions.append(
                Session(title_id=title_id, game=game, spans=[(start, end)])
            )
            return
        last.game = game or last.game
        if start == last.end:
            last.spans[-1] = last.spans[-1][0], end
        else:
            last.spans.append((start, end))

    def tell_from(self, moment: datetime) -> None:
        """Have statistics told anew from the hour of a moment on."""
        hour = moment.replace(minute=0, second=0, microsecond=0)
        self.untold = min(self.untold or hour, hour)

    def unlocked(self, title_id: str | None, name: str, at: datetime) -> None:
        """Write an achievement into the session in which it was unlocked."""
        for session in reversed(self.sessions):
            if (
                session.title_id == title_id
                and session.start - _SOON <= at <= session.end + _SOON
            ):
                if name not in session.unlocked:
                    session.unlocked.append(name)
                return

    def prune(self, now: datetime) -> bool:
        """Let go of what is too old; whether there was any."""
        old = [one for one in self.sessions if one.end < now - KEPT]
        for session in old:
            earlier = self.earlier.get(session.title_id, 0.0)
            self.earlier[session.title_id] = earlier + session.total
        del self.sessions[: len(old)]
        return bool(old)

    def between(self, start: datetime, end: datetime) -> list[Session]:
        """The sessions that touch a period."""
        return [one for one in self.sessions if one.start < end and one.end > start]

    def by_title(self, start: datetime, end: datetime) -> dict[str, float]:
        """Seconds played of a period, by title, the most first."""
        found: dict[str, float] = defaultdict(float)
        for session in self.between(start, end):
            found[session.title_id] += session.seconds(start, end)
        most = sorted(found.items(), key=lambda item: item[1], reverse=True)
        return {title_id: seconds for title_id, seconds in most if seconds}

    @property
    def names(self) -> dict[str, str | None]:
        """What the titles are called, as they were called last."""
        return {session.title_id: session.game for session in self.sessions}
