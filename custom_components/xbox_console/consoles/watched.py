"""What triggers and conditions watch of a console."""

from homeassistant.components.media_player import (
    ATTR_APP_ID,
    ATTR_APP_NAME,
    ATTR_INPUT_SOURCE,
    ATTR_MEDIA_CONTENT_ID,
    ATTR_MEDIA_TITLE,
    DOMAIN as MEDIA_PLAYER,
)

from ..games.watched import Watched

ATTR_PENDING = "pending"
CONF_APP = "app"

CONSOLE = Watched(
    domain=MEDIA_PLAYER,
    key="console",
    # Home, screensaver and the like have none; what is not identified yet has none, either.
    holds=lambda state: state.attributes.get(ATTR_MEDIA_CONTENT_ID) is not None,
    option=CONF_APP,
    attributes=(
        ATTR_MEDIA_CONTENT_ID,
        ATTR_APP_ID,
        ATTR_MEDIA_TITLE,
        ATTR_APP_NAME,
        ATTR_INPUT_SOURCE,
    ),
)
