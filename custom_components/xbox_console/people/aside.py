"""What is asked on the side: when it is due, and to nobody's harm if it fails."""

from collections.abc import Awaitable, Callable
import math

from ..account import polling
from ..const import LOGGER
from ..xboxlive.errors import AccessDenied, NotFound, UnexpectedResponse, XboxError

_MANY = 1000
"""Topics after which those that are due anyway are forgotten."""


class Aside:
    """Keeps when each service, and each topic of it, may be asked next."""

    def __init__(self, name: str, now: Callable[[], float]) -> None:
        """Start with everything due; `now` gives seconds that only ever grow."""
        self._name = name
        self._now = now
        self._not_before: dict[tuple[str, str], float] = {}
        self._closed: dict[str, float] = {}

    async def ask[T](
        self,
        service: str,
        question: Callable[[], Awaitable[T]],
        *,
        about: str = "",
        every: float = 0.0,
        refused: T | None = None,
    ) -> T | None:
        """Ask if it is due; None if it is not, or if there was no answer.

        A service that is ill is left alone for a while. What it does not want to tell, or garbles,
        holds up nothing else; `refused` is what not wanting to tell comes down to.
        """
        if self.due(service, about) > 0:
            return None
        try:
            answer = await question()
        except (NotFound, AccessDenied) as error:
            LOGGER.debug("%s: %s", self._name, error)
            self.later(service, about, polling.REFUSED_RETRY)
            return refused
        except UnexpectedResponse as error:
            LOGGER.debug("%s: %s", self._name, error)
            self.later(service, about, polling.ASIDE_RETRY)
            return None
        except XboxError as error:
            LOGGER.debug("%s: %s", self._name, error)
            pause = getattr(error, "retry_after", None) or 0.0
            self._closed[service] = self._now() + max(polling.ASIDE_RETRY, pause)
            return None
        self.later(service, about, every)
        return answer

    def due(self, service: str, about: str = "") -> float:
        """Seconds until something may be asked."""
        moment = max(
            self._closed.get(service, -math.inf),
            self._not_before.get((service, about), -math.inf),
        )
        return max(0.0, moment - self._now())

    def hurry(self, service: str, about: str = "", *, within: float = 0.0) -> None:
        """Ask sooner than was planned, though not a service that is ill."""
        planned = self._not_before.get((service, about))
        if planned is not None:
            self._not_before[service, about] = min(planned, self._now() + within)

    def later(self, service: str, about: str, pause: float) -> None:
        """Do not ask about something for a while."""
        now = self._now()
        if len(self._not_before) > _MANY:
            self._not_before = {
                topic: moment
                for topic, moment in self._not_before.items()
                if moment > now
            }
        self._not_before[service, about] = now + pause
