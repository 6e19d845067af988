"""What a console is called, whatever the network tells of it, and names as Home Assistant takes them."""

from homeassistant.const import MAX_LENGTH_STATE_STATE

from ..xboxlive.services.consoles import Console, ConsoleType

_MODELS = {
    ConsoleType.XBOX_ONE: "Xbox One",
    ConsoleType.XBOX_ONE_S: "Xbox One S",
    ConsoleType.XBOX_ONE_S_DIGITAL: "Xbox One S All-Digital",
    ConsoleType.XBOX_ONE_X: "Xbox One X",
    ConsoleType.XBOX_SERIES_S: "Xbox Series S",
    ConsoleType.XBOX_SERIES_X: "Xbox Series X",
    ConsoleType.UNKNOWN: "Xbox",
}


def model(console: Console) -> str:
    """What it is sold as; one newer than this list is better named by Microsoft's word than not at all."""
    return _MODELS.get(console.console_type, console.console_type.strip()) or "Xbox"


def given_name(console: Console) -> str:
    """The name that somebody gave it; empty if nobody did."""
    return (console.name or "").strip()


def title(console: Console) -> str:
    """The name that somebody gave it, or its model."""
    return given_name(console) or model(console)


def as_state[T](value: T) -> T | str | None:
    """A value as a state takes it: a text that is too long is cut, an empty one is none."""
    if isinstance(value, str):
        return value[:MAX_LENGTH_STATE_STATE] or None
    return value
