"""The coordinator for people: everyone in one request, the rest on the side and rarely."""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import override

from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
)
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import CALLBACK_TYPE, Event, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.dispatcher import async_dispatcher_connect

from ..account import polling
from ..account.coordinator import Context, XboxCoordinator
from ..account.options import Options
from ..account.ownership import OWNERS_CHANGED
from ..games.facts import TitleFacts
from ..xboxlive.services.people import Decoration
from ..xboxlive.services.presence import Visibility
from .aside import Aside
from .followed import Followed, Remembered
from .inbox import RECEIVED, Inbox, Received
from .learning import Learning
from .memory import PeopleMemory
from .news import News
from .push import Push
from .roster import Roster
from .state import Person, there
from .titles import Titles
from .unlocking import latest_unlocks
from .unlocks import UNLOCKED, Unlock

INBOX = "inbox"
"""Context of entities that show the inbox; without one it is not asked for."""
MESSAGES = "messages"
"""Context of entities that tell each message."""
MINUTES = "minutes"
"""Context of entities, together with the XUID, that show the minutes played of a game."""
_PROFILE = (
    Decoration.DETAIL,
    Decoration.PRESENCE_DETAIL,
    Decoration.MULTIPLAYER_SUMMARY,
)


@dataclass(frozen=True, slots=True)
class People:
    """One snapshot of everyone, by XUID."""

    persons: dict[str, Person] = field(default_factory=dict, repr=False)
    unread: int | None = None
    """Conversations of the account with something unread."""
    news: int = 0
    """How many news there have been: where there are more, the others are told of them."""


