"""Actions of a console beyond what media players and remotes have."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from homeassistant.components.media_player import DOMAIN as MEDIA_PLAYER
from homeassistant.const import ATTR_NAME, CONF_TIMEOUT
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.service import async_register_platform_entity_service
from homeassistant.helpers.typing import VolDictType
from homeassistant.util.json import JsonValueType
from probatio import All, Length, Optional, Range, Required

from ..const import DOMAIN
from ..games.store_link import linked_product_id, product_id
from ..xboxlive.errors import ConsoleDidNotWake
from ..xboxlive.services.consoles import InstalledApp
from . import commands
from .commands import ConsoleCommand
from .entity import ConsoleEntity

ATTR_APP = "app"
ATTR_INSTANCE = "instance"
ATTR_PRODUCT = "product"
ATTR_TEXT = "text"
ATTR_WAIT = "wait"

_TIMEOUT = 120.0
_TEXT = All(cv.string, Length(min=1))
_SECONDS = All(cv.positive_float, Range(min=1, max=300))


async def _launch(entity: ConsoleEntity, call: ServiceCall) -> None:
    app = await entity.coordinator.library.meant(call.data[ATTR_APP])
    patience: float = call.data[CONF_TIMEOUT]
    if not call.data[ATTR_WAIT]:
        await entity.start(app)
    elif not await entity.start(app, patience):
        if entity.coordinator.control.waking:
            with entity.explained():
                raise ConsoleDidNotWake
        raise entity.not_started(app, patience)


async def _send_text(entity: ConsoleEntity, call: ServiceCall) -> None:
    await _tell(entity, commands.type_text(call.data[ATTR_TEXT]))


async def _tell(entity: ConsoleEntity, command: ConsoleCommand) -> None:
    with entity.explained():
        await entity.coordinator.control.send(command)


async def _rename_console(entity: ConsoleEntity, call: ServiceCall) -> None:
    console = entity.coordinator
    with entity.explained():
        await console.xbox.smartglass.rename(console.console.id, call.data[ATTR_NAME])
        # Devices and entities follow the list.
        await console.together.look()


async def _install_app(entity: ConsoleEntity, call: ServiceCall) -> None:
    wanted: str = call.data[ATTR_PRODUCT]
    product = product_id(wanted) or linked_product_id(wanted)
    if product is None:
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="not_a_product",
            translation_placeholders={"product": wanted},
        )
    await _tell(entity, commands.install(product))
    entity.coordinator.library.installs.install(product)


async def _uninstall_app(entity: ConsoleEntity, call: ServiceCall) -> None:
    """Remove exactly what was named: the list is read anew, so that no old instance is believed."""
    instance: str = call.data[ATTR_INSTANCE]
    library = entity.coordinator.library
    with entity.explained():
        await library.look()
    if instance not in {app.instance for app in library.installed}:
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="unknown_instance",
            translation_placeholders={
                "instance": instance,
                "console": entity.coordinator.subject,
            },
        )
    await _tell(entity, commands.uninstall(instance))
    library.installs.uninstall(instance)


async def _get_installed_apps(
    entity: ConsoleEntity, call: ServiceCall
) -> ServiceResponse:
    library = entity.coordinator.library
    if not library.known:
        with entity.explained():
            await library.look()
    drives = {
        drive.storage_device_id: drive.storage_device_name
        for drive in entity.coordinator.console.storage_devices or ()
    }
    apps: list[JsonValueType] = [
        _described(app, drives.get(app.storage_device_id or ""))
        for app in sorted(library.installed, key=_by_name)
    ]
    return {"apps": apps}


def _by_name(app: InstalledApp) -> str:
    return (app.name or app.unique_id or "").casefold()


def _described(app: InstalledApp, drive: str | None) -> dict[str, JsonValueType]:
    """What the response says of something installed; sizes in bytes, times in ISO 8601."""
    played = app.last_active_time
    return {
        "name": app.name,
        "kind": "game" if app.game else "add_on" if app.add_on else "app",
        "product_id": app.one_store_product_id,
        "title_id": app.title_id,
        "size": app.size_in_bytes,
        "last_played": played.isoformat() if played else None,
        "drive": drive,
        "version": None if app.version is None else _version(app.version),
        "instance": app.instance,
    }


def _version(packed: int) -> str:
    """A package's version: four numbers of 16 bits in one."""
    return ".".join(str(packed >> shift & 0xFFFF) for shift in (48, 32, 16, 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Action:
    """What an action does with the media player of a console, and with which data."""

    act: Callable[[ConsoleEntity, ServiceCall], Coroutine[Any, Any, object]]
    schema: VolDictType
    admin_only: bool = False
    responds: SupportsResponse = SupportsResponse.NONE


_ACTIONS = {
    "launch": _Action(
        act=_launch,
        schema={
            Required(ATTR_APP): _TEXT,
            Optional(ATTR_WAIT, default=False): cv.boolean,
            Optional(CONF_TIMEOUT, default=_TIMEOUT): _SECONDS,
        },
    ),
    "send_text": _Action(act=_send_text, schema={Required(ATTR_TEXT): _TEXT}),
    "get_installed_apps": _Action(
        act=_get_installed_apps, schema={}, responds=SupportsResponse.ONLY
    ),
    "rename_console": _Action(
        act=_rename_console, schema={Required(ATTR_NAME): _TEXT}, admin_only=True
    ),
    "install_app": _Action(
        act=_install_app, schema={Required(ATTR_PRODUCT): _TEXT}, admin_only=True
    ),
    "uninstall_app": _Action(
        act=_uninstall_app, schema={Required(ATTR_INSTANCE): _TEXT}, admin_only=True
    ),
}


@callback
def register(hass: HomeAssistant) -> None:
    """Register all actions."""
    for name, action in _ACTIONS.items():
        async_register_platform_entity_service(
            hass,
            DOMAIN,
            name,
            entity_domain=MEDIA_PLAYER,
            func=action.act,
            schema=action.schema,
            admin_only=action.admin_only,
            supports_response=action.responds,
        )
