"""manifest.json and hacs.json, as hassfest and HACS want them."""

import ast
from importlib.metadata import version
import json
from urllib.parse import urlsplit

from awesomeversion import AwesomeVersion, AwesomeVersionStrategy
from homeassistant.const import Platform
from packaging.requirements import Requirement
import pytest

from tests.checks.files import DOMAIN, INTEGRATION, ROOT, modules, of_integration

_MANIFEST = of_integration("manifest.json")
_REQUIRED = {
    *("domain", "name", "codeowners", "config_flow", "documentation"),
    *("integration_type", "iot_class", "issue_tracker", "version"),
}
_OPTIONAL = {
    *("after_dependencies", "bluetooth", "categories", "connectivity", "dependencies"),
    *("dhcp", "homekit", "import_executor", "loggers", "mqtt", "quality_scale"),
    *("requirements", "single_config_entry", "ssdp", "usb", "zeroconf"),
}
_IOT_CLASSES = {
    *("assumed_state", "calculated", "cloud_polling", "cloud_push"),
    *("local_polling", "local_push"),
}
_TYPES = {
    "device",
    "entity",
    "hardware",
    "helper",
    "hub",
    "service",
    "system",
    "virtual",
}
# Always there, with the frontend or with entities: no manifest names them.
_ALWAYS_THERE = {
    *Platform,
    *("automation", "frontend", "homeassistant", "http", "persistent_notification"),
    *("system_log", "websocket_api"),
}
_HACS_KEYS = {
    *("name", "content_in_root", "country", "filename", "hacs", "hide_default_branch"),
    *("homeassistant", "persistent_directory", "render_readme", "zip_release"),
}


def test_the_manifest_has_what_it_must_and_nothing_else() -> None:
    """All required members are there, and no unknown ones."""
    assert _REQUIRED <= _MANIFEST.keys() <= _REQUIRED | _OPTIONAL


def test_the_manifest_is_in_order() -> None:
    """Domain and name come first, the rest by alphabet."""
    rest = sorted(_MANIFEST.keys() - {"domain", "name"})
    assert list(_MANIFEST) == ["domain", "name", *rest]


def test_the_manifest_says_what_it_is() -> None:
    """The members with a vocabulary keep to it."""
    assert _MANIFEST["domain"] == DOMAIN
    assert _MANIFEST["iot_class"] in _IOT_CLASSES
    assert _MANIFEST["integration_type"] in _TYPES
    assert all(owner.startswith("@") for owner in _MANIFEST["codeowners"])


@pytest.mark.parametrize("key", ["documentation", "issue_tracker"])
def test_addresses_are_ours_and_secure(key: str) -> None:
    """Documentation and issues are at the project's own address."""
    address = urlsplit(_MANIFEST[key])
    assert address.scheme == "https"
    assert address.hostname
    assert not address.hostname.endswith("home-assistant.io")


def test_the_version_can_be_compared() -> None:
    """Home Assistant refuses custom integrations whose version it cannot read."""
    strategy = AwesomeVersion(_MANIFEST["version"]).strategy
    assert strategy in (AwesomeVersionStrategy.SEMVER, AwesomeVersionStrategy.CALVER)


@pytest.mark.parametrize("line", _MANIFEST["requirements"])
def test_requirements_are_those_that_are_tested(line: str) -> None:
    """The tests run on versions that the manifest allows."""
    requirement = Requirement(line)
    assert requirement.specifier.contains(version(requirement.name))


@pytest.mark.parametrize("module", modules())
def test_other_integrations_are_declared(module: str) -> None:
    """Whatever is imported of another integration is a dependency of ours."""
    declared = {
        *_MANIFEST.get("dependencies", ()),
        *_MANIFEST.get("after_dependencies", ()),
        # A platform module is loaded by the integration that it is named after.
        module,
    }
    used = {
        name.split(".")[2]
        for node in ast.walk(modules()[module])
        if isinstance(node, ast.ImportFrom) and node.module
        for name in _full_names(node)
        if name.startswith("homeassistant.components.")
    }
    assert used <= declared | _ALWAYS_THERE


def _full_names(node: ast.ImportFrom) -> list[str]:
    return [f"{node.module}.{alias.name}" for alias in node.names]


def test_what_hacs_needs_is_there() -> None:
    """hacs.json keeps to its vocabulary, and the brand has its icon."""
    hacs = json.loads((ROOT / "hacs.json").read_text())
    assert {"name"} <= hacs.keys() <= _HACS_KEYS
    assert not hacs.get("zip_release") or hacs.get("filename")
    assert (INTEGRATION / "brand" / "icon.png").exists()
    assert (ROOT / "LICENSE").exists()


def test_there_is_one_integration() -> None:
    """HACS installs one integration from a repository."""
    folders = [
        path.parent for path in (ROOT / "custom_components").glob("*/manifest.json")
    ]
    assert folders == [INTEGRATION]


def test_there_are_no_reference_strings() -> None:
    """Only Home Assistant's own integrations have strings.json."""
    assert not (INTEGRATION / "strings.json").exists()
