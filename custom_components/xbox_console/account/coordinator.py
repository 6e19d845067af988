"""What all coordinators share: one error mapping, one grace, one back-off."""

from abc import abstractmethod
import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers.debounce import Debouncer
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator
from homeassistant.util import dt as dt_util

from ..const import LOGGER
from ..xboxlive.client import XboxLive
from ..xboxlive.errors import ConsoleError, XboxError
from ..xboxlive.session import awaited
from . import polling
from .errors import update_error
from .memory import Memory


@dataclass(frozen=True, slots=True)
class Context:
    """What a coordinator needs of the entry that it polls for."""

    hass: HomeAssistant
    entry: ConfigEntry = field(repr=False)
    xbox: XboxLive
    memory: Memory


class XboxCoordinator[DataT](DataUpdateCoordinator[DataT]):
    """One error mapping, one grace and one back-off for everything that is polled."""

    config_entry: ConfigEntry

    def __init__(self, context: Context, name: str, interval: float) -> None:
        """Poll for an entry; `interval` in seconds is the pace until the first answer."""
        super().__init__(
            context.hass,
            LOGGER,
            config_entry=context.entry,
            name=f"{context.entry.title} {name}",
            update_interval=timedelta(seconds=interval),
            always_update=False,
            request_refresh_debouncer=Debouncer(
                context.hass, LOGGER, cooldown=polling.HINT_PAUSE, immediate=True
            ),
        )
        self.xbox = context.xbox
        self.first_confirmed: datetime | None = None
        """When the first look ended; what was shown before is memory."""
        self.last_confirmed: datetime | None = None
        self._failures = 0
        self._failing_since: float | None = None
        self._readings: set[asyncio.Task[DataT]] = set()

    @abstractmethod
    async def _read(self) -> DataT:
        """Ask the network. Raises XboxError."""

    @abstractmethod
    def _pace(self) -> float | None:
        """Seconds until the next look if this one succeeds; None for none."""

    @override
    async def _async_update_data(self) -> DataT:
        before = self.data
        try:
            data = await self._reading()
        except XboxError as error:
            return self._last_known(error)
        shown = self.data
        self._confirmed(data)
        if shown is not before and data == before:
            # Home Assistant compares with what was before the look, not with what was shown during it.
            self.async_update_listeners()
        return data

    async def _reading(self) -> DataT:
        """Read in a task that ends with the coordinator, whoever waits for it."""
        reading = asyncio.create_task(self._read(), name=self.name)
        self._readings.add(reading)
        try:
            return await reading
        finally:
            self._readings.discard(reading)

    @override
    async def async_shutdown(self) -> None:
        """End what is under way, and ask no more."""
        await super().async_shutdown()
        if self._readings:
            for reading in self._readings:
                reading.cancel()
            await asyncio.wait(self._readings)

    @callback
    def _confirmed(self, data: DataT) -> None:
        self._failures = 0
        self._failing_since = None
        self.last_confirmed = dt_util.utcnow()
        self.first_confirmed = self.first_confirmed or self.last_confirmed
        self.data = data
        self.set_pace()

    async def look(self) -> None:
        """Ask now, because somebody waits for what there is. Raises XboxError."""
        with awaited():
            data = await self._reading()
        self._confirmed(data)
        self.async_set_updated_data(data)

    def _last_known(self, error: XboxError) -> DataT:
        """What is known while the network fails. Raises what Home Assistant makes of the error."""
        retry_after = getattr(error, "retry_after", None)
        if not error.asked:
            # All who ask this service wait together; one of them tries, and the others follow.
            self._ask_in(polling.opening(retry_after or 0.0))
        else:
            self._failures += 1
            if isinstance(error, ConsoleError):
                # The service is well and has answered: asking faster changes nothing.
                self.set_pace()
            else:
                pace = self._pace() or polling.NOT_ON
                self._ask_in(polling.retry_interval(self._failures, pace, retry_after))
        now = self.hass.loop.time()
        self._failing_since = self._failing_since or now
        refusal = update_error(error, self.subject)
        if (
            self.last_update_success
            and self.last_confirmed is not None
            and polling.graceful(now - self._failing_since)
            and not isinstance(refusal, ConfigEntryAuthFailed)
        ):
            LOGGER.debug("%s: %s; the last known state is kept", self.name, error)
            return self.data
        raise refusal from None

    @property
    def now(self) -> datetime:
        """The time at the network, which tells when things happened."""
        return self.xbox.session.transport.clock.now()

    @property
    def subject(self) -> str:
        """What the texts of errors call the thing that is polled."""
        return ""

    @callback
    def set_pace(self) -> None:
        """Take the pace that fits what is known now."""
        self._ask_in(self._pace())

    @callback
    def _ask_in(self, seconds: float | None) -> None:
        self.update_interval = None if seconds is None else timedelta(seconds=seconds)

    @callback
    def hint(self) -> None:
        """Something may have changed: ask now, but not more often than every few seconds."""
        self.background(self.async_request_refresh())

    @callback
    def background(self, work: Coroutine[None, None, None]) -> None:
        """Do something on the side, for as long as the entry is loaded."""
        self.config_entry.async_create_background_task(self.hass, work, self.name)
