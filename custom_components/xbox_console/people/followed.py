"""What is known of one person who is followed, and what changes with each look. Asks nobody.

Moments are the network's own: what it tells is compared with when we looked.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import TypedDict, override

from ..account import polling
from ..xboxlive.model import Json
from ..xboxlive.services.people import Person as Profile, PersonDetail
from ..xboxlive.services.presence import LastSeen, OnlineState, PresenceRecord
from ..xboxlive.services.titlehub import Title
from .play_time import PlayTime, day_of
from .social import party_of
from .state import (
    Front,
    Person,
    Playing,
    in_front,
    is_played,
    name_of,
    playing,
    tells,
    there,
)
from .titles import Titles
from .unlocks import KeptUnlocks, Unlock, Unlocks

_ENOUGH_MISSES = 2
_GRACE = timedelta(seconds=polling.GRACE)
_KEPT_OF_TITLE = timedelta(seconds=polling.KEPT_OF_TITLE)
_LONGEST_UNSEEN = timedelta(seconds=polling.LONGEST_UNSEEN)
_READ_OF_PROFILE = (
    "xuid",
    "gamertag",
    "unique_modern_gamertag",
    "gamer_score",
    "display_pic_raw",
    "is_cloaked",
    "multiplayer_summary",
    "detail",
)


type Counted = Callable[[Playing, datetime, datetime], None]
"""Takes a game that was played, from when and until when."""


def _to_nobody(game: Playing, start: datetime, end: datetime) -> None:
    """Tell nobody."""


class Remembered(TypedDict, total=False):
    """What of a person is kept over a restart."""

    gamertag: str
    record: dict[str, Json]
    profile: dict[str, Json]
    titles: list[dict[str, Json]]
    left_at: str | None
    day: str
    seconds: float
    confirmed: str | None
    unlocks: KeptUnlocks
    unlocks_due: bool


class Followed:
    """A person, from whom snapshots are made."""

    _told_points = 0
    _shown: str | None = None
    _last_game: str | None = None
    _last_online: datetime | None = None
    _heard: datetime | None = None
    _told = False
    _looked: datetime | None = None
    _confirmed: datetime | None = None

    def __init__(
        self,
        xuid: str,
        gamertag: str,
        subentry_id: str | None,
        *,
        titles: Titles,
        day_start: time,
        now: datetime,
        begun: float = 0.0,
    ) -> None:
        """Start with a name, at `begun` seconds; days begin at `day_start`."""
        self.xuid = xuid
        self.gamertag = gamertag
        self.subentry_id = subentry_id
        self.begun = begun
        self.record: PresenceRecord | None = None
        self.profile: Profile | None = None
        self.misses = 0
        """How often in a row the profiles lacked the person."""
        self.unlocks = Unlocks()
        self.unlocks_due = False
        """Whether something may have been unlocked that is not known yet."""
        self.points_due = 0
        """How much higher the score is than by what was told."""
        self.minutes: float | None = None
        """What the network counted for the game, and what was counted since."""
        self.minutes_due = False
        """Whether the network was not asked yet what it counted."""
        self.counted: Counted = _to_nobody
        """Whom to tell of each period that was counted."""
        self.recent: dict[str, str] = {}
        """Titles in which something may have been unlocked since that was asked, with their devices."""
        self._minutes_in: dict[str, tuple[float | None, datetime]] = {}
        self._titles = titles
        self._day_start = day_start
        self._today = PlayTime(day_of(now, day_start))

    @override
    def __repr__(self) -> str:
        """Name nobody."""
        return f"<{type(self).__name__}>"

    def restore(self, kept: Remembered) -> None:
        """Take what an earlier run left, as far as it can be used."""
        try:
            self.gamertag = kept.get("gamertag", self.gamertag)
            if "day" in kept:
                self._today = PlayTime(
                    date.fromisoformat(kept["day"]), float(kept["seconds"])
                )
            if "record" in kept:
                self.record = PresenceRecord.model_validate(kept["record"])
            if "profile" in kept:
                profile = Profile.model_validate(kept["profile"])
                self.profile = profile.only(*_READ_OF_PROFILE)
            self._restore_titles(Title.model_validate_list(kept.get("titles", [])))
            self._last_online = _moment(kept.get("left_at"))
            if self.record and self.record.last_seen:
                self._was_online(self.record.last_seen.timestamp)
            self._confirmed = _moment(kept.get("confirmed"))
            self.unlocks_due = kept.get("unlocks_due", False)
            if "unlocks" in kept:
                self.unlocks.restore(kept["unlocks"])
        except KeyError, TypeError, ValueError:
            # Another version wrote it: the network tells all but the time played.
            return

    def _restore_titles(self, titles: tuple[Title, ...]) -> None:
        for title in titles:
            self._titles.describe(title.title_id, title)
            if title.achievement is not None:
                self._titles.achieve(self.xuid, title.title_id, title.achievement, None)

    def remembered(self, now: datetime) -> Remembered:
        """What is to be kept."""
        titles = (
            self._titles.of_person(self.xuid, title_id)
            for title_id in dict.fromkeys(front.title_id for front in self.fronts)
        )
        kept = Remembered(
            gamertag=self.gamertag,
            titles=[title.raw() for title in titles if title],
            left_at=_iso(self._last_online),
            day=self._today.day.isoformat(),
            seconds=self._today.seconds,
            confirmed=_iso(self._confirmed),
            unlocks=self.unlocks.kept(now),
            unlocks_due=self.unlocks_due,
        )
        if self.record is not None:
            kept["record"] = self.record.raw()
        if self.profile is not None:
            kept["profile"] = self.profile.raw()
        return kept

    @property
    def visible(self) -> bool:
        """Whether the network knows the person: that it does not is believed the second time.

        The account itself is there as long as it is signed in.
        """
        return self.subentry_id is None or self.misses < _ENOUGH_MISSES

    @property
    def fronts(self) -> tuple[Front, ...]:
        """What is in front of the person, device by device."""
        return tuple(in_front(self.record))

    @property
    def playing(self) -> Playing | None:
        """What is played or used now."""
        if not self.visible:
            return None
        known = lambda title_id: self._titles.known(self.xuid, title_id)  # noqa: E731
        return playing(self.record, known, self._shown)

    @property
    def game(self) -> Playing | None:
        """The game that is played now."""
        now = self.playing
        return now if now and now.game else None

    def today(self, now: datetime) -> PlayTime:
        """The day of play, and how long the person has played on it."""
        return self._today.on(day_of(now, self._day_start))

    def hear(self, record: PresenceRecord | None, now: datetime) -> None:
        """Take a look at what the person does; a record that is missing or says nothing tells nothing."""
        self._told = tells(record)
        if self._told or self._heard is None:
            self._heard = now
        if not tells(record):
            self._looked = self._confirmed = None
            if now - self._heard > _GRACE:
                self.record = None
            return
        before = {front.title_id: front.device for front in self.fronts}
        self._notice_what_was_left(before, record)
        if there(record):
            self._was_online(now)
        self.record = record
        for front in self.fronts:
            self._titles.name(front.title_id, front.name)
            self.recent[front.title_id] = front.device
            if front.title_id not in before:
                long_ago = now - _KEPT_OF_TITLE
                self._titles.outdate(self.xuid, front.title_id, before=long_ago)

    def _notice_what_was_left(
        self, before: Mapping[str, str], record: PresenceRecord
    ) -> None:
        """Something may have been unlocked in what is no longer in front, or came and went unseen."""
        now = {front.title_id for front in in_front(record)}
        left = {title: device for title, device in before.items() if title not in now}
        seen = record.last_seen or LastSeen()
        known = self._last_online
        self._was_online(seen.timestamp)
        if known is not None and known != self._last_online and seen.title_id:
            left[seen.title_id] = seen.device_type or ""
        for title_id, device in left.items():
            if self._may_hold_unlocks(title_id):
                self.recent[title_id] = device
                self.unlocks_due = True

    def _may_hold_unlocks(self, title_id: str) -> bool:
        return is_played(title_id) and self._titles.facts.is_game(title_id) is not False

    def _was_online(self, at: datetime | None) -> None:
        """Keep the latest proof: the service alternates between near times."""
        if at is not None and (self._last_online is None or at > self._last_online):
            self._last_online = at

    def settle(self, now: datetime) -> None:
        """Count the time since the last look, once the titles are known."""
        if not self._told:
            return
        shown = self.playing
        self._shown = shown.title_id if shown else None
        game = shown if shown and shown.game else None
        if game is None or game.title_id != self._last_game:
            self._change(game, now)
        if game is not None:
            self._count(game, now)
        self._last_game = game.title_id if game else None
        self._today = self.today(now)
        self._looked = now
        self._confirmed = now if game is not None else None

    def _change(self, game: Playing | None, now: datetime) -> None:
        """Put away the minutes of the game that was played, and take out those of the next."""
        if self._last_game is not None and not self.minutes_due:
            self._minutes_in[self._last_game] = self.minutes, now
        self._minutes_in = {
            title_id: (minutes, at)
            for title_id, (minutes, at) in self._minutes_in.items()
            if now - at < _KEPT_OF_TITLE
        }
        known = self._minutes_in.get(game.title_id) if game else None
        self.minutes = known[0] if known else None
        self.minutes_due = game is not None and known is None

    def _count(self, game: Playing, now: datetime) -> None:
        start = self._confirmed
        if start is None and self._looked is not None and game.since is not None:
            # The service itself says since when.
            start = max(self._looked, game.since)
        if start is None or not timedelta() < now - start <= _LONGEST_UNSEEN:
            return
        self._today = self._today.add(start, now, self._day_start)
        self.counted(game, start, now)
        if self.minutes is not None:
            self.minutes += (now - start).total_seconds() / 60

    def meet(self, profile: Profile | None) -> None:
        """Take a look at the profile; None if the network did not tell of the person."""
        if profile is None:
            self.misses += 1
            return
        self.misses = 0
        before, self.profile = self.profile, profile.only(*_READ_OF_PROFILE)
        self.gamertag = name_of(profile) or self.gamertag
        if before is not None:
            score, was = profile.gamer_score or 0, before.gamer_score or 0
            if score > was and score - was != self._told_points:
                self.unlocks_due = True
                self.points_due = score - was - self._told_points
                self._titles.outdate(self.xuid, None)
        self._told_points = 0

    def news(self, unlocks: list[Unlock]) -> list[Unlock]:
        """Those that are told now, the oldest first."""
        new = self.unlocks.news(unlocks)
        self._told_points += sum(unlock.gamerscore for unlock in new)
        for unlock in new:
            self._titles.outdate(self.xuid, unlock.title_id)
        self.unlocks_due = False
        self.points_due = 0
        self.recent = {front.title_id: front.device for front in self.fronts}
        return new

    def snapshot(self, now: datetime) -> Person:
        """What is shown of the person."""
        record, profile = self.record, self.profile
        detail = (profile and profile.detail) or PersonDetail()
        shown = self.playing
        in_game = self.minutes if shown and shown.game else None
        today = self.today(now)
        return Person(
            gamertag=self.gamertag,
            visible=self.visible,
            presence=record.state if record else OnlineState.UNKNOWN,
            playing=shown,
            last_online=None if there(record) else self._last_online,
            gamerscore=profile.gamer_score if profile else None,
            friends=detail.friend_count,
            followers=detail.follower_count,
            following=detail.following_count,
            **party_of(profile, online=there(record)),
            picture=profile.display_pic_raw if profile else None,
            cloaked=profile.is_cloaked if profile else None,
            minutes_today=int(today.seconds // 60),
            minutes_in_game=None if in_game is None else int(in_game),
        )


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
