"""The dashboard "Xbox": what to do first, then everything that the consoles offer.

It is made from the registries, so that it fits whatever has been set up.
"""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from scripts.config_directory import DOMAIN
from scripts.homeassistant_instance import Connection

URL_PATH = "xbox-console"

type Card = dict[str, Any]

_WELCOME = """\
## Welcome

No console is here yet. To see yours:

1. Open [Devices & services](/config/integrations/dashboard) and press **Add integration**.
2. Choose **Xbox Console** and follow the page to sign in with the code that it shows.
3. Come back: every console of the account has its own place on this dashboard.
"""

# How the entities of a domain are shown, in the order in which they are shown.
_CARDS: Mapping[str, Card] = {
    "media_player": {"type": "media-control", "grid_options": {"columns": "full"}},
    "remote": {"type": "tile"},
    "binary_sensor": {"type": "tile"},
    "sensor": {"type": "tile"},
    "switch": {"type": "tile"},
    "event": {"type": "tile"},
    "button": {"type": "tile", "hide_state": True, "tap_action": {"action": "toggle"}},
    "notify": {"type": "tile"},
}
_ORDER = list(_CARDS)


async def refresh(connection: Connection) -> None:
    """Make the dashboard if it is not there, and fit it to what is set up now."""
    dashboards = await connection.command("lovelace/dashboards/list")
    if all(dashboard["url_path"] != URL_PATH for dashboard in dashboards):
        await connection.command(
            "lovelace/dashboards/create",
            url_path=URL_PATH,
            title="Xbox",
            icon="mdi:controller",
            show_in_sidebar=True,
            require_admin=False,
            mode="storage",
        )
    devices = await connection.command("config/device_registry/list")
    entities = await connection.command("config/entity_registry/list")
    await connection.command(
        "lovelace/config/save", url_path=URL_PATH, config=_config(devices, entities)
    )


def _config(
    devices: Iterable[Mapping[str, Any]], entities: Iterable[Mapping[str, Any]]
) -> Card:
    names = {
        device["id"]: device["name_by_user"] or device["name"] for device in devices
    }
    shown = sorted(
        (entity for entity in entities if _is_shown(entity)),
        key=lambda entity: entity["device_id"],
    )
    sections = [
        _section(names[device_id], list(of_device))
        for device_id, of_device in groupby(shown, lambda entity: entity["device_id"])
    ]
    # Consoles first: their section starts with a media player.
    sections.sort(key=lambda section: section["cards"][1]["type"] != "media-control")
    welcome = {"type": "grid", "cards": [{"type": "markdown", "content": _WELCOME}]}
    view = {
        "title": "Xbox",
        "type": "sections",
        "max_columns": 3,
        "sections": sections or [welcome],
    }
    return {"views": [view]}


def _domain(entity: Mapping[str, Any]) -> str:
    return str(entity["entity_id"]).partition(".")[0]


def _is_shown(entity: Mapping[str, Any]) -> bool:
    return (
        entity["platform"] == DOMAIN
        and entity["device_id"] is not None
        and not (entity["disabled_by"] or entity["hidden_by"])
        and entity["entity_category"] is None
        and _domain(entity) in _CARDS
    )


def _section(name: str, entities: list[Mapping[str, Any]]) -> Card:
    entities.sort(key=lambda entity: _ORDER.index(_domain(entity)))
    cards = [_card(entity) for entity in entities]
    return {"type": "grid", "cards": [{"type": "heading", "heading": name}, *cards]}


def _card(entity: Mapping[str, Any]) -> Card:
    card = {**_CARDS[_domain(entity)], "entity": entity["entity_id"]}
    if card["type"] == "tile":
        # The heading names the device already.
        card["name"] = {"type": "entity"}
    return card
