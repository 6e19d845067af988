"""Names that several modules share."""

import logging

ATTR_GAME = "game"
ATTR_TITLE_ID = "title_id"
DOMAIN = "xbox_console"
LOGGER = logging.getLogger(__package__)
MANUFACTURER = "Microsoft"