class PeopleCoordinator(XboxCoordinator[People]):
    """Everyone who is followed: the account itself, and the people of its subentries."""

    def __init__(
        self,
        context: Context,
        memory: PeopleMemory,
        facts: TitleFacts,
        titles_here: Callable[[], Collection[str]],
    ) -> None:
        """Start with what is remembered; `titles_here` gives the ids of what our consoles run."""
        super().__init__(context, "people", polling.PEOPLE_OFFLINE)
        self.xuid = context.entry.unique_id or ""
        self.memory = memory
        self.titles = Titles(facts)
        self._titles_here = titles_here
        self._here: set[str] = set()
        self._hurried_for: set[str] = set()
        self._news = News()
        self._aside = Aside(self.name, self.hass.loop.time)
        self._learning = Learning(self.xbox, self.xuid, self._aside, self.titles)
        self._inbox = Inbox(self.xbox, self.xuid, self._aside, self.gamertag_of)
        self._on_new: list[Callable[[Followed], None]] = []
        self._on_gone: list[Callable[[str], None]] = []
        self._roster = Roster(self.hass, context.entry, self._begin)
        self._roster.update()
        self.push = Push(self.xbox.activity, self, self.xuid, self.hass.loop)
        self.data = self._snapshot()
        for listening in (
            async_dispatcher_connect(
                self.hass, SIGNAL_CONFIG_ENTRY_CHANGED, self._entry_changed
            ),
            async_dispatcher_connect(self.hass, OWNERS_CHANGED, self._follow_entry),
            self.hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, self._stop),
        ):
            context.entry.async_on_unload(listening)

    @property
    def followed(self) -> Collection[Followed]:
        """Everyone, the account itself first."""
        return self._roster.people.values()

    def gamertag_of(self, xuid: str) -> str | None:
        """What somebody who is followed is called."""
        person = self._roster.people.get(xuid)
        return person.gamertag if person else None

    def of_device(self, device: dr.AnyDeviceEntry) -> Followed | None:
        """The person that a device stands for."""
        return self._roster.of_device(device)

    @callback
    def _begin(self, xuid: str, gamertag: str, subentry_id: str | None) -> Followed:
        person = Followed(
            xuid,
            gamertag,
            subentry_id,
            titles=self.titles,
            day_start=Options.of(self.config_entry).day_start,
            now=self.now,
            begun=self.hass.loop.time(),
        )
        person.restore(self.memory.people.get(xuid, {}))
        return person

    @callback
    def _entry_changed(self, change: ConfigEntryChange, entry: ConfigEntry) -> None:
        if entry is self.config_entry and change is ConfigEntryChange.UPDATED:
            self._follow_entry()

    @callback
    def _follow_entry(self) -> None:
        """Begin with who is new in the entry, and let go of who is no longer in it, or elsewhere."""
        new, gone = self._roster.update()
        if not new and not gone:
            return
        for xuid in gone:
            self.memory.people.pop(xuid, None)
            for forget in self._on_gone:
                forget(xuid)
        self._publish()
        self._remember()
        self.push.follow()
        for person in new:
            for tell in self._on_new:
                tell(person)
        if new:
            self._aside.hurry("peoplehub")
            self.hint()

    @callback
    def on_person(self, tell: Callable[[Followed], None]) -> None:
        """Call for each person there is, and for each that comes later."""
        self._on_new.append(tell)
        for person in self.followed:
            tell(person)

    @callback
    def on_gone(self, forget: Callable[[str], None]) -> None:
        """Call with the XUID of each person who is no longer followed."""
        self._on_gone.append(forget)

    @callback
    def on_unlock(self, xuid: str, tell: Callable[[Unlock], None]) -> CALLBACK_TYPE:
        """Call for each unlock of a person; returns the way to stop that."""
        return self._news.on((UNLOCKED, xuid), tell)

    @callback
    def on_message(self, tell: Callable[[Received], None]) -> CALLBACK_TYPE:
        """Call for each message to the account; returns the way to stop that."""
        return self._news.on((RECEIVED, self.xuid), tell)

    @callback
    @override
    def async_update_listeners(self) -> None:
        """Show what there is, then tell what is new."""
        super().async_update_listeners()
        if self.last_update_success:
            self._news.tell()

    @callback
    def consoles_changed(self) -> None:
        """Look at who plays when a console of ours has begun to run something else."""
        here = set(self._titles_here())
        if here != self._here:
            self._here = here
            if self.last_confirmed is not None:
                self.hint()

    @callback
    def look_now(self) -> None:
        """Look at everyone because of what was pushed, once a look that is under way has ended."""
        self.background(self._look_after_others())

    async def _look_after_others(self) -> None:
        while self._readings:
            await asyncio.wait(self._readings)
        await self.async_refresh()

    @callback
    def profiles_changed(self) -> None:
        """Read the profiles soon, but not with each of many changes."""
        self._aside.hurry("peoplehub", within=polling.PROFILES_TOLD)

    @callback
    def unlocked(self, person: Followed) -> None:
        """Ask what somebody has unlocked at the next look."""
        person.unlocks_due = True

    def scid_of(self, person: Followed) -> str | None:
        """What the service calls the game that somebody plays."""
        return self.titles.scid_of(person.game.title_id) if person.game else None

    @override
    def _pace(self) -> float:
        online = [person for person in self.followed if there(person.record)]
        games = [person.game for person in online]
        here = [game and game.title_id in self._here for game in games]
        return polling.people_interval(
            elsewhere=any(
                game and not ours and not self.push.tells(person)
                for person, game, ours in zip(online, games, here, strict=True)
            ),
            online=bool(games),
            here=all(here) and not self._reads_often,
        )

    @override
    async def _read(self) -> People:
        everyone = tuple(self.followed)
        told = await self.xbox.presence.batch(person.xuid for person in everyone)
        now, records = self.now, {record.xuid: record for record in told}
        for person in everyone:
            person.unlocks.watch(now - self._since(person), now)
            person.hear(records.get(person.xuid), now)
        await self._learning.titles_of(everyone, now)
        await self._read_profiles(everyone)
        for person in everyone:
            person.settle(now)
        for person in everyone:
            if person.unlocks_due:
                await self._read_unlocks(person, now)
        await self._learning.totals(everyone)
        shown = self.async_contexts()
        await self._learning.minutes(
            person for person in everyone if (MINUTES, person.xuid) in shown
        )
        await self._read_inbox(now)
        self._here = set(self._titles_here())
        self._remember()
        self.push.looked()
        return self._snapshot()

    def _since(self, person: Followed) -> timedelta:
        return timedelta(seconds=self.hass.loop.time() - person.begun)

    async def _read_profiles(self, everyone: Collection[Followed]) -> None:
        every = polling.profiles_interval(in_game=any(one.game for one in everyone))
        self._aside.hurry("peoplehub", within=every)
        if unknown := self._learning.unknown(everyone) - self._hurried_for:
            # Profiles tell whether a title is a game.
            self._hurried_for |= unknown
            self._aside.hurry("peoplehub")
        answer = await self._aside.ask(
            "peoplehub",
            lambda: self.xbox.people.batch([one.xuid for one in everyone], _PROFILE),
            every=every,
        )
        if answer is None:
            return
        profiles = {profile.xuid: profile for profile in answer.people}
        for person in everyone:
            before, profile = person.gamertag, profiles.get(person.xuid)
            person.meet(profile)
            if profile is None:
                again = polling.missed_interval(person.misses)
                self._aside.hurry("peoplehub", within=again)
                continue
            self._learning.profile(profile)
            self._roster.rename(person, before)

    async def _read_unlocks(self, person: Followed, now: datetime) -> None:
        """Ask what was unlocked last, and have told what is new."""
        unlocks = await self._aside.ask(
            "achievements",
            lambda: latest_unlocks(self.xbox, person, self.titles),
            about=person.xuid,
            refused=list[Unlock](),
        )
        if unlocks is None:
            return
        new = person.news(unlocks)
        if not new:
            return
        await self._learning.describe(
            {each.title_id for each in new if each.title_id and not each.game}
        )
        for each in new:
            game = each.game or self.titles.name_of(each.title_id)
            self._news.add((UNLOCKED, person.xuid), replace(each, game=game))
        await self._learning.titles_of((person,), now)
        # The score is higher now.
        self._aside.hurry("peoplehub")

    @property
    def _reads_often(self) -> bool:
        """Whether messages are told while the account is there to get some."""
        own = self._roster.people[self.xuid]
        return MESSAGES in self.async_contexts() and there(own.record)

    async def _read_inbox(self, now: datetime) -> None:
        watched = MESSAGES in self.async_contexts()
        self._inbox.ignore(now, unless=watched)
        if watched or INBOX in self.async_contexts():
            for received in await self._inbox.read(
                now, watched=watched, often=self._reads_often
            ):
                self._news.add((RECEIVED, self.xuid), received)

    def address(self, link: str, side: int | None = None) -> str:
        """Where something is that a service gave a link to; a picture as high as so many pixels."""
        return str(self.xbox.session.transport.hosts.locate(link, side))

    async def appear_offline(self, cloaked: bool) -> None:
        """Hide the account from others, or no longer. Raises XboxError."""
        await self.xbox.presence(patience=5).show_as(
            Visibility.CLOAKED if cloaked else Visibility.ACTIVE
        )
        own = self._roster.people[self.xuid]
        if own.profile is not None:
            own.profile = own.profile.model_copy(update={"is_cloaked": cloaked})
        # The service says nothing when it has done it: the profile tells.
        self.profiles_changed()
        self._publish()

    @callback
    def _publish(self) -> None:
        self.data = self._snapshot()
        self.async_update_listeners()

    @callback
    def _stop(self, _: Event) -> None:
        """Let Home Assistant's last write have what was played until now."""
        self.push.stop()
        self._remember()

    async def close(self) -> None:
        """Keep what is known, and until when somebody watched: the last look may be long ago."""
        self._remember()
        await self.memory.close()

    @override
    async def async_shutdown(self) -> None:
        """Listen no more, and ask no more."""
        self.push.stop()
        await super().async_shutdown()

    @callback
    def _remember(self) -> None:
        self.memory.remember(self._kept())

    def _kept(self) -> dict[str, Remembered]:
        now = self.now
        return {person.xuid: person.remembered(now) for person in self.followed}

    @callback
    def _snapshot(self) -> People:
        now = self.now
        persons = {person.xuid: person.snapshot(now) for person in self.followed}
        return People(persons, self._inbox.unread, self._news.number)
