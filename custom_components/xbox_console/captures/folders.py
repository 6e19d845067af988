"""The folders below Home Assistant's media folder that captures were brought to."""

from collections.abc import Iterable
from pathlib import Path

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.storage import Store
from homeassistant.util import raise_if_invalid_path

from ..const import DOMAIN
from ..xboxlive.captures.archive import Archive
from ..xboxlive.captures.capture import Capture

DEFAULT_FOLDER = "xbox"
_STORAGE_VERSION = 1


class Folders:
    """Which folders there are, and what is in them."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Prepare the file of an entry."""
        self._hass = hass
        self._store = Store[list[str]](
            hass, _STORAGE_VERSION, f"{DOMAIN}.{entry_id}.captures", private=True
        )
        self._used = [DEFAULT_FOLDER]

    async def load(self) -> None:
        """Read what an earlier run left."""
        self._used = await self._store.async_load() or self._used

    async def remove(self) -> None:
        """Forget everything; the files stay."""
        await self._store.async_remove()

    async def use(self, folder: str) -> Archive:
        """A folder to bring captures to.

        Raises ServiceValidationError if it is not below the first media folder, HomeAssistantError
        if there is no media folder.
        """
        archive = await self._hass.async_add_executor_job(self._checked, folder)
        if folder not in self._used:
            self._used.append(folder)
            await self._store.async_save(self._used)
        return archive

    def _base(self) -> Path | None:
        """The first media folder; None if there is none."""
        base = next(iter(self._hass.config.media_dirs.values()), None)
        return Path(base) if base and Path(base).is_dir() else None

    def _checked(self, folder: str) -> Archive:
        base = self._base()
        if base is None:
            raise HomeAssistantError(
                translation_domain=DOMAIN, translation_key="no_media_folder"
            )
        try:
            raise_if_invalid_path(folder)
            path = base / folder
            # Links must not lead out of it, either.
            inside = path.resolve().is_relative_to(base.resolve())
        except ValueError:
            inside = False
        if not inside:
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key="folder_outside",
                translation_placeholders={"folder": folder},
            )
        return Archive(path)

    async def those(self, captures: Iterable[Capture]) -> frozenset[str]:
        """The content ids of captures that are in any of the folders."""
        return await self._hass.async_add_executor_job(self._those, tuple(captures))

    def _those(self, captures: tuple[Capture, ...]) -> frozenset[str]:
        return frozenset().union(
            *(archive.those(captures) for archive in self._archives())
        )

    def proves(self, capture: Capture, *, by_size: bool) -> bool:
        """Whether a capture is in one of the folders byte for byte; reads it, so not in the event loop."""
        return any(
            archive.proves(capture, by_size=by_size) for archive in self._archives()
        )

    def _archives(self) -> list[Archive]:
        base = self._base()
        archives = [Archive(base / folder) for folder in self._used] if base else []
        for archive in archives:
            archive.read()
        return archives
