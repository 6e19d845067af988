"""Names that several modules share."""

import logging

DOMAIN = "xbox_console"
LOGGER = logging.getLogger(__package__)
MANUFACTURER = "Microsoft"
