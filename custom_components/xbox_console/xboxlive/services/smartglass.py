"""Consoles linked to the account and what they can be told to do (xccs.xboxlive.com)."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
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
from ..model import Items, Json, Model, Moment, OpenEnum
from ..service import ServiceClient, read
from ..session import Service, Session
from ..transport import Reply


class PowerState(OpenEnum):
    """What the network believes of a console's power."""

    ON = "On"
    CONNECTED_STANDBY = "ConnectedStandby"
    OFF = "Off"
    SYSTEM_UPDATE = "SystemUpdate"
    UNKNOWN = "Unknown"


class PlaybackState(OpenEnum):
    """The media session of the focused app; games report `Stopped`."""

    STOPPED = "Stopped"
    PLAYING = "Playing"
    PAUSED = "Paused"
    UNKNOWN = "Unknown"


class ConsoleType(OpenEnum):
    """Hardware."""

    XBOX_ONE = "XboxOne"
    XBOX_ONE_S = "XboxOneS"
    XBOX_ONE_S_DIGITAL = "XboxOneSDigital"
    XBOX_ONE_X = "XboxOneX"
    XBOX_SERIES_S = "XboxSeriesS"
    XBOX_SERIES_X = "XboxSeriesX"
    UNKNOWN = "Unknown"


class ContentType(OpenEnum):
    """What an installed package is."""

    GAME = "Game"
    APP = "App"
    DLC = "Dlc"
    DURABLE = "Durable"


class OperationStatus(OpenEnum):
    """How far a command has come."""

    PENDING = "Pending"
    SUCCEEDED = "Succeeded"
    ERROR = "Error"
    TIMED_OUT = "TimedOut"
    OFF_CONSOLE_ERROR = "OffConsoleError"
    PAUSED = "Paused"


class Key(OpenEnum):
    """The buttons that can be tapped; the service knows no bumpers, triggers or sticks."""

    NEXUS = "Nexus"
    GUIDE = "Guide"
    MENU = "Menu"
    VIEW = "View"
    A = "A"
    B = "B"
    X = "X"
    Y = "Y"
    UP = "Up"
    DOWN = "Down"
    LEFT = "Left"
    RIGHT = "Right"


class StorageDevice(Model):
    """A drive; sizes in bytes."""

    storage_device_id: str
    storage_device_name: str | None = None
    is_default: bool | None = None
    free_space_bytes: int | None = None
    total_space_bytes: int | None = None
    is_gen9_compatible: bool | None = None


class Console(Model):
    """A console as the account's list shows it; `id` is 16 hexadecimal digits."""

    id: str
    name: str | None = None
    locale: str | None = None
    region: str | None = None
    console_type: ConsoleType = ConsoleType.UNKNOWN
    power_state: PowerState = PowerState.UNKNOWN
    digital_assistant_remote_control_enabled: bool | None = None
    remote_management_enabled: bool | None = None
    console_streaming_enabled: bool | None = None
    wireless_warning: bool | None = None
    out_of_home_warning: bool | None = None
    storage_devices: Items[StorageDevice] | None = None


class ConsoleStatus(Model):
    """What one console is doing; `focus_app_aumid` may be empty, or stale when it is not on."""

    id: str | None = None
    name: str | None = None
    locale: str | None = None
    region: str | None = None
    console_type: ConsoleType | None = None
    power_state: PowerState = PowerState.UNKNOWN
    playback_state: PlaybackState = PlaybackState.UNKNOWN
    login_state: str | None = None
    focus_app_aumid: str | None = None
    is_tv_configured: bool | None = None
    digital_assistant_remote_control_enabled: bool | None = None
    console_streaming_enabled: bool | None = None
    remote_management_enabled: bool | None = None


class InstalledApp(Model):
    """A game, app or add-on on a console; the service leaves out or nulls any of the members."""

    one_store_product_id: str | None = None
    title_id: str | None = None
    aumid: str | None = None
    last_active_time: Moment = None
    is_game: bool | None = None
    name: str | None = None
    content_type: ContentType | None = None
    instance_id: str | None = None
    storage_device_id: str | None = None
    unique_id: str | None = None
    legacy_product_id: str | None = None
    version: int | None = None
    size_in_bytes: int | None = None
    install_time: Moment = None
    update_time: Moment = None
    parent_id: str | None = None

    @property
    def game(self) -> bool:
        """Whether this is a game, whichever member the service says it with."""
        return self.is_game is True or self.content_type == ContentType.GAME

    @property
    def add_on(self) -> bool:
        """Whether this is content of something else rather than something to start."""
        return self.content_type in (ContentType.DLC, ContentType.DURABLE)

    @property
    def instance(self) -> str | None:
        """What `uninstall` needs; rebuilt where the service no longer sends it."""
        if self.instance_id or not (self.storage_device_id and self.unique_id):
            return self.instance_id
        return f"{{{self.storage_device_id}}}#{self.unique_id}"


