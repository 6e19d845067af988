"""What an installation says it runs on, in every word of a sign-in as a device."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Platform:
    """A kind of device, as Microsoft's sign-in library (XAL) introduces itself on it."""

    device_type: str
    version: str
    """Of the operating system."""
    user_agent: str
    display: str
    """For what size of screen the sign-in page is made."""
    device_id: Callable[[UUID], str]
    """How such a device writes its id."""


ANDROID = Platform(
    device_type="Android",
    version="13",
    user_agent="XAL Android 2025.04.20250326.000",
    display="android_phone",
    device_id=lambda number: f"{{{number}}}",
)
IOS = Platform(
    device_type="iOS",
    version="15.6.1",
    user_agent="XAL iOS 2021.11.20211021.000",
    display="ios_phone",
    device_id=lambda number: str(number).upper(),
)
PLATFORMS = {platform.device_type: platform for platform in (ANDROID, IOS)}
