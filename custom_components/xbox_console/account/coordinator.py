"""What all coordinators share: one error mapping, one grace, one back-off."""

from abc import abstractmethod
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

    @abstractmethod
    async def _read(self) -> DataT:
        """Ask the network. Raises XboxError."""

    @abstractmethod
    def _pace(self) -> float | None:
        """Seconds until the next look if this one succeeds; None for none."""

    @override
    async def _async_update_data(self) -> DataT:
        try:
            data = await self._read()
        except XboxError as error:
            return self._last_known(error)
        self._confirmed(data)
        return data

    @callback
    def _confirmed(self, data: DataT) -> None:
        self._failures = 0
        self.last_confirmed = dt_util.utcnow()
        self.first_confirmed = self.first_confirmed or self.last_confirmed
        self.data = data
        self.set_pace()

    async def look(self) -> None:
        """Ask now, because somebody waits for what there is. Raises XboxError."""
        data = await self._read()
        self._confirmed(data)
        self.async_set_updated_data(data)

    def _last_known(self, error: XboxError) -> DataT:
        """What is known while the network fails. Raises what Home Assistant makes of the error."""
        self._failures += 1
        if isinstance(error, ConsoleError):
            # The service is well and has answered: asking faster changes nothing.
            self.set_pace()
        else:
            pause = polling.retry_interval(
                self._failures,
                self._pace() or polling.NOT_ON,
                getattr(error, "retry_after", None),
            )
            self.update_interval = timedelta(seconds=pause)
        confirmed = self.last_confirmed
        since = (dt_util.utcnow() - confirmed).total_seconds() if confirmed else None
        refusal = update_error(error, self.subject)
        if (
            self.last_update_success
            and polling.graceful(since)
            and not isinstance(refusal, ConfigEntryAuthFailed)
        ):
            LOGGER.debug("%s: %s; the last known state is kept", self.name, error)
            return self.data
        raise refusal from None

    @property
    def subject(self) -> str:
        """What the texts of errors call the thing that is polled."""
        return ""

    @callback
    def set_pace(self) -> None:
        """Take the pace that fits what is known now."""
        pace = self._pace()
        self.update_interval = None if pace is None else timedelta(seconds=pace)

    @callback
    def hint(self) -> None:
        """Something may have changed: ask now, but not more often than every few seconds."""
        self.background(self.async_request_refresh())

    @callback
    def background(self, work: Coroutine[None, None, None]) -> None:
        """Do something on the side, for as long as the entry is loaded."""
        self.config_entry.async_create_background_task(self.hass, work, self.name)
