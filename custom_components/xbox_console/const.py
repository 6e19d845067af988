"""Names that several modules share."""

import logging

ATTR_GAME = "game"
DOMAIN = "xbox_console"
LOGGER = logging.getLogger(__package__)
MANUFACTURER = "Microsoft"
