"""How far the command of a wish has come, asked on the side of a look."""

from typing import Protocol

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..const import LOGGER
from ..xboxlive.client import XboxLive
from ..xboxlive.errors import ConsoleError, NotFound, XboxError
from ..xboxlive.services.consoles import Console
from .evidence import Evidence, Witness
from .wishes import Wish, Wishes


class Answering(Protocol):
    """Whose commands are followed: the coordinator of a console, as much of it as that needs."""

    hass: HomeAssistant
    xbox: XboxLive
    name: str
    console: Console
    evidence: Evidence
    wishes: Wishes


async def hear_operation(console: Answering, wish: Wish) -> None:
    """Ask how far a wish's command has come, if that is still open."""
    if wish.op_id is None:
        return
    try:
        operation = await console.xbox.smartglass.operation(
            console.console.id, wish.op_id
        )
    except ConsoleError, NotFound:
        operation = None
    except XboxError as error:
        LOGGER.debug("%s: the command cannot be followed: %s", console.name, error)
        return
    if operation is not None and operation.succeeded:
        console.evidence.see_life(Witness.OPERATION, dt_util.utcnow().timestamp())
    console.wishes.hear_operation(wish, operation, console.hass.loop.time())
