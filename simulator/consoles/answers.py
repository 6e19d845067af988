"""Bodies of the console service (xccs.xboxlive.com)."""

import json
from typing import NamedTuple
import uuid

from aiohttp import web

from simulator.clock import Clock
from simulator.consoles.console import Console
from simulator.consoles.installs import Installation, InstallEvent, StorageDevice
from simulator.consoles.operations import Operation
from simulator.knobs import Knobs

OK: dict[str, object] = {"errorCode": "OK", "errorMessage": None}

_DOCUMENT = "DocumentDataAccess::GetItemAsync: "


class Word(NamedTuple):
    """What an error word comes with; `op` tells whether a command's reply keeps its opId."""

    status: int
    message: str
    op: bool = True


WORDS: dict[str, Word] = {
    "ErrorCallingWNS": Word(404, "Send command failed"),
    "ErrorWNSTempDisconnected": Word(404, "Xbox temporarily disconnected from WNS"),
    "XboxDataNotFound": Word(404, "Xbox not found for user: {user}", op=False),
    "XboxNotPaired": Word(404, "The requested Xbox is not linked to user", op=False),
    "RemoteManagementDisabled": Word(404, "Remote management is disabled on this Xbox"),
    "CurrentConsoleNotFound": Word(404, "Current console not found"),
    "ThrottledTryAgain": Word(
        429, f"{_DOCUMENT}The request rate is too large. Please retry after sometime."
    ),
    "DataAccessError": Word(
        408, f"{_DOCUMENT}DocumentClientException statusCode: RequestTimeout"
    ),
    "BadRequest": Word(400, "{detail}", op=False),
}
_UNAUTHORIZED_DOCUMENT = f"{_DOCUMENT}DocumentClientException statusCode: Unauthorized"

_STATUS_MEMBERS = (
    "id",
    "name",
    "locale",
    "consoleType",
    "powerState",
    "playbackState",
    "loginState",
    "focusAppAumid",
    "isTvConfigured",
    "digitalAssistantRemoteControlEnabled",
    "consoleStreamingEnabled",
    "remoteManagementEnabled",
)


def pretty(body: object, status: int = 200) -> web.Response:
    """Answer in JSON the way the console service writes it: indented, lines ended by CRLF."""
    text = json.dumps(body, indent=2, ensure_ascii=False).replace("\n", "\r\n")
    return web.Response(text=text, status=status, content_type="application/json")


def failure_for_path(
    path: str,
    word: str,
    *,
    status: int | None = None,
    xuid: str = "0",
    detail: str = "",
    op_id: str | None = None,
) -> web.Response:
    """Answer with an error word, in the shape that the path's success has.

    Messages name the user, by xuid, in 16 hex digits.
    """
    known = WORDS.get(word, Word(404, word))
    code = status or known.status
    message = known.message.format(user=f"{int(xuid):016X}", detail=detail)
    if word == "DataAccessError" and code == web.HTTPUnauthorized.status_code:
        message = _UNAUTHORIZED_DOCUMENT
    body: dict[str, object] = {"status": {"errorCode": word, "errorMessage": message}}
    if path.startswith("/commands"):
        lost = word == "XboxDataNotFound"
        body |= {
            "result": None,
            "uiText": None,
            "destination": None,
            "userInfo": {} if lost else None,
        }
        if known.op:
            body["opId"] = op_id or str(uuid.uuid4())
    elif path.startswith("/lists"):
        body |= {"result": [], "agentUserId": None}
    elif path.startswith("/consoles") and path.count("/") == 2:
        body |= dict.fromkeys(_STATUS_MEMBERS) | {"isTvConfigured": False}
    return pretty(body, code)


def whole(value: int, knobs: Knobs) -> int | float:
    """Return a whole number the way this server writes it."""
    return float(value) if knobs.floats_for_integers else value


def drive_body(drive: StorageDevice, knobs: Knobs) -> dict[str, object]:
    """Return an item of a list of storage devices."""
    return {
        "storageDeviceId": drive.id,
        "storageDeviceName": drive.name,
        "isDefault": drive.is_default,
        "freeSpaceBytes": whole(drive.total_bytes - drive.used_bytes, knobs),
        "totalSpaceBytes": whole(drive.total_bytes, knobs),
        "isGen9Compatible": drive.gen9_compatible,
    }


