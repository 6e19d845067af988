"""What the service for consoles says of them: power, apps, drives, and how far a command has come."""

from collections.abc import Mapping

from ..model import Items, Json, Model, Moment, OpenEnum


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


class InstallEventType(OpenEnum):
    """What happened to a package; which other words there are is not known."""

    INSTALL_STARTED = "InstallStarted"
    UNINSTALL_COMPLETED = "UninstallCompleted"


class ErrorCode(OpenEnum):
    """What the service says of an answer as a whole."""

    OK = "OK"
    CURRENT_CONSOLE_NOT_FOUND = "CurrentConsoleNotFound"
    REMOTE_MANAGEMENT_DISABLED = "RemoteManagementDisabled"
    XBOX_DATA_NOT_FOUND = "XboxDataNotFound"
    XBOX_NOT_PAIRED = "XboxNotPaired"


class OperationStatus(OpenEnum):
    """How far a command has come."""

    PENDING = "Pending"
    SUCCEEDED = "Succeeded"
    ERROR = "Error"
    TIMED_OUT = "TimedOut"
    OFF_CONSOLE_ERROR = "OffConsoleError"
    PAUSED = "Paused"


class ApiStatus(Model):
    """How it went, in the service's words; a failure has become an error before it is seen here."""

    error_code: ErrorCode | None = None
    error_message: str | None = None


class Answer(Model):
    """What every answer of this service is wrapped in."""

    status: ApiStatus | None = None
    agent_user_id: str | None = None


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

    @property
    def free_space(self) -> Mapping[str, int | None]:
        """The free space of each drive, in bytes."""
        return {
            drive.storage_device_id: drive.free_space_bytes
            for drive in self.storage_devices or ()
        }


class ConsoleStatus(Answer):
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
    storage_devices: Items[StorageDevice] | None = None


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


class InstallEvent(Model):
    """Something that was installed or removed, or is about to be; sizes in bytes."""

    event_type: InstallEventType | None = None
    event_time: Moment = None
    one_store_product_id: str | None = None
    instance_id: str | None = None
    title_id: str | None = None
    product_name: str | None = None
    total_bytes: int | None = None
    streamed_bytes: int | None = None
    ready_to_play_bytes: int | None = None
    streamed_ready_to_play_bytes: int | None = None
    transfer_state: str | None = None


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


class CommandReply(Answer):
    """A command was pushed to the console, which does not mean that it is done."""

    op_id: str | None = None
    destination: Destination | None = None
    ui_text: str | None = None
    result: Json = None
    user_info: Json = None


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


class ConsoleList(Answer):
    """Answer of lists/devices."""

    result: Items[Console]


class StorageDeviceList(Answer):
    """Answer of lists/storageDevices."""

    device_id: str | None = None
    result: Items[StorageDevice]


class InstalledAppList(Answer):
    """Answer of lists/installedApps."""

    result: Items[InstalledApp]


class InstallEventList(Answer):
    """Answer of installEvents."""

    result: Items[InstallEvent]


class OperationList(Operation):
    """Answer of opStatus: a list in contract 3, flat in contract 2."""

    status: ApiStatus | None = None
    op_status_list: Items[Operation] | None = None
