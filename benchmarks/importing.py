"""What it takes to import an integration in a Home Assistant that runs: all that is loaded ahead of set-up."""

from importlib import import_module
import json
import sys
import time

_PACKAGES = {
    "ours": "custom_components.xbox_console",
    "core": "homeassistant.components.xbox",
}
_PRELOADED = (
    "config_flow",
    "trigger",
    "condition",
    "repairs",
    "diagnostics",
    "media_source",
    "system_health",
)
"""Modules that Home Assistant loads of each integration that has them."""


def measure(side: str) -> dict[str, float]:
    """Milliseconds of the processor, and the modules that come."""
    import_module("homeassistant.bootstrap")
    package = _PACKAGES[side]
    started = time.process_time()
    import_module(package)
    for name in _PRELOADED:
        try:
            import_module(f"{package}.{name}")
        except ModuleNotFoundError as error:
            if error.name != f"{package}.{name}":
                raise
    return {"import": (time.process_time() - started) * 1000}


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[-1])))
