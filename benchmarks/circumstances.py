"""When something is measured, and of which versions."""

from datetime import UTC, datetime
from importlib.metadata import version
import platform

_PACKAGES = {"Home Assistant": "homeassistant", "python-xbox": "python-xbox"}


def circumstances() -> str:
    """Today's date, and the versions that this Python has."""
    versions = ", ".join(f"{name} {version(it)}" for name, it in _PACKAGES.items())
    today = datetime.now(UTC).date().isoformat()
    return f"{today}, {versions}, Python {platform.python_version()}"


if __name__ == "__main__":
    print(circumstances())
