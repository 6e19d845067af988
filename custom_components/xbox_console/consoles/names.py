"""The names that a remote takes: those of the commands, and those that other remotes have for them."""

from collections.abc import Mapping
import unicodedata

from .commands import (
    BY_NAME,
    ERASE,
    MUTE_TOGGLE,
    PLAY_PAUSE,
    POWER,
    Meaning,
    Stroke,
    type_text,
)

_OWN: Mapping[str, Meaning] = {
    **BY_NAME,
    **{toggle.name: toggle for toggle in (POWER, PLAY_PAUSE, MUTE_TOGGLE)},
    ERASE.name: ERASE,
}

NAMES: tuple[str, ...] = tuple(_OWN)
"""What is offered to who used an unknown name; those of other remotes are taken, but not advertised."""

FAMILIES: Mapping[str, Mapping[str, str]] = {
    "Apple TV": {
        "WakeUp": "wakeup turn_on",
        "TurnOff": "suspend sleep turn_off",
        "GoHome": "home",
        "Menu": "menu",
        "Nexus": "top_menu",
        "VolumeUp": "volume_up",
        "VolumeDown": "volume_down",
        "Up": "up",
        "Down": "down",
        "Left": "left",
        "Right": "right",
        "A": "select",
        "PlayPause": "play play_pause",
        "Pause": "pause stop",
        "Next": "next skip_forward",
        "Previous": "previous skip_backward",
    },
    "Roku": {
        "Power": "power",
        "GoHome": "home",
        "GoBack": "back",
        "VolumeUp": "volume_up",
        "VolumeDown": "volume_down",
        "MuteToggle": "volume_mute",
        "Up": "up",
        "Down": "down",
        "Left": "left",
        "Right": "right",
        "A": "select enter",
        "View": "info",
        "PlayPause": "play",
        "Next": "forward channel_up",
        "Previous": "reverse replay channel_down",
        "Backspace": "backspace",
    },
    "Android TV": {
        "WakeUp": "WAKEUP",
        "Power": "POWER",
        "TurnOff": "SLEEP",
        "GoHome": "HOME",
        "GoBack": "BACK ESCAPE",
        "Menu": "MENU BUTTON_START",
        "View": "INFO BUTTON_SELECT",
        "Nexus": "MEDIA_TOP_MENU BUTTON_MODE",
        "Guide": "GUIDE",
        "ShowGuideTab": "SETTINGS",
        "VolumeUp": "VOLUME_UP",
        "VolumeDown": "VOLUME_DOWN",
        "MuteToggle": "MUTE VOLUME_MUTE",
        "Up": "DPAD_UP",
        "Down": "DPAD_DOWN",
        "Left": "DPAD_LEFT",
        "Right": "DPAD_RIGHT",
        "A": "DPAD_CENTER ENTER BUTTON_A",
        "B": "BUTTON_B",
        "X": "BUTTON_X",
        "Y": "BUTTON_Y",
        "PlayPause": "MEDIA_PLAY_PAUSE",
        "Play": "MEDIA_PLAY",
        "Pause": "MEDIA_PAUSE MEDIA_STOP",
        "Next": "MEDIA_NEXT MEDIA_FAST_FORWARD CHANNEL_UP",
        "Previous": "MEDIA_PREVIOUS MEDIA_REWIND CHANNEL_DOWN",
        "Backspace": "DEL",
    },
    "Fire TV": {
        "WakeUp": "RESUME",
        "TurnOff": "SUSPEND",
        "A": "CENTER",
        "Next": "FAST_FORWARD",
        "Previous": "REWIND",
    },
    "Generic": {
        "Up": "up",
        "Down": "down",
        "Left": "left",
        "Right": "right",
        "A": "center ok",
        "Menu": "menu",
        "PlayPause": "play_pause",
        "Next": "next",
        "Previous": "previous",
        "VolumeUp": "volume_up",
        "VolumeDown": "volume_down",
        "MuteToggle": "toggle_mute",
        "Reboot": "restart",
        "ShowGuide": "tv_guide guide_tv",
    },
    "Controller": {
        "Menu": "START",
        "View": "SELECT",
        "Nexus": "XBOX",
    },
    "Kodi": {
        "GoHome": "Input.Home",
        "GoBack": "Input.Back",
        "Menu": "Input.ContextMenu",
        "View": "Input.Info",
        "Up": "Input.Up",
        "Down": "Input.Down",
        "Left": "Input.Left",
        "Right": "Input.Right",
        "A": "Input.Select",
    },
    "webOS": {
        "GoHome": "HOME EXIT",
        "GoBack": "BACK",
        "Menu": "MENU",
        "View": "INFO",
        "Guide": "GUIDE",
        "VolumeUp": "VOLUMEUP",
        "VolumeDown": "VOLUMEDOWN",
        "MuteToggle": "MUTE",
        "Up": "UP",
        "Down": "DOWN",
        "Left": "LEFT",
        "Right": "RIGHT",
        "A": "ENTER",
        "Play": "PLAY",
        "Pause": "PAUSE",
        "Next": "CHANNELUP",
        "Previous": "CHANNELDOWN",
    },
    "Samsung": {
        "WakeUp": "KEY_POWERON",
        "TurnOff": "KEY_POWEROFF",
        "Power": "KEY_POWER",
        "GoHome": "KEY_HOME",
        "GoBack": "KEY_RETURN KEY_EXIT",
        "Menu": "KEY_MENU KEY_TOOLS",
        "View": "KEY_INFO",
        "Nexus": "KEY_TOPMENU",
        "Guide": "KEY_GUIDE",
        "VolumeUp": "KEY_VOLUP",
        "VolumeDown": "KEY_VOLDOWN",
        "MuteToggle": "KEY_MUTE",
        "Up": "KEY_UP",
        "Down": "KEY_DOWN",
        "Left": "KEY_LEFT",
        "Right": "KEY_RIGHT",
        "A": "KEY_ENTER",
        "Play": "KEY_PLAY",
        "Pause": "KEY_PAUSE KEY_STOP",
        "Next": "KEY_FF KEY_CHUP",
        "Previous": "KEY_REWIND KEY_CHDOWN",
    },
    "Philips": {
        "WakeUp": "PowerOn",
        "TurnOff": "PowerOff Standby",
        "GoHome": "Home Exit",
        "GoBack": "Back",
        "Menu": "Options PhilipsMenu",
        "View": "Info",
        "ShowGuideTab": "Setup",
        "ShowGuide": "TvGuide",
        "Up": "CursorUp",
        "Down": "CursorDown",
        "Left": "CursorLeft",
        "Right": "CursorRight",
        "A": "Confirm",
        "Pause": "Stop",
        "Next": "FastForward ChannelStepUp",
        "Previous": "Rewind ChannelStepDown",
    },
    "BRAVIA": {
        "Power": "TvPower",
        "GoHome": "Home",
        "GoBack": "Return",
        "Menu": "ActionMenu",
        "A": "Confirm",
        "Pause": "Stop",
        "Next": "Forward ChannelUp",
        "Previous": "Prev Rewind ChannelDown",
    },
    "Jellyfin": {
        "GoBack": "Back",
        "Menu": "ToggleContextMenu",
        "ShowGuideTab": "GoToSettings",
        "MuteToggle": "ToggleMute",
        "Up": "MoveUp",
        "Down": "MoveDown",
        "Left": "MoveLeft",
        "Right": "MoveRight",
        "A": "Select",
        "Next": "PlayNext ChannelUp",
        "Previous": "ChannelDown",
    },
    "Yamaha": {
        "Power": "receiver_power_toggle",
        "WakeUp": "on",
        "TurnOff": "standby",
        "GoBack": "return",
        "Menu": "menu popup_menu option",
        "View": "info display",
        "Nexus": "top_menu",
        "A": "enter",
        "Pause": "stop",
        "Next": "fast_forward",
        "Previous": "rewind",
    },
    "Denon": {
        "WakeUp": "PWON",
        "TurnOff": "PWSTANDBY",
        "GoBack": "MNRTN",
        "Menu": "MNOPT",
        "View": "MNINF",
        "VolumeUp": "MVUP",
        "VolumeDown": "MVDOWN",
        "Mute": "MUON",
        "Unmute": "MUOFF",
        "Up": "MNCUP",
        "Down": "MNCDN",
        "Left": "MNCLT",
        "Right": "MNCRT",
        "A": "MNENT",
    },
    "Unfolded Circle": {
        "A": "DPAD_MIDDLE",
        "Previous": "PREV",
    },
}
"""What the remotes of other devices call the commands; what a console cannot do is not here."""

