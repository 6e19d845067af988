"""The coordinator for people: everyone in one request, the rest on the side and rarely."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from typing import override

from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
)
from homeassistant.core import CALLBACK_TYPE, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.util import dt as dt_util

from ..account import polling
from ..account.coordinator import Context, XboxCoordinator
from ..account.options import Options
from ..const import DOMAIN, LOGGER
from ..xboxlive.errors import AccessDenied, NotFound, UnexpectedResponse, XboxError
from ..xboxlive.services.achievements import Achievements, Achievements360
from ..xboxlive.services.people import Decoration
from ..xboxlive.services.presence import Visibility
from ..xboxlive.services.userstats import MINUTES_PLAYED
from .followed import Followed
from .memory import PeopleMemory
from .state import Person, there
from .unlocks import Unlock

PERSON = "person"
"""The type of the subentries that people other than the account itself have."""
INBOX = "inbox"
"""Context of entities that show the inbox; without one it is not asked for."""
MINUTES = "minutes"
"""Context of entities, together with the XUID, that show the minutes played of a game."""
_PROFILES = ("peoplehub", "")
_XBOX_360 = "Xbox360"


@dataclass(frozen=True, slots=True)
class People:
    """One snapshot of everyone, by XUID."""

    persons: dict[str, Person] = field(default_factory=dict, repr=False)
    unread: int | None = None
    """Conversations of the account with something unread."""


type UnlockListener = Callable[[Unlock], None]


class PeopleCoordinator(XboxCoordinator[People]):
    """Everyone who is followed: the account itself, and the people of its subentries."""

    def __init__(
        self,
        context: Context,
        memory: PeopleMemory,
        titles_here: Callable[[], Collection[str]],
    ) -> None:
        """Start with what is remembered; `titles_here` gives the ids of what our consoles run."""
        super().__init__(context, "people", polling.PEOPLE_OFFLINE)
        self.xuid = context.entry.unique_id or ""
        self.memory = memory
        self._titles_here = titles_here
        self._here: set[str] = set()
        self._followed: dict[str, Followed] = {}
        self._on_new: list[Callable[[Followed], None]] = []
        self._on_unlock: dict[str, list[UnlockListener]] = {}
        self._not_before: dict[str | tuple[str, str], float] = {}
        self._unread: int | None = None
        self._follow_everyone()
        self.data = self._snapshot()
        context.entry.async_on_unload(
            async_dispatcher_connect(
                self.hass, SIGNAL_CONFIG_ENTRY_CHANGED, self._entry_changed
            )
        )

    @property
    def followed(self) -> Collection[Followed]:
        """Everyone, the account itself first."""
        return self._followed.values()

    @callback
    def _follow_everyone(self) -> None:
        """Begin with who is new in the entry, and let go of who is no longer in it."""
        wanted = {self.xuid: (self.config_entry.title, None)} | {
            subentry.unique_id: (subentry.title, subentry.subentry_id)
            for subentry in self.config_entry.get_subentries_of_type(PERSON)
            if subentry.unique_id
        }
        for xuid in self._followed.keys() - wanted.keys():
            del self._followed[xuid]
        day_start = Options.of(self.config_entry).day_start
        for xuid, (gamertag, subentry_id) in wanted.items():
            if xuid not in self._followed:
                since = self.xbox.session.transport.clock.now()
                person = Followed(
                    xuid, gamertag, subentry_id, since=since, day_start=day_start
                )
                person.restore(self.memory.people.get(xuid, {}))
                self._followed[xuid] = person

    @callback
    def _entry_changed(self, change: ConfigEntryChange, entry: ConfigEntry) -> None:
        if entry is not self.config_entry or change is not ConfigEntryChange.UPDATED:
            return
        before = set(self._followed)
        self._follow_everyone()
        if before == self._followed.keys():
            return
        self.data = self._snapshot()
        self.async_update_listeners()
        self._remember()
        new = [person for xuid, person in self._followed.items() if xuid not in before]
        for person in new:
            for tell in self._on_new:
                tell(person)
        if new:
            self._not_before.pop(_PROFILES, None)
            self.hint()

    @callback
    def on_person(self, tell: Callable[[Followed], None]) -> None:
        """Call for each person there is, and for each that comes later."""
        self._on_new.append(tell)
        for person in self._followed.values():
            tell(person)

    def of_device(self, device: dr.AnyDeviceEntry) -> Followed | None:
        """The person that a device stands for."""
        ids = {key for domain, key in device.identifiers if domain == DOMAIN}
        return next((self._followed[key] for key in ids & self._followed.keys()), None)

    @callback
    def on_unlock(self, xuid: str, tell: UnlockListener) -> CALLBACK_TYPE:
        """Call for each unlock of a person; returns the way to stop that."""
        listeners = self._on_unlock.setdefault(xuid, [])
        listeners.append(tell)
        return lambda: listeners.remove(tell)

    @callback
    def consoles_changed(self) -> None:
        """Look at who plays when a console of ours has begun to run something else."""
        here = set(self._titles_here())
        if here != self._here:
            self._here = here
            if self.last_confirmed is not None:
                self.hint()

    @override
    def _pace(self) -> float:
        games = [
            person.game for person in self._followed.values() if there(person.record)
        ]
        here = [game and game.title_id in self._here for game in games]
        return polling.people_interval(
            elsewhere=any(
                game and not ours for game, ours in zip(games, here, strict=True)
            ),
            online=bool(games),
            here=all(here),
        )

    @override
    async def _read(self) -> People:
        everyone = tuple(self._followed.values())
        records = await self.xbox.presence.batch(person.xuid for person in everyone)
        now = dt_util.utcnow()
        for record in records:
            if (person := self._followed.get(record.xuid)) is not None:
                person.hear(record, now)
        for person in everyone:
            for front in person.new_titles:
                await self._learn(person, front.title_id)
        # All of them: who has ended a game may have a higher score.
        ended = [person.settle(now) for person in everyone]
        if any(ended):
            self._not_before.pop(_PROFILES, None)
        await self._read_profiles()
        for person in everyone:
            if person.unlocks_due:
                await self._read_unlocks(person)
            if person.minutes_due:
                await self._read_minutes(person)
            if not person.unlocks_due:
                person.forget_titles()
        await self._read_inbox()
        self._here = set(self._titles_here())
        self._remember()
        return self._snapshot()

    async def _aside[T](
        self,
        service: str,
        ask: Callable[[], Awaitable[T]],
        *,
        about: str = "",
        every: float = 0.0,
    ) -> T | None:
        """Ask something if it is due; that it fails is nobody else's trouble.

        A service that is ill is left alone for a while; what it refuses or garbles holds up nothing
        else.
        """
        now = self.hass.loop.time()
        topic = (service, about)
        if now < max(self._not_before.get(key, now) for key in (service, topic)):
            return None
        try:
            answer = await ask()
        except (NotFound, AccessDenied, UnexpectedResponse) as error:
            LOGGER.debug("%s: %s", self.name, error)
            garbled = isinstance(error, UnexpectedResponse)
            pause = polling.ASIDE_RETRY if garbled else polling.REFUSED_RETRY
            self._not_before[topic] = now + pause
            return None
        except XboxError as error:
            LOGGER.debug("%s: %s", self.name, error)
            pause = getattr(error, "retry_after", None) or 0.0
            self._not_before[service] = now + max(polling.ASIDE_RETRY, pause)
            return None
        self._not_before[topic] = now + every
        return answer

    async def _learn(self, person: Followed, title_id: str) -> None:
        """Ask what a title is, and how far the person has come in it."""
        titles = await self._aside(
            "titlehub",
            lambda: self.xbox.titlehub.title(person.xuid, title_id),
            about=f"{person.xuid} {title_id}",
        )
        if titles:
            person.learn(titles[0], title_id)

    async def _read_profiles(self) -> None:
        in_game = any(person.game for person in self._followed.values())
        every = polling.profiles_interval(in_game=in_game)
        due = self.hass.loop.time() + every
        if self._not_before.get(_PROFILES, due) > due:
            # Somebody has begun a game.
            self._not_before[_PROFILES] = due
        asked = tuple(self._followed.values())
        xuids = [person.xuid for person in asked]
        answer = await self._aside(
            "peoplehub",
            lambda: self.xbox.people.batch(xuids, (Decoration.DETAIL,)),
            every=every,
        )
        if answer is None:
            return
        profiles = {profile.xuid: profile for profile in answer.people}
        for person in asked:
            person.meet(profiles.get(person.xuid))
            self._follow_name(person)

    async def _read_unlocks(self, person: Followed) -> None:
        """Ask what was unlocked last, tell what is new, and how far the person has come now."""
        unlocks = await self._aside(
            "achievements", lambda: self._latest(person), about=person.xuid
        )
        if unlocks is None:
            return
        person.unlocks_due = False
        for unlock in person.news(unlocks):
            for tell in tuple(self._on_unlock.get(person.xuid, ())):
                tell(unlock)
        if (game := person.game) is not None:
            await self._learn(person, game.title_id)

    async def _latest(self, person: Followed) -> list[Unlock]:
        """What a person unlocked last in games of the generations that they play."""
        # Achievements of older games do not name their game.
        older = [
            title.name for title in person.titles.values() if _XBOX_360 in title.devices
        ]
        services: list[Achievements | Achievements360] = []
        if older:
            services.append(self.xbox.achievements_360)
        if len(older) < len(person.titles) or not older:
            services.append(self.xbox.achievements)
        return [
            Unlock.of(achieved, older[0] if older else None)
            for service in services
            async for achieved in service.latest(person.xuid)
        ]

    async def _read_minutes(self, person: Followed) -> None:
        game = person.game
        if game is None or (MINUTES, person.xuid) not in self.async_contexts():
            return
        answer = await self._aside(
            "userstats",
            lambda: self.xbox.userstats.batch([person.xuid], game.title_id),
            about=f"{person.xuid} {game.title_id}",
        )
        if answer is None:
            return
        person.minutes_due = False
        person.minutes = next(
            (
                statistic.number
                for statistics in answer.stat_lists_collection
                for statistic in statistics.stats
                if statistic.name == MINUTES_PLAYED
            ),
            None,
        )

    async def _read_inbox(self) -> None:
        if INBOX not in self.async_contexts():
            return
        inbox = await self._aside(
            "messages",
            lambda: self.xbox.messages.inbox(page_size=1),
            every=polling.INBOX,
        )
        if inbox is not None and inbox.primary is not None:
            self._unread = inbox.primary.unread_count

    def address(self, link: str) -> str:
        """Where something is that a service gave a link to."""
        return str(self.xbox.session.transport.hosts.locate(link))

    async def appear_offline(self, cloaked: bool) -> None:
        """Hide the account from others, or no longer. Raises XboxError."""
        await self.xbox.presence(patience=5).show_as(
            Visibility.CLOAKED if cloaked else Visibility.ACTIVE
        )
        own = self._followed[self.xuid]
        if own.profile is not None:
            own.profile = own.profile.model_copy(update={"is_cloaked": cloaked})
        self.data = self._snapshot()
        self.async_update_listeners()

    @callback
    def _follow_name(self, person: Followed) -> None:
        """Rename what bears the name of a person who has a new gamertag."""
        registry = dr.async_get(self.hass)
        device = registry.async_get_device_by_identifier(
            (DOMAIN, person.xuid), self.config_entry.entry_id
        )
        if device is not None and device.name != person.gamertag:
            registry.async_update_device(device.id, name=person.gamertag)
        subentry = self.config_entry.subentries.get(person.subentry_id or "")
        if subentry is not None and subentry.title != person.gamertag:
            self.hass.config_entries.async_update_subentry(
                self.config_entry, subentry, title=person.gamertag
            )

    @callback
    def _remember(self) -> None:
        self.memory.remember(
            {xuid: person.remembered() for xuid, person in self._followed.items()}
        )

    @callback
    def _snapshot(self) -> People:
        persons = {xuid: person.person for xuid, person in self._followed.items()}
        return People(persons, self._unread)
