"""xccs.xboxlive.com: consoles, and what they can be told."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
import json
import re
from typing import cast

from aiohttp import web
from aiohttp.typedefs import Handler

from simulator.accounts.account import Account
from simulator.consoles import answers
from simulator.consoles.answers import pretty
from simulator.consoles.commands import COMMANDS, BadParameter
from simulator.consoles.console import Console
from simulator.consoles.delivery import Undelivered, deliver
from simulator.serving import signed_in, world_of
from simulator.world import World

HOST = "xccs.xboxlive.com"
BODY_MEMBERS = {
    "destination",
    "type",
    "command",
    "sessionId",
    "sourceId",
    "parameters",
    "linkedXboxId",
}

routes = web.RouteTableDef()


class Refused(Exception):
    """The request is answered with an error word."""

    def __init__(self, word: str, detail: str = "", status: int | None = None) -> None:
        """Keep what to answer."""
        super().__init__(word)
        self.word, self.detail, self.status = word, detail, status


type _Service = Callable[[web.Request, World, Account], Awaitable[web.Response]]


def _check_headers(
    request: web.Request, contracts: tuple[str, ...], *, platform: bool
) -> None:
    if request.headers.get("x-xbl-contract-version") not in contracts:
        raise Refused("BadRequest", "x-xbl-contract-version")
    if platform and request.headers.get("skillplatform") != "RemoteManagement":
        raise Refused("BadRequest", "skillplatform")


def _service(*contracts: str, platform: bool = True) -> Callable[[_Service], Handler]:
    """Check sign-in, contract version and platform; answer Refused in the shape that the path has."""

    def wrap(service: _Service) -> Handler:
        async def handler(request: web.Request) -> web.StreamResponse:
            world, account = world_of(request), signed_in(request)
            try:
                _check_headers(request, contracts, platform=platform)
                return await service(request, world, account)
            except Refused as refusal:
                return answers.failure_for_path(
                    request.path.removeprefix(f"/{HOST}"),
                    refusal.word,
                    status=refusal.status,
                    xuid=account.xuid,
                    detail=refusal.detail,
                )

        return handler

    return wrap


def _console(world: World, account: Account, console_id: str) -> Console:
    """Return the account's console. Raises Refused."""
    known = {
        key.upper() if world.knobs.ids_ignore_case else key: console
        for key, console in world.consoles.items()
    }
    console = known.get(
        console_id.upper() if world.knobs.ids_ignore_case else console_id
    )
    if " " in console_id:
        # A pasted name instead of an id: the service's database refuses the query.
        raise Refused("DataAccessError", status=HTTPStatus.UNAUTHORIZED)
    if console is None:
        raise Refused("XboxDataNotFound")
    if console.id not in account.console_ids:
        raise Refused("XboxNotPaired", status=world.knobs.paired_failure_status)
    return console


def _consoles(world: World, account: Account) -> list[Console]:
    return [world.consoles[key] for key in account.console_ids if key in world.consoles]


def _managed(world: World, console: Console) -> Console:
    """Return the console if its remote features are on. Raises Refused, or HTTPNotFound with an empty body."""
    if console.remote_features:
        return console
    if world.knobs.remote_features_off_body == "empty":
        raise web.HTTPNotFound(text="")
    raise Refused("RemoteManagementDisabled")


@routes.get(f"/{HOST}/lists/devices")
@_service("4", "2")
async def devices(request: web.Request, world: World, account: Account) -> web.Response:
    """List the account's consoles; with product ids, those that have one of them installed."""
    if request.query.get("queryCurrentDevice", "false").lower() == "true":
        raise Refused("CurrentConsoleNotFound")
    with_drives = request.query.get("includeStorageDevices", "false").lower() == "true"
    oddities = {
        console.id: console.conduct.oddity() for console in _consoles(world, account)
    }
    empty = "empty" in oddities.values()
    consoles = [
        (
            console,
            answers.device_body(
                console, world.knobs, with_drives=with_drives, old=oddity == "old"
            ),
        )
        for console in _consoles(world, account)
        if not empty and (oddity := oddities[console.id]) != "missing"
    ]
    wanted = set(filter(None, request.query.get("oneStoreProductIds", "").split(";")))
    result: list[dict[str, object]] = [body for _, body in consoles]
    if wanted:
        result = []
        for console, body in consoles:
            apps = answers.apps_body(console, world.knobs, world.clock)
            packages = [app for app in apps if app["oneStoreProductId"] in wanted]
            if packages:
                result.append({"device": body, "packages": packages})
    return pretty({"status": answers.OK, "result": result, "agentUserId": None})


@routes.get(f"/{HOST}/lists/installedApps")
@_service("4")
async def installed_apps(
    request: web.Request, world: World, account: Account
) -> web.Response:
    """List what is installed on a console, or on all of them."""
    if "deviceId" in request.query:
        consoles = [
            _managed(world, _console(world, account, request.query["deviceId"]))
        ]
    else:
        consoles = [
            console for console in _consoles(world, account) if console.remote_features
        ]
    result = [
        app
        for console in consoles
        for app in answers.apps_body(console, world.knobs, world.clock)
    ]
    return pretty({"status": answers.OK, "result": result, "agentUserId": None})


