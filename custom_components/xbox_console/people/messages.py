"""Messages to people, with what goes wrong in the user's words."""

from homeassistant.exceptions import HomeAssistantError, ServiceValidationError

from ..account.errors import explained
from ..const import DOMAIN
from ..xboxlive.client import XboxLive
from ..xboxlive.errors import AccessDenied
from ..xboxlive.services.messages import LONGEST_MESSAGE, SentMessage


async def write(xbox: XboxLive, xuid: str, gamertag: str, message: str) -> SentMessage:
    """Write to somebody.

    Raises ServiceValidationError for a message that is empty or too long, and
    HomeAssistantError for one that is refused, throttled or lost.
    """
    if not 0 < len(message.strip()) <= len(message) <= LONGEST_MESSAGE:
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="message_length",
            translation_placeholders={
                "length": str(len(message)),
                "longest": str(LONGEST_MESSAGE),
            },
        )
    with explained(gamertag):
        try:
            return await xbox.messages(patience=5).send(xuid, message)
        except AccessDenied as error:
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="message_refused",
                translation_placeholders={"person": gamertag},
            ) from error
