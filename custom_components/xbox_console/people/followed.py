"""What is known of one person who is followed, and what changes with each look. Asks nobody."""

from datetime import date, datetime, time, timedelta
from typing import TypedDict, override

from homeassistant.util import dt as dt_util

from ..account import polling
from ..xboxlive.model import Json
from ..xboxlive.services.people import Person as Profile, PersonDetail
from ..xboxlive.services.presence import OnlineState, PresenceRecord
from ..xboxlive.services.titlehub import Title
from .play_time import PlayTime, day_of
from .state import Front, Person, Playing, in_front, name_of, playing, there
from .unlocks import Unlock

_LONGEST_UNSEEN = timedelta(seconds=polling.LONGEST_UNSEEN)


class Remembered(TypedDict, total=False):
    """What of a person is kept over a restart."""

    gamertag: str
    record: dict[str, Json]
    profile: dict[str, Json]
    titles: list[dict[str, Json]]
    left_at: str | None
    day: str
    seconds: float


class Followed:
    """A person, from whom snapshots are made."""

    def __init__(
        self,
        xuid: str,
        gamertag: str,
        subentry_id: str | None,
        *,
        since: datetime,
        day_start: time,
    ) -> None:
        """Start with a name; unlocks before `since` are not news, days begin at `day_start`."""
        self.xuid = xuid
        self.gamertag = gamertag
        self.subentry_id = subentry_id
        self.record: PresenceRecord | None = None
        self.profile: Profile | None = None
        self.titles: dict[str, Title] = {}
        """What is known of the titles in front, and of what just was there."""
        self.visible = True
        self.unlocks_due = False
        """Whether something may have been unlocked that is not known yet."""
        self.last_game: Playing | None = None
        self.minutes: float | None = None
        """What the network counted for the game, and what was counted since."""
        self.minutes_due = False
        """Whether the network was not asked yet what it counted."""
        self._since = since
        self._learned: set[str] = set()
        self._known_unlocks: set[tuple[str, str]] = set()
        self._day_start = day_start
        self._today = PlayTime(day_of(dt_util.utcnow(), day_start))
        self._left_at: datetime | None = None
        self._looked: datetime | None = None
        self._confirmed: datetime | None = None

    @override
    def __repr__(self) -> str:
        """Name nobody."""
        return f"<{type(self).__name__}>"

    def restore(self, kept: Remembered) -> None:
        """Take what an earlier run left, as far as it can be used."""
        try:
            self.gamertag = kept.get("gamertag", self.gamertag)
            if "record" in kept:
                self.record = PresenceRecord.model_validate(kept["record"])
            if "profile" in kept:
                self.profile = Profile.model_validate(kept["profile"])
            for title in Title.model_validate_list(kept.get("titles", [])):
                self.titles[title.title_id] = title
            if left_at := kept.get("left_at"):
                self._left_at = datetime.fromisoformat(left_at)
            if "day" in kept:
                self._today = PlayTime(
                    date.fromisoformat(kept["day"]), float(kept["seconds"])
                )
        except KeyError, TypeError, ValueError:
            # An older version wrote it: the network tells all but the time played.
            return

    def remembered(self) -> Remembered:
        """What is to be kept."""
        kept = Remembered(
            gamertag=self.gamertag,
            titles=[title.raw() for title in self.titles.values()],
            left_at=self._left_at.isoformat() if self._left_at else None,
            day=self._today.day.isoformat(),
            seconds=self._today.seconds,
        )
        if self.record is not None:
            kept["record"] = self.record.raw()
        if self.profile is not None:
            kept["profile"] = self.profile.raw()
        return kept

    @property
    def playing(self) -> Playing | None:
        """What is played or used now."""
        return playing(self.record, self.titles) if self.visible else None

    @property
    def game(self) -> Playing | None:
        """The game that is played now."""
        now = self.playing
        return now if now and now.game else None

    @property
    def new_titles(self) -> list[Front]:
        """What came to the front since titles were learned."""
        return [
            front
            for front in in_front(self.record)
            if front.title_id not in self._learned
        ]

    def learn(self, title: Title, title_id: str) -> None:
        """Take what the network knows of a title and of the person's progress in it."""
        self.titles[title_id] = title
        self._learned.add(title_id)

    def hear(self, record: PresenceRecord, now: datetime) -> None:
        """Take a look at what the person does."""
        if there(self.record) and not there(record):
            self._left_at = now
        self.record = record

    def settle(self, now: datetime) -> bool:
        """Count the time since the last look, once the titles are known; whether a game has ended."""
        game, before = self.game, self.last_game
        same = game is not None and before is not None and _same(game, before)
        ended = before is not None and not same
        if not same:
            self.minutes, self.minutes_due = None, game is not None
        if game is not None:
            self._count(game, now, same=same)
        self._today = self._today.on(day_of(now, self._day_start))
        self._looked = now
        self._confirmed = now if game is not None else None
        self.last_game = game
        if ended:
            self.unlocks_due = True
        return ended

    def _count(self, game: Playing, now: datetime, *, same: bool) -> None:
        start = self._confirmed
        if start is None and self._looked is not None and game.since is not None:
            # The service itself says since when.
            start = max(self._looked, game.since)
        if start is None or not timedelta() < now - start <= _LONGEST_UNSEEN:
            return
        self._today = self._today.add(start, now, self._day_start)
        if same and self.minutes is not None:
            self.minutes += (now - start).total_seconds() / 60

    def forget_titles(self) -> None:
        """Let go of what is no longer in front."""
        front = {one.title_id for one in in_front(self.record)}
        self.titles = {key: self.titles[key] for key in self.titles.keys() & front}
        self._learned &= front

    def meet(self, profile: Profile | None) -> bool:
        """Take a look at the profile, None if there is none any more; whether the score rose."""
        self.visible = profile is not None
        if profile is None:
            return False
        before, self.profile = self.profile, profile
        self.gamertag = name_of(profile) or self.gamertag
        rose = (profile.gamer_score or 0) > ((before and before.gamer_score) or 0)
        if before is not None and rose:
            self.unlocks_due = True
        return rose

    def news(self, unlocks: list[Unlock]) -> list[Unlock]:
        """Those that were not told yet, the oldest first; never one from before the first look."""
        new = [
            unlock
            for unlock in unlocks
            if unlock.at is not None
            and unlock.at > self._since
            and unlock.key not in self._known_unlocks
        ]
        self._known_unlocks.update(unlock.key for unlock in new)
        return sorted(new, key=lambda unlock: unlock.at or self._since)

    @property
    def person(self) -> Person:
        """A snapshot."""
        record, profile = self.record, self.profile
        detail = (profile and profile.detail) or PersonDetail()
        seen = record.last_seen.timestamp if record and record.last_seen else None
        return Person(
            gamertag=self.gamertag,
            visible=self.visible,
            presence=record.state if record else OnlineState.UNKNOWN,
            playing=self.playing,
            last_online=None if there(record) else seen or self._left_at,
            gamerscore=profile.gamer_score if profile else None,
            friends=detail.friend_count,
            followers=detail.follower_count,
            picture=profile.display_pic_raw if profile else None,
            cloaked=profile.is_cloaked if profile else None,
            minutes_today=int(self._today.seconds // 60),
            minutes_in_game=None if self.minutes is None else int(self.minutes),
        )


def _same(one: Playing, other: Playing) -> bool:
    return one.title_id == other.title_id
