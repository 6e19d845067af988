"""What a console can be told to do; `Smartglass.send` tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ..model import OpenEnum


class GuideTab(OpenEnum):
    """The tabs of the guide that can be opened."""

    GUIDE = "Guide"


class Direction(OpenEnum):
    """Which way the sound is turned."""

    UP = "Up"
    DOWN = "Down"


class Key(OpenEnum):
    """The buttons that can be tapped; the service knows no bumpers, triggers or sticks."""

    NEXUS = "Nexus"
    GUIDE = "Guide"
    MENU = "Menu"
    VIEW = "View"
    A = "A"
    B = "B"
    X = "X"
    Y = "Y"
    UP = "Up"
    DOWN = "Down"
    LEFT = "Left"
    RIGHT = "Right"


@dataclass(frozen=True, slots=True)
class Command:
    """Something that a console can be told; parameter values are text, whatever they mean."""

    type: str
    name: str
    parameters: Mapping[str, str] = MappingProxyType({})


WAKE_UP = Command("Power", "WakeUp")
TURN_OFF = Command("Power", "TurnOff")
REBOOT = Command("Power", "Reboot")
MUTE = Command("Audio", "Mute")
UNMUTE = Command("Audio", "Unmute")
PLAY = Command("Media", "Play")
PAUSE = Command("Media", "Pause")
PREVIOUS = Command("Media", "Previous")
NEXT = Command("Media", "Next")
GO_HOME = Command("Shell", "GoHome")
GO_BACK = Command("Shell", "GoBack")
SHOW_TV_GUIDE = Command("TV", "ShowGuide")


def show_guide_tab(tab: GuideTab = GuideTab.GUIDE) -> Command:
    """Open the guide."""
    return Command("Shell", "ShowGuideTab", {"tabName": tab})


SHOW_GUIDE_TAB = show_guide_tab()


def volume(direction: Direction, steps: int = 1) -> Command:
    """Turn the sound through HDMI-CEC or infrared."""
    return Command("Audio", "Volume", {"direction": direction, "amount": str(steps)})


def volume_up(steps: int = 1) -> Command:
    """Turn the sound up."""
    return volume(Direction.UP, steps)


def volume_down(steps: int = 1) -> Command:
    """Turn the sound down."""
    return volume(Direction.DOWN, steps)


def tap(key: Key) -> Command:
    """Press and release a button of the controller."""
    return Command("Shell", "InjectKey", {"keyType": key})


def type_text(text: str) -> Command:
    """Replace the content of the text box that has the focus."""
    return Command("Shell", "InjectString", {"replacementString": text})


def launch(product_id: str) -> Command:
    """Start an installed title by its Store product id (12 characters)."""
    return Command(
        "Shell",
        "ActivateApplicationWithOneStoreProductId",
        {"oneStoreProductId": product_id},
    )


def install(*product_ids: str) -> Command:
    """Install titles that the account owns."""
    return Command(
        "Shell",
        "InstallPackages",
        {"bigCatIdList": ",".join(product_ids), "installEvents": "true"},
    )


def uninstall(instance: str) -> Command:
    """Remove exactly one installed package (`InstalledApp.instance`)."""
    return Command(
        "Shell", "UninstallPackage", {"instanceId": instance, "installEvents": "true"}
    )


def remote_access(enabled: bool) -> Command:
    """Switch remote features on or off."""
    return Command("Config", "RemoteAccess", {"enabled": str(enabled)})


def console_streaming(enabled: bool) -> Command:
    """Switch streaming from the console on or off."""
    return Command("Config", "AllowConsoleStreaming", {"enabled": str(enabled)})