class Destination(Model):
    """The console as it was before a command."""

    id: str | None = None
    name: str | None = None
    locale: str | None = None
    power_state: PowerState = PowerState.UNKNOWN
    console_type: ConsoleType | None = None
    remote_management_enabled: str | None = None
    console_streaming_enabled: str | None = None
    wireless_warning: str | None = None
    out_of_home_warning: str | None = None
    os_version: str | None = None


class CommandReply(Model):
    """A command was pushed to the console, which does not mean that it is done."""

    op_id: str | None = None
    destination: Destination | None = None
    ui_text: str | None = None


class Operation(Model):
    """How far a command has come."""

    op_id: str | None = None
    operation_status: OperationStatus = OperationStatus.PENDING
    succeeded: bool | None = None
    command: str | None = None
    originating_session_id: str | None = None
    console_status_code: int | None = None
    xccs_error_code: str | None = None
    h_result: int | None = None
    message: str | None = None

    @property
    def pending(self) -> bool:
        """Whether the console has not reported back."""
        return not self.succeeded and self.operation_status in (
            OperationStatus.PENDING,
            OperationStatus.PAUSED,
        )


class ConsoleList(Model):
    """Answer of lists/devices."""

    result: Items[Console] = ()


class StorageDeviceList(Model):
    """Answer of lists/storageDevices."""

    result: Items[StorageDevice] = ()


class InstalledAppList(Model):
    """Answer of lists/installedApps."""

    result: Items[InstalledApp] = ()


class OperationList(Operation):
    """Answer of opStatus: a list in contract 3, flat in contract 2."""

    op_status_list: Items[Operation] | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """Something that a console can be told; parameter values are text, whatever they mean."""

    type: str
    name: str
    parameters: Mapping[str, str] = MappingProxyType({})


WAKE_UP = Command("Power", "WakeUp")
TURN_OFF = Command("Power", "TurnOff")
REBOOT = Command("Power", "Reboot")
MUTE = Command("Audio", "Mute")
UNMUTE = Command("Audio", "Unmute")
PLAY = Command("Media", "Play")
PAUSE = Command("Media", "Pause")
PREVIOUS = Command("Media", "Previous")
NEXT = Command("Media", "Next")
GO_HOME = Command("Shell", "GoHome")
GO_BACK = Command("Shell", "GoBack")
SHOW_GUIDE_TAB = Command("Shell", "ShowGuideTab", {"tabName": "Guide"})
SHOW_TV_GUIDE = Command("TV", "ShowGuide")


def volume_up(steps: int = 1) -> Command:
    """Turn the sound up through HDMI-CEC or infrared."""
    return Command("Audio", "Volume", {"direction": "Up", "amount": str(steps)})


def volume_down(steps: int = 1) -> Command:
    """Turn the sound down through HDMI-CEC or infrared."""
    return Command("Audio", "Volume", {"direction": "Down", "amount": str(steps)})


def tap(key: Key) -> Command:
    """Press and release a button of the controller."""
    return Command("Shell", "InjectKey", {"keyType": key})


def type_text(text: str) -> Command:
    """Replace the content of the text box that has the focus."""
    return Command("Shell", "InjectString", {"replacementString": text})


def launch(product_id: str) -> Command:
    """Start an installed title by its Store product id (12 characters)."""
    return Command(
        "Shell",
        "ActivateApplicationWithOneStoreProductId",
        {"oneStoreProductId": product_id},
    )


def install(*product_ids: str) -> Command:
    """Install titles that the account owns."""
    return Command(
        "Shell",
        "InstallPackages",
        {"bigCatIdList": ",".join(product_ids), "installEvents": "true"},
    )


def uninstall(instance: str) -> Command:
    """Remove exactly one installed package (`InstalledApp.instance`)."""
    return Command(
        "Shell", "UninstallPackage", {"instanceId": instance, "installEvents": "true"}
    )


def remote_access(enabled: bool) -> Command:
    """Switch remote features on or off."""
    return Command("Config", "RemoteAccess", {"enabled": str(enabled)})


def console_streaming(enabled: bool) -> Command:
    """Switch streaming from the console on or off."""
    return Command("Config", "AllowConsoleStreaming", {"enabled": str(enabled)})


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
        answer = await self._get(
            t"/lists/devices",
            ConsoleList,
            queryCurrentDevice=False,
            includeStorageDevices=storage,
        )
        return answer.result

    async def status(self, console_id: str) -> ConsoleStatus:
        """What a console is doing now."""
        return await self._get(t"/consoles/{console_id}", ConsoleStatus)

    async def storage_devices(self, console_id: str) -> tuple[StorageDevice, ...]:
        """The drives of a console."""
        path = t"/lists/storageDevices"
        return (await self._get(path, StorageDeviceList, deviceId=console_id)).result

    async def installed_apps(
        self, console_id: str | None = None
    ) -> tuple[InstalledApp, ...]:
        """The games, apps and add-ons on a console, or on all."""
        path = t"/lists/installedApps"
        return (await self._get(path, InstalledAppList, deviceId=console_id)).result

    async def rename(self, console_id: str, name: str) -> None:
        """Give a console another name."""
        await self._request("PUT", t"/consoles/{console_id}/name", {"name": name})

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