_EXACT = {
    name: _OWN[own]
    for name, own in (
        # The controller's old Select button is not the "select" of remote controls.
        ("SELECT", "View"),
        # A remote with one mute key has to unmute with it as well.
        ("MUTE", "MuteToggle"),
        # The one such key of a Roku; the network's Play, and that of those who have Pause too, is Play.
        ("play", "PlayPause"),
    )
}
"""Names that mean something else when they are written just so."""

_MEANINGLESS = "keycode_"
"""What Android puts before the name of every key."""
_TEXT_PREFIXES = ("text:", "lit_")
"""What goes before text to type, the first for who writes it by hand."""
TEXT_PREFIX = _TEXT_PREFIXES[0]
_SEARCHES = frozenset({"search", "gotosearch"})


_JOINTS = str.maketrans("", "", "_- .")


def _folded(name: str) -> str:
    return name.casefold().translate(_JOINTS)


_FOLDED: Mapping[str, Meaning] = {
    **{
        _folded(name): _OWN[own]
        for family in FAMILIES.values()
        for own, names in family.items()
        for name in names.split()
        if name not in _EXACT
    },
    **{_folded(name): meaning for name, meaning in _OWN.items()},
}


def meaning(name: str) -> Meaning | None:
    """What a name in any case means, be it another remote's, or `text:…`; None if unknown."""
    for prefix in _TEXT_PREFIXES:
        if name.casefold().startswith(prefix):
            return _typed(name[len(prefix) :])
    plain = _plain(name)
    return _EXACT.get(plain) or _FOLDED.get(_folded(plain))


def _plain(name: str) -> str:
    prefixed = name.casefold().startswith(_MEANINGLESS)
    return name[len(_MEANINGLESS) :] if prefixed else name


def _typed(text: str) -> Meaning:
    """A single character goes behind those before it, as cards send what is typed; a text stands alone."""
    composed = unicodedata.normalize("NFC", text)
    if len(composed) == 1:
        return Stroke("Character", composed)
    return type_text(text)


def is_search(name: str) -> bool:
    """Whether a name is a remote's search, which no command of the network reaches."""
    return _folded(_plain(name)) in _SEARCHES
