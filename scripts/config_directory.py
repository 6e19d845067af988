"""The config directory of a Home Assistant that needs no internet and listens on loopback."""

from collections.abc import Mapping
import json
from pathlib import Path

from scripts.processes import LOOPBACK

ROOT = Path(__file__).parent.parent
DOMAIN = "xbox_console"
NAME = "Demo"
USERNAME = "demo"
PASSWORD = "demo"

# No default_config: parts of it need the internet or hardware.
_CONFIGURATION = """\
homeassistant:
  name: Home
  latitude: 52.37
  longitude: 4.89
  elevation: 0
  unit_system: metric
  currency: EUR
  country: NL
  language: en
  time_zone: Europe/Amsterdam
  media_dirs:
    local: media

api:
assist_pipeline:
auth:
automation: !include automations.yaml
config:
conversation:
frontend:
history:
logbook:
lovelace:
media_source:
recorder:
  commit_interval: 1
script: !include scripts.yaml
system_health:
websocket_api:

logger:
  default: warning
  logs:
    custom_components.xbox_console: !env_var XBOX_CONSOLE_LOG debug
"""


def seed(directory: Path, port: int) -> None:
    """Write what Home Assistant needs to start on `port`; keep what an earlier start left."""
    storage = directory / ".storage"
    storage.mkdir(parents=True, exist_ok=True)
    (directory / "media").mkdir(exist_ok=True)
    (directory / "configuration.yaml").write_text(_CONFIGURATION)
    for included in ("automations.yaml", "scripts.yaml"):
        (directory / included).touch()
    # Settings of `http:` in YAML are only tried for five minutes; these count as confirmed.
    store(
        storage,
        "http",
        3,
        {"stable": _http(port), "pending": None, "yaml_migration_done": True},
    )
    if not (storage / "onboarding").exists():
        # The steps other than the user's would set up integrations that need the internet.
        store(
            storage,
            "onboarding",
            4,
            {"done": ["core_config", "analytics", "integration"]},
        )
    _link(directory / "custom_components" / DOMAIN, ROOT / "custom_components" / DOMAIN)
    _link(
        directory / "blueprints" / "automation" / DOMAIN,
        ROOT / "blueprints" / "automation" / DOMAIN,
    )


def has_user(directory: Path) -> bool:
    """Tell whether the one user has been created at an earlier start."""
    onboarding = json.loads((directory / ".storage" / "onboarding").read_text())
    return "user" in onboarding["data"]["done"]


def _http(port: int) -> dict[str, object]:
    return {
        "server_host": [LOOPBACK],
        "server_port": port,
        "cors_allowed_origins": [],
        "login_attempts_threshold": -1,
        "ip_ban_enabled": False,
        "ssl_profile": "intermediate_v6",
        "use_x_frame_options": True,
        "created_at": "2026-01-01T00:00:00+00:00",
        "error": None,
        "error_message": None,
    }


def store(storage: Path, key: str, version: int, data: Mapping[str, object]) -> None:
    """Write what Home Assistant keeps under a name."""
    (storage / key).write_text(
        json.dumps({"version": version, "minor_version": 1, "key": key, "data": data})
    )


def _link(link: Path, target: Path) -> None:
    link.parent.mkdir(parents=True, exist_ok=True)
    # What was installed there in another way stays.
    if not link.exists():
        link.symlink_to(target, target_is_directory=True)
