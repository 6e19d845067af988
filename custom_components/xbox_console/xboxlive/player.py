"""A player: the profile, and the captures, without having to know which service has what."""

from collections.abc import AsyncIterator

from .services.gameclips import CaptureMetadata, GameClip, GameClips
from .services.profile import Profile
from .services.screenshots import ScreenshotMetadata, Screenshots


class Player:
    """Someone who plays, by `XboxLive.player()`."""

    def __init__(
        self, profile: Profile, gameclips: GameClips, screenshots: Screenshots
    ) -> None:
        """Keep the profile, which does not change by itself."""
        self._gameclips = gameclips
        self._screenshots = screenshots
        self.profile = profile
        self.xuid = profile.id
        self.gamertag = profile.gamertag
        self.gamerscore = profile.gamerscore
        self.picture = profile.picture

    def clips(
        self,
        *,
        saved: bool = False,
        include_pending: bool = False,
        limit: int | None = None,
    ) -> AsyncIterator[GameClip]:
        """The latest clips, or those that the player keeps; pending ones have no addresses yet."""
        clips = self._gameclips.of(self.xuid, saved=saved)
        return _some(clips, include_pending, limit)

    def screenshots(
        self,
        *,
        saved: bool = False,
        include_pending: bool = False,
        limit: int | None = None,
    ) -> AsyncIterator[ScreenshotMetadata]:
        """The latest screenshots, or those that the player keeps."""
        screenshots = self._screenshots.of(self.xuid, saved=saved)
        return _some(screenshots, include_pending, limit)

    async def clip(self, scid: str, clip_id: str) -> GameClip:
        """One clip. Raises ClipNotFound."""
        return await self._gameclips.one(self.xuid, scid, clip_id)


async def _some[CaptureT: CaptureMetadata](
    captures: AsyncIterator[CaptureT], include_pending: bool, limit: int | None
) -> AsyncIterator[CaptureT]:
    if limit == 0:
        return
    given = 0
    async for capture in captures:
        if include_pending or not capture.pending:
            yield capture
            given += 1
            # Going on would ask for the next page.
            if given == limit:
                return
