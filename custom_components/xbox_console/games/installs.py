"""What is being installed on a console or removed from it, and when to look whether it is done."""

from collections.abc import (
    Awaitable,
    Callable,
    Collection,
    Coroutine,
    Iterable,
    Mapping,
)
from datetime import datetime

from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.util import dt as dt_util

from ..account import polling
from ..const import LOGGER
from ..xboxlive.errors import ConsoleError, NotFound, UnexpectedResponse, XboxError
from ..xboxlive.services.consoles import InstalledApp, InstallEvent, InstallEventType

_PACKAGE = 50_000_000
"""Bytes by which the free space changes for something installed rather than for a saved game."""

type FreeSpace = Mapping[str, int | None]
"""The free space of each drive, in bytes."""


class Installs:
    """What is on its way, as far as commands, events and drives tell. Pure; times are seconds since 1970."""

    def __init__(self, installed: Iterable[InstalledApp] = ()) -> None:
        """Start with what is known to be there."""
        self._seen = _fingerprint({app.instance for app in installed})
        self._coming: set[str] = set()
        self._going: set[str] = set()
        self._news = False
        """Whether something has happened that what is installed does not show yet."""
        self._expected_at: float | None = None
        self._stirred_at: float | None = None
        self._moved_at: float | None = None
        self._heard: set[object] | None = None

    def install(self, product_id: str, now: float) -> None:
        """Expect a product to come."""
        self._coming.add(product_id)
        self._expected_at = now

    def uninstall(self, instance: str, now: float) -> None:
        """Expect a package to go."""
        self._going.add(instance)
        self._expected_at = now

    def stir(self, moved: int, now: float) -> None:
        """Take note that the free space of the drives has changed by so many bytes."""
        self._stirred_at = now
        if moved >= _PACKAGE:
            self._moved_at = now

    def hear(self, events: Iterable[InstallEvent], now: float) -> bool:
        """Take what the console tells; whether it is worth a look at what is installed."""
        told = {_identity(event): event for event in events}
        before, self._heard = self._heard, set(told)
        new = [event for key, event in told.items() if key not in (before or ())]
        for event in new:
            product_id, age = event.one_store_product_id, now - _time(event)
            if product_id and _begins(event) and age < polling.INSTALLS_FOLLOWED:
                self.install(product_id, now)
        if before is not None and not all(map(_begins, new)):
            self._news, self._expected_at = True, now
        return bool(new)

    def see(self, installed: Iterable[InstalledApp]) -> None:
        """Expect no longer what has come and gone."""
        packages = tuple(installed)
        instances = {app.instance for app in packages}
        before, self._seen = self._seen, _fingerprint(instances)
        self._news &= before == self._seen
        there = {app.one_store_product_id for app in packages}
        self._coming = {product for product in self._coming if product not in there}
        self._going = {each for each in self._going if each in instances}
        if not (self._coming or self._going or self._news):
            self._expected_at = None

    def expects(self, now: float) -> bool:
        """Whether what is installed should be about to change, whatever the events tell."""
        return self._expecting_for(now) is not None

    def moved(self, now: float) -> bool:
        """Whether the drives have changed by as much as a package takes."""
        return _within(polling.DRIVES_FOLLOWED, self._moved_at, now) is not None

    def interval(self, now: float) -> float | None:
        """Seconds until it is worth a look; None if nothing is on its way."""
        stirred = _within(polling.DRIVES_FOLLOWED, self._stirred_at, now)
        return polling.installs_interval(
            self._expecting_for(now), stirred=stirred is not None
        )

    def _expecting_for(self, now: float) -> float | None:
        named = self._coming or self._going
        longest = polling.INSTALLS_FOLLOWED if named else polling.DRIVES_FOLLOWED
        return _within(longest, self._expected_at, now)


def _fingerprint(instances: Collection[str | None]) -> int:
    """What tells whether the same is installed; the words themselves would take a lot of room."""
    return hash(frozenset(instances))


def _identity(event: InstallEvent) -> object:
    """What tells an event from others: how far a download has come is no event of its own."""
    return (
        event.event_type,
        event.event_time,
        event.one_store_product_id,
        event.instance_id,
    )


def _begins(event: InstallEvent) -> bool:
    return event.event_type == InstallEventType.INSTALL_STARTED


def _time(event: InstallEvent) -> float:
    return event.event_time.timestamp() if event.event_time else 0.0


def _within(longest: float, moment: float | None, now: float) -> float | None:
    """Seconds since a moment; None if there was none, or it is too long ago."""
    return None if moment is None or now - moment >= longest else now - moment


class InstallsFollower:
    """Looks, for as long as something is on its way on one console."""

    def __init__(
        self,
        hass: HomeAssistant,
        *,
        ask: Callable[[], Awaitable[tuple[InstallEvent, ...]]],
        read: Callable[[], Awaitable[None]],
        background: Callable[[Coroutine[None, None, None]], None],
        installed: Iterable[InstalledApp],
    ) -> None:
        """Know how to `ask` the console what happened, and how to have what is installed `read` anew."""
        self._hass = hass
        self._ask = ask
        self._read = read
        self._background = background
        self._installs = Installs(installed)
        self._read_at = 0.0
        self._stop_waiting: CALLBACK_TYPE | None = None
        self._stopped = False
        self._when_due = HassJob(self._due, cancel_on_shutdown=True)

    @callback
    def install(self, product_id: str) -> None:
        """Follow until a product is there."""
        self._installs.install(product_id, _now())
        self._background(self._look())

    @callback
    def uninstall(self, instance: str) -> None:
        """Follow until a package is gone."""
        self._installs.uninstall(instance, _now())
        self._background(self._look())

    @callback
    def see_drives(self, before: FreeSpace, now: FreeSpace) -> None:
        """Find out what has changed the free space of a drive."""
        if before == now:
            return
        drives = before.keys() | now.keys()
        moved = (abs((now.get(one) or 0) - (before.get(one) or 0)) for one in drives)
        self._installs.stir(max(moved), _now())
        if not self._installs.expects(_now()):
            self._background(self._look())

    @callback
    def see(self, installed: Iterable[InstalledApp]) -> None:
        """Hear what is installed now."""
        self._read_at = _now()
        self._installs.see(installed)

    @callback
    def stop(self) -> None:
        """Look no more, whatever is under way."""
        self._stopped = True
        self._wait(None)

    @callback
    def _wait(self, seconds: float | None) -> None:
        """Look after so many seconds, and not before."""
        if self._stop_waiting is not None:
            self._stop_waiting()
            self._stop_waiting = None
        if seconds is not None and not self._stopped:
            self._stop_waiting = async_call_later(self._hass, seconds, self._when_due)

    @callback
    def _due(self, _: datetime) -> None:
        self._stop_waiting = None
        self._background(self._look())

    async def _look(self) -> None:
        try:
            if self._installs.expects(_now()) or await self._has_news():
                await self._read()
        except XboxError as error:
            LOGGER.debug("What is installed cannot be followed: %s", error)
        self._wait(self._installs.interval(_now()))

    async def _has_news(self) -> bool:
        """Whether something was installed or removed, as far as anybody tells. Raises XboxError."""
        try:
            return self._installs.hear(await self._ask(), _now())
        except ConsoleError, NotFound, UnexpectedResponse:
            # Not every console may tell: then the list is the only way, and a dear one.
            rested = _now() - self._read_at >= polling.INSTALLED_AGAIN
            return rested or self._installs.moved(_now())


def _now() -> float:
    return dt_util.utcnow().timestamp()