def device_body(
    console: Console, knobs: Knobs, *, with_drives: bool, old: bool = False
) -> dict[str, object]:
    """Return an item of lists/devices; an old one tells of another moment."""
    return {
        "id": console.id,
        "name": console.name,
        "locale": console.locale,
        "region": console.region,
        "consoleType": console.type,
        "powerState": console.listed_before() if old else console.listed(),
        "digitalAssistantRemoteControlEnabled": console.digital_assistant,
        "remoteManagementEnabled": console.remote_features,
        "consoleStreamingEnabled": console.streaming,
        "wirelessWarning": console.wireless_warning,
        "outOfHomeWarning": console.out_of_home_warning,
        "storageDevices": [drive_body(drive, knobs) for drive in console.storage]
        if with_drives
        else [],
    }


def status_body(console: Console, knobs: Knobs) -> dict[str, object]:
    """Return the body of GET consoles/{id}."""
    shown = console.shown()
    identity = {
        "id": console.id,
        "name": console.name,
        "locale": console.locale,
        "region": console.region,
        "consoleType": console.type,
    }
    return {
        "status": OK,
        **(identity if knobs.status_identity else {}),
        "powerState": shown.power,
        "playbackState": shown.playback,
        "loginState": None,
        "focusAppAumid": shown.focus,
        "isTvConfigured": console.tv_configured,
        "digitalAssistantRemoteControlEnabled": console.digital_assistant,
        "consoleStreamingEnabled": console.streaming,
        "remoteManagementEnabled": console.remote_features,
    }


def app_body(
    entry: Installation, parent: Installation | None, knobs: Knobs, clock: Clock
) -> dict[str, object]:
    """Return an item of lists/installedApps in the shape of the year."""
    title = entry.title
    body: dict[str, object] = {
        "oneStoreProductId": title.product_id,
        "titleId": title.title_id,
        "aumid": title.aumid,
        "lastActiveTime": _time(entry.last_active_at, clock),
        "isGame": title.kind == "Game",
        "name": title.name,
        "contentType": title.kind,
        "instanceId": entry.instance_id,
        "storageDeviceId": entry.storage_id,
        "uniqueId": title.unique_id,
        "legacyProductId": title.legacy_product_id,
        "version": whole(entry.version, knobs),
        "sizeInBytes": whole(title.size_bytes, knobs),
        "installTime": _time(entry.installed_at, clock),
        "updateTime": _time(entry.updated_at, clock),
        "parentId": parent.title.unique_id if parent else None,
    }
    if knobs.installed_apps_shape == "2025":
        del body["isGame"], body["instanceId"]
        if title.title_id is None:
            del body["titleId"]
    return body


def apps_body(console: Console, knobs: Knobs, clock: Clock) -> list[dict[str, object]]:
    """Return what is installed on a console."""
    listed = console.listed_installs()
    by_key = {entry.title.key: entry for entry in listed}
    return [
        app_body(entry, by_key.get(entry.title.parent or ""), knobs, clock)
        for entry in listed
    ]


def event_body(event: InstallEvent, clock: Clock) -> dict[str, object]:
    """Return an item of installEvents."""
    return {
        "eventType": event.type,
        "eventTime": _time(event.time, clock),
        "oneStoreProductId": event.title.product_id,
        "instanceId": event.instance_id,
        "titleId": event.title.title_id,
        "productName": event.title.name,
    }


def destination_body(console: Console, power: str, knobs: Knobs) -> dict[str, object]:
    """Return the destination of a command's reply; `power` is the state before the command."""
    core: dict[str, object] = {
        "id": console.id,
        "name": console.name,
        "powerState": power,
        "consoleType": console.type,
        "osVersion": console.os_version,
    }
    if knobs.destination_shape == "2026":
        return core
    # Truths are words here, unlike everywhere else; empty for not known.
    blank = knobs.destination_shape == "2020"
    full = core | {
        "locale": console.locale,
        "remoteManagementEnabled": str(console.remote_features),
        "consoleStreamingEnabled": str(console.streaming),
        "wirelessWarning": "" if blank else str(console.wireless_warning),
        "outOfHomeWarning": "" if blank else str(console.out_of_home_warning),
    }
    if blank:
        del full["osVersion"]
    return full


def operation_body(operation: Operation, status: str) -> dict[str, object]:
    """Return an operation as contract 3 lists it."""
    pending = status == "Pending"
    return {
        "operationStatus": status,
        "opId": operation.id,
        "originatingSessionId": operation.session_id,
        "command": operation.command,
        "succeeded": status == "Succeeded",
        "consoleStatusCode": None if pending else 0,
        "xccsErrorCode": None if pending else operation.xccs_error_code,
        "hResult": None if pending else 0,
        "message": None if pending else operation.message,
    }


def _time(at: float | None, clock: Clock) -> str | None:
    return None if at is None else clock.iso(at, digits=3)