@routes.get(f"/{HOST}/lists/storageDevices")
@_service("4")
async def storage_devices(
    request: web.Request, world: World, account: Account
) -> web.Response:
    """List a console's drives."""
    console = _console(world, account, request.query.get("deviceId", ""))
    drives = [answers.drive_body(drive, world.knobs) for drive in console.storage]
    return pretty(
        {
            "status": answers.OK,
            "deviceId": console.id,
            "result": drives,
            "agentUserId": None,
        }
    )


@routes.get(f"/{HOST}/consoles/{{console_id}}")
@_service("4", "2")
async def console_status(
    request: web.Request, world: World, account: Account
) -> web.Response:
    """Tell what a console is doing."""
    console = _console(world, account, request.match_info["console_id"])
    return pretty(answers.status_body(console, world.knobs))


@routes.get(f"/{HOST}/consoles/{{console_id}}/installEvents")
@_service("4")
async def install_events(
    request: web.Request, world: World, account: Account
) -> web.Response:
    """List what was installed or taken away."""
    console = _console(world, account, request.match_info["console_id"])
    if console.behaviour.install_events == "404":
        raise web.HTTPNotFound(text="")
    events = [answers.event_body(event, world.clock) for event in console.told_events()]
    return pretty({"status": answers.OK, "result": events})


@routes.put(f"/{HOST}/consoles/{{console_id}}/name")
@_service("4")
async def rename(request: web.Request, world: World, account: Account) -> web.Response:
    """Give a console a new name."""
    console = _console(world, account, request.match_info["console_id"])
    name = (await _json(request)).get("name")
    if not isinstance(name, str) or not name.strip():
        raise Refused("BadRequest", "name")
    console.name = name
    world.publish()
    return pretty({"status": answers.OK})


async def _json(request: web.Request) -> dict[str, object]:
    try:
        body = json.loads(await request.text())
    except ValueError as error:
        raise Refused("BadRequest", "body") from error
    if not isinstance(body, dict):
        raise Refused("BadRequest", "body")
    return cast("dict[str, object]", body)


@routes.post(f"/{HOST}/commands")
@_service("4")
async def command(request: web.Request, world: World, account: Account) -> web.Response:
    """Tell a console to do something; the reply says how it was before."""
    body = await _json(request)
    parameters = _checked(body)
    try:
        console = _managed(world, _console(world, account, str(body["linkedXboxId"])))
        return _send(world, console, body, parameters)
    except BadParameter as error:
        raise Refused("BadRequest", str(error)) from error
    except Refused as refusal:
        if world.knobs.command_failure_status == HTTPStatus.OK:
            refusal.status = HTTPStatus.OK
        raise


def _checked(body: dict[str, object]) -> dict[str, str]:
    """Return a command's parameters as one mapping. Raises Refused for a body that the service does not take."""
    missing = BODY_MEMBERS - body.keys()
    if missing:
        raise Refused("BadRequest", ", ".join(sorted(missing)))
    if (body["type"], body["command"]) not in COMMANDS:
        raise Refused("BadRequest", f"{body['type']}/{body['command']}")
    if body["destination"] != "Xbox" or not re.fullmatch(
        r"[0-9a-fA-F-]{36}", str(body["sessionId"])
    ):
        raise Refused("BadRequest", "destination or sessionId")
    items = body["parameters"]
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise Refused("BadRequest", "parameters")
    parameters = {name: value for item in items for name, value in item.items()}
    if not all(isinstance(value, str) for value in parameters.values()):
        raise Refused("BadRequest", "parameters: strings only")
    return parameters


def _send(
    world: World, console: Console, body: dict[str, object], parameters: dict[str, str]
) -> web.Response:
    before = console.shown().power
    name = (str(body["type"]), str(body["command"]))
    try:
        operation = deliver(world, console, name, str(body["sessionId"]), parameters)
    except Undelivered as error:
        raise Refused(error.word) from error
    world.publish()
    return pretty(
        {
            "status": answers.OK,
            "result": None,
            "uiText": None,
            "destination": answers.destination_body(console, before, world.knobs),
            "userInfo": None,
            "opId": operation.id,
        }
    )


@routes.get(f"/{HOST}/opStatus")
@_service("3", "2", platform=False)
async def operation_status(
    request: web.Request, world: World, account: Account
) -> web.Response:
    """Follow a command: a list in contract 3, flat in contract 2."""
    console = _console(world, account, request.headers.get("x-xbl-deviceId", ""))
    now = world.clock.elapsed()
    found = world.operations.find(
        request.headers.get("x-xbl-opId", ""),
        console.id,
        now,
        world.knobs.op_kept_seconds,
    )
    answer = found.answer if found else world.knobs.unknown_op
    if answer == "404":
        raise Refused("XboxDataNotFound")
    if answer == "empty":
        found = None
    status = "" if found is None else found.status_at(now, world.knobs.op_outcome)
    if request.headers["x-xbl-contract-version"] == "3":
        listed = [] if found is None else [answers.operation_body(found, status)]
        return pretty({"status": answers.OK, "opStatusList": listed})
    names = ("operationStatus", "opId", "succeeded", "command")
    full = {} if found is None else answers.operation_body(found, status)
    flat = {name: full.get(name) for name in names}
    return pretty({"status": answers.OK, **flat})
