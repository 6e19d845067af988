"""Consoles linked to the account, and telling them what to do (xccs.xboxlive.com)."""

from collections.abc import Mapping
from http import HTTPStatus
import uuid

from ..errors import (
    ConsoleError,
    ConsoleNotFound,
    ConsoleNotPaired,
    ConsoleTemporarilyUnreachable,
    ConsoleUnreachable,
    RateLimited,
    RemoteFeaturesDisabled,
    ServiceUnavailable,
)
from ..model import Json
from ..service import ServiceClient, read
from ..session import Service, Session
from ..transport import Reply
from .commands import Command
from .consoles import (
    CommandReply,
    Console,
    ConsoleList,
    ConsoleStatus,
    InstalledApp,
    InstalledAppList,
    InstallEvent,
    InstallEventList,
    Operation,
    OperationList,
    StorageDevice,
    StorageDeviceList,
)

_OWN_ERRORS: Mapping[str, type[ConsoleError]] = {
    "CurrentConsoleNotFound": ConsoleNotFound,
    "ErrorCallingWNS": ConsoleUnreachable,
    "ErrorWNSTempDisconnected": ConsoleTemporarilyUnreachable,
    "RemoteManagementDisabled": RemoteFeaturesDisabled,
    "XboxDataNotFound": ConsoleNotFound,
    "XboxNotPaired": ConsoleNotPaired,
}
_THROTTLED = "ThrottledTryAgain"
_THROTTLED_PAUSE = 15.0
_DATABASE_ILL = "DataAccessError"


def console_error(code: str) -> ConsoleError:
    """The error for a word of the service; a new word becomes a plain ConsoleError."""
    return _OWN_ERRORS.get(code, ConsoleError)(code)


def _judge(reply: Reply) -> None:
    """Believe the word in the body before the HTTP status: a failure may come with 200, 401 or 404."""
    status = reply.members.get("status")
    code = status.get("errorCode") if isinstance(status, dict) else None
    if isinstance(code, str) and code not in ("", "OK"):
        if code == _THROTTLED:
            raise RateLimited(reply.host, reply.retry_after or _THROTTLED_PAUSE)
        if code == _DATABASE_ILL:
            raise ServiceUnavailable(reply.host, code, reply.retry_after)
        raise console_error(code)
    if reply.status == HTTPStatus.NOT_FOUND:
        raise ConsoleUnreachable("NotFound", undelivered=False)
    reply.raise_for_status()


class Smartglass(ServiceClient):
    """Consoles linked to the account and what they can be told to do.

    Every verb raises RateLimited, ServiceUnavailable, ConnectionFailed, AuthError and
    UnexpectedResponse; those about one console raise ConsoleError as well.
    """

    _service = Service(
        "xccs.xboxlive.com",
        contract=4,
        headers={"skillplatform": "RemoteManagement"},
        judge=_judge,
    )

    def __init__(self, session: Session) -> None:
        """Name this client to the service, which repeats the name in opStatus."""
        super().__init__(session)
        self._session_id = str(uuid.uuid4())

    async def consoles(self, *, storage: bool = True) -> tuple[Console, ...]:
        """All consoles of the account with their power state, and their drives if wanted."""
        return (await self.console_list(storage=storage)).result

    async def console_list(self, *, storage: bool = True) -> ConsoleList:
        """The consoles, with what the service says of the list."""
        return await self._get(
            t"/lists/devices",
            ConsoleList,
            queryCurrentDevice=False,
            includeStorageDevices=storage,
        )

    async def status(self, console_id: str) -> ConsoleStatus:
        """What a console is doing now."""
        return await self._get(t"/consoles/{console_id}", ConsoleStatus)

    async def storage_devices(self, console_id: str) -> tuple[StorageDevice, ...]:
        """The drives of a console."""
        return (await self.storage_device_list(console_id)).result

    async def storage_device_list(self, console_id: str) -> StorageDeviceList:
        """The drives of a console, with what the service says of the list."""
        path = t"/lists/storageDevices"
        return await self._get(path, StorageDeviceList, deviceId=console_id)

    async def installed_apps(
        self, console_id: str | None = None
    ) -> tuple[InstalledApp, ...]:
        """The games, apps and add-ons on a console, or on all."""
        return (await self.installed_app_list(console_id)).result

    async def installed_app_list(
        self, console_id: str | None = None
    ) -> InstalledAppList:
        """The games, apps and add-ons, with what the service says of the list."""
        path = t"/lists/installedApps"
        return await self._get(path, InstalledAppList, deviceId=console_id)

    async def install_events(self, console_id: str) -> tuple[InstallEvent, ...]:
        """What was installed on a console and removed from it lately, or is about to be."""
        path = t"/consoles/{console_id}/installEvents"
        return (await self._get(path, InstallEventList)).result

    async def rename(self, console_id: str, name: str) -> None:
        """Give a console another name."""
        await self._do("PUT", t"/consoles/{console_id}/name", {"name": name})

    async def send(self, console_id: str, command: Command) -> CommandReply:
        """Push a command to a console; follow it with `operation`."""
        body: Json = {
            "destination": "Xbox",
            "type": command.type,
            "command": command.name,
            "sessionId": self._session_id,
            "sourceId": "com.microsoft.smartglass",
            "parameters": [dict(command.parameters)],
            "linkedXboxId": console_id,
        }
        return await self._post(t"/commands", body, CommandReply)

    async def operation(self, console_id: str, op_id: str) -> Operation | None:
        """How far a command has come; None if the service no longer knows it."""
        told = {"x-xbl-opId": op_id, "x-xbl-deviceId": console_id}
        reply = await self._request(
            "GET",
            t"/opStatus",
            contract=self._overrides.get("contract", 3),
            headers={**told, **self._overrides.get("headers", {})},
        )
        answer = read(reply, OperationList)
        if answer.op_status_list is None:
            return answer
        return next(
            (each for each in answer.op_status_list if each.op_id == op_id), None
        )
