"""The media player of a console: power, playback, volume, what runs and what else could."""

from typing import Any, override

from homeassistant.components.media_player import (
    MediaPlayerDeviceClass,
    MediaPlayerEntity,
    MediaPlayerEntityFeature,
    MediaPlayerState,
    MediaType,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from . import commands
from .coordinator import XboxConsoleConfigEntry
from .entity import ConsoleEntity
from .library import App, Kind

PARALLEL_UPDATES = 0

_MEDIA_TYPES = {
    Kind.GAME: MediaType.GAME,
    Kind.APP: MediaType.APP,
    Kind.UNKNOWN: MediaType.APP,
}


async def async_setup_entry(
    hass: HomeAssistant,
    entry: XboxConsoleConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the media player of each console."""
    entry.runtime_data.consoles.on_console(
        lambda console: async_add_entities([ConsoleMediaPlayer(console)])
    )


class ConsoleMediaPlayer(ConsoleEntity, MediaPlayerEntity):
    """A console as a media player."""

    # HomeKit and Google show a television-like tile without answering to "the TV".
    _attr_device_class = MediaPlayerDeviceClass.RECEIVER
    _attr_translation_key = "console"
    _attr_supported_features = (
        MediaPlayerEntityFeature.TURN_ON
        | MediaPlayerEntityFeature.TURN_OFF
        | MediaPlayerEntityFeature.PLAY
        | MediaPlayerEntityFeature.PAUSE
        | MediaPlayerEntityFeature.STOP
        | MediaPlayerEntityFeature.NEXT_TRACK
        | MediaPlayerEntityFeature.PREVIOUS_TRACK
        | MediaPlayerEntityFeature.VOLUME_STEP
        | MediaPlayerEntityFeature.VOLUME_MUTE
        | MediaPlayerEntityFeature.SELECT_SOURCE
        | MediaPlayerEntityFeature.PLAY_MEDIA
    )

    @property
    def _app(self) -> App | None:
        return self.coordinator.data.app

    @property
    @override
    def state(self) -> MediaPlayerState | None:
        """What the console is doing."""
        activity = self.coordinator.data.activity
        return None if activity is None else MediaPlayerState(activity)

    @property
    @override
    def source_list(self) -> list[str]:
        """Home, games, apps."""
        return list(self.coordinator.library.data.sources)

    @property
    @override
    def source(self) -> str | None:
        """What runs, if it is one of the sources."""
        return self.coordinator.library.data.source_of(self._app)

    @property
    @override
    def app_id(self) -> str | None:
        """The product id, or the AUMID of what has none."""
        return (self._app.product_id or self._app.aumid) if self._app else None

    @property
    @override
    def app_name(self) -> str | None:
        """The app that runs; a game is a title of its own, and pages show both names if there are two."""
        return self._app.name if self._app and self._app.kind is not Kind.GAME else None

    @property
    @override
    def media_title(self) -> str | None:
        """The game that runs: no service tells what plays inside an app."""
        return self._app.name if self._app and self._app.kind is Kind.GAME else None

    @property
    @override
    def media_image_url(self) -> str | None:
        """A picture of what runs; Home Assistant fetches it, so that any page may show it."""
        return self.coordinator.picture

    @property
    @override
    def media_content_id(self) -> str | None:
        """What `play_media` would take to start it."""
        return self._app.product_id if self._app else None

    @property
    @override
    def media_content_type(self) -> MediaType | None:
        """Game or app."""
        return _MEDIA_TYPES.get(self._app.kind) if self._app else None

    @property
    @override
    def is_volume_muted(self) -> bool:
        """Assumed: no service tells."""
        return self.coordinator.data.muted

    @override
    async def async_turn_on(self) -> None:
        """Wake the console."""
        await self._send(commands.TURN_ON)

    @override
    async def async_turn_off(self) -> None:
        """Put the console to sleep."""
        await self._send(commands.TURN_OFF)

    @override
    async def async_media_play(self) -> None:
        """Play."""
        await self._send(commands.PLAY)

    @override
    async def async_media_pause(self) -> None:
        """Pause."""
        await self._send(commands.PAUSE)

    @override
    async def async_media_stop(self) -> None:
        """Leave what plays: the network has no Stop, but home ends every video."""
        await self._send(commands.GO_HOME)

    @override
    async def async_media_next_track(self) -> None:
        """Next."""
        await self._send(commands.NEXT)

    @override
    async def async_media_previous_track(self) -> None:
        """Previous."""
        await self._send(commands.PREVIOUS)

    @override
    async def async_volume_up(self) -> None:
        """One step louder."""
        await self._send(commands.VOLUME_UP)

    @override
    async def async_volume_down(self) -> None:
        """One step quieter."""
        await self._send(commands.VOLUME_DOWN)

    @override
    async def async_mute_volume(self, mute: bool) -> None:
        """Mute or unmute."""
        await self._send(commands.MUTE if mute else commands.UNMUTE)

    @override
    async def async_select_source(self, source: str) -> None:
        """Start a game or an app by its name, or go home."""
        await self._start(source)

    @override
    async def async_play_media(
        self, media_type: MediaType | str, media_id: str, **kwargs: Any
    ) -> None:
        """Start a game or an app by name or product id."""
        await self._start(media_id)

    async def _start(self, name: str) -> None:
        app = self.coordinator.app_named(name)
        if not self.coordinator.data.on:
            await self._send(commands.TURN_ON)
        await self._send(commands.start(app))
