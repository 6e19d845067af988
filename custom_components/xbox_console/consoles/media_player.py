"""The media player of a console: power, playback, volume, what runs and what else could."""

from collections.abc import Iterator, Mapping
from typing import Any, override

from homeassistant.components.media_player import (
    ATTR_MEDIA_VOLUME_LEVEL,
    BrowseMedia,
    MediaPlayerDeviceClass,
    MediaPlayerEntity,
    MediaPlayerEntityFeature,
    MediaPlayerState,
    MediaType,
    SearchMedia,
    SearchMediaQuery,
)
from homeassistant.const import SERVICE_VOLUME_MUTE, SERVICE_VOLUME_SET
from homeassistant.exceptions import HomeAssistantError

from ..account.image import CARD, THUMBNAIL
from ..account.picture import fetch
from ..const import DOMAIN
from ..games.library import App, Kind
from ..games.media_browser import LIBRARY, browse, inside, media_class, playable
from ..games.search import search
from . import commands
from .assist import Searched
from .coordinator import ConsoleCoordinator
from .entity import ConsoleEntity
from .sound import Sound
from .watched import ATTR_PENDING

ATTR_PENDING_SINCE = "pending_since"

_MEDIA_TYPES = {
    Kind.GAME: MediaType.GAME,
    Kind.APP: MediaType.APP,
    Kind.UNKNOWN: MediaType.APP,
}


def console_media_players(console: ConsoleCoordinator) -> Iterator[ConsoleMediaPlayer]:
    """The media player of a console."""
    yield ConsoleMediaPlayer(console)


class ConsoleMediaPlayer(ConsoleEntity, MediaPlayerEntity):
    """A console as a media player."""

    # HomeKit and Google show a television-like tile without answering to "the TV".
    _attr_device_class = MediaPlayerDeviceClass.RECEIVER
    _attr_translation_key = "console"
    _unrecorded_attributes = frozenset({ATTR_PENDING, ATTR_PENDING_SINCE})
    _features = (
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
        | MediaPlayerEntityFeature.BROWSE_MEDIA
        | MediaPlayerEntityFeature.SEARCH_MEDIA
    )

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the player that lends its volume, and be searched by voice."""
        await super().async_added_to_hass()
        searched = Searched(self.hass, self.entity_id, self._found)
        self.async_on_remove(searched.follow())
        if self._sound is not None:
            self.async_on_remove(self._sound.follow(self.async_write_ha_state))

    @property
    def _sound(self) -> Sound | None:
        """The player through which the console is heard, if the options name one."""
        return self.coordinator.sound

    @property
    @override
    def supported_features(self) -> MediaPlayerEntityFeature:
        """A console alone has no volume that could be set."""
        if self._sound is not None and self._sound.knows(SERVICE_VOLUME_SET):
            return self._features | MediaPlayerEntityFeature.VOLUME_SET
        return self._features

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
    def extra_state_attributes(self) -> Mapping[str, object]:
        """What is shown already although nothing has confirmed it, and since when it was asked for."""
        state = self.coordinator.data
        return {ATTR_PENDING: state.pending, ATTR_PENDING_SINCE: state.pending_since}

    @property
    @override
    def source_list(self) -> list[str]:
        """Home, pins, games, apps."""
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
        return self.coordinator.data.app_id

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
        return self.coordinator.picture(CARD)

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
    def volume_level(self) -> float | None:
        """That of the player through which the console is heard; no service tells the console's."""
        return self._sound.level if self._sound else None

    @property
    @override
    def is_volume_muted(self) -> bool | None:
        """As the player says through which the console is heard, else assumed: no service tells."""
        if self._sound is not None and self._sound.knows(SERVICE_VOLUME_MUTE):
            return self._sound.muted
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
    async def async_set_volume_level(self, volume: float) -> None:
        """Set the volume of the player through which the console is heard, 0..1."""
        sound, level = self._sound, {ATTR_MEDIA_VOLUME_LEVEL: volume}
        if not (sound and await sound.act(SERVICE_VOLUME_SET, self._context, **level)):
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="sound_unavailable",
                translation_placeholders={"console": self.coordinator.subject},
            )

    @override
    async def async_select_source(self, source: str) -> None:
        """Start a game or an app by its name, or go home."""
        await self.start(self.coordinator.library.named(source))

    @override
    async def async_play_media(
        self, media_type: MediaType | str, media_id: str, **kwargs: Any
    ) -> None:
        """Start a game or an app by name, product id, AUMID or address in the Store."""
        await self.start(await self.coordinator.library.meant(media_id))

    @override
    async def async_browse_media(
        self,
        media_content_type: MediaType | str | None = None,
        media_content_id: str | None = None,
    ) -> BrowseMedia:
        """Look through what can be started."""
        return await browse(
            self.hass,
            self.coordinator.library.data,
            media_content_id or LIBRARY,
            self.coordinator.subject,
            self._thumbnail,
        )

    @override
    async def async_search_media(self, query: SearchMediaQuery) -> SearchMedia:
        """Find installed games and apps by name, in a folder of the browser or everywhere."""
        library = self.coordinator.library.data
        classes = query.media_filter_classes
        folder = inside(library, query.media_content_id or LIBRARY)
        among = {
            app
            for app in (library.shown if folder is None else folder)
            if not classes or media_class(app) in classes
        }
        return SearchMedia(
            result=[
                playable(app, library, self._thumbnail)
                for app in search(query.search_query, library, among)
            ]
        )

    def _found(self, query: str) -> list[str]:
        """The names of what a query may mean, the likeliest first."""
        library = self.coordinator.library.data
        return [library.name_of(app) for app in search(query, library)]

    def _thumbnail(self, app: App) -> str | None:
        """An address at Home Assistant: pages cannot reach every picture, and should not have to."""
        library = self.coordinator.library
        if app.product_id is None or library.picture(app, THUMBNAIL) is None:
            return None
        return self.get_browse_image_url(media_class(app), app.product_id)

    @override
    async def async_get_browse_image(
        self,
        media_content_type: MediaType | str,
        media_content_id: str,
        media_image_id: str | None = None,
    ) -> tuple[bytes | None, str | None]:
        """The picture of an installed game or app."""
        library = self.coordinator.library
        app = library.data.find(media_content_id)
        picture = library.picture(app, THUMBNAIL) if app else None
        if picture is None:
            return None, None
        return await self._async_fetch_image_from_cache(picture)

    @override
    async def _async_fetch_image(self, url: str) -> tuple[bytes | None, str | None]:
        """A small one of a kind that holds no script, or none."""
        image = await fetch(self.hass, url)
        return (image.content, image.content_type) if image else (None, None)
