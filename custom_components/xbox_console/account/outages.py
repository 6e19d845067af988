"""Whether Microsoft knows of an outage: asked only while services that we need do not work."""

import math
import time

from ..const import LOGGER
from ..xboxlive.client import XboxLive
from ..xboxlive.errors import XboxError
from ..xboxlive.services.status import HOST
from ..xboxlive.trouble import Trouble

_WORTH_ASKING = 5 * 60.0
"""Seconds that a service has to fail before Microsoft is asked what it says."""
_PAUSE = 10 * 60.0
"""Seconds between two questions."""


class Outages:
    """What is ill as we see it, and what Microsoft says about that."""

    def __init__(self, xbox: XboxLive) -> None:
        """Start without a word from Microsoft."""
        self._xbox = xbox
        self._asked_at = -math.inf
        self.said: dict[str, str] | None = None
        """What Microsoft says is ill, with its word for it; None as long as it has said nothing."""

    def ill(self, seconds: float) -> dict[str, Trouble]:
        """What has not worked for so long, by host."""
        troubles = self._xbox.session.troubles.items()
        return {
            host: trouble
            for host, trouble in troubles
            # What Microsoft says is nothing that anyone needs.
            if host != HOST and trouble.lasting >= seconds
        }

    async def look(self) -> None:
        """Ask Microsoft if it is time to."""
        if not self.ill(_WORTH_ASKING):
            self.said = None
            return
        if time.monotonic() - self._asked_at < _PAUSE:
            return
        self._asked_at = time.monotonic()
        try:
            report = await self._xbox.status.report()
        except XboxError as error:
            LOGGER.debug("The status page does not tell: %s", error)
            self.said = None
        else:
            self.said = {name: str(state) for name, state in report.troubles.items()}
