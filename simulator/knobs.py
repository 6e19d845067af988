"""Everything that the known facts leave open, each one adjustable."""

from dataclasses import asdict, dataclass, fields, replace
from typing import Literal, Self

type DestinationShape = Literal["2020", "2025", "2026"]
type InstalledAppsShape = Literal["2020", "2025"]

# Durations in seconds of what a console does; a faster world divides them.
_PACED = (
    "wake_seconds",
    "sleep_seconds",
    "reboot_seconds",
    "update_seconds",
    "launch_seconds",
    "op_pending_seconds",
    "install_seconds",
)


@dataclass
class Adjustable:
    """Settings that can be read and set by name."""

    def update(self, values: dict[str, object]) -> None:
        """Set knobs by name. Raises ValueError for an unknown name or a wrong type, and then sets none."""
        types = {field.name: type(getattr(self, field.name)) for field in fields(self)}
        checked: dict[str, object] = {}
        for name, value in values.items():
            kind = types.get(name)
            if kind is float and isinstance(value, int) and not isinstance(value, bool):
                value = float(value)
            if kind is None or type(value) is not kind:
                raise ValueError(f"{name}: {kind.__name__ if kind else 'no such knob'}")
            checked[name] = value
        for name, value in checked.items():
            setattr(self, name, value)

    def as_dict(self) -> dict[str, object]:
        """Return every knob by name."""
        return asdict(self)


@dataclass
class Knobs(Adjustable):
    """What no public source settles. Defaults are the likeliest guess."""

    wake_seconds: float = 8.0
    """WakeUp until the network shows `On`; no measured numbers are published."""
    sleep_seconds: float = 4.0
    reboot_seconds: float = 20.0
    update_seconds: float = 60.0
    launch_seconds: float = 3.0
    """Launching until the focus shows the new title."""
    op_pending_seconds: float = 0.5
    """How long opStatus says Pending for commands that take no time of their own."""
    install_seconds: float = 10.0
    latency_seconds: float = 0.0
    """Added to every answer of every host."""
    screensaver_seconds: float = 600.0
    op_kept_seconds: float = 600.0
    """How long an opId stays queryable."""

    command_failure_status: int = 404
    """404, or 200: a failing error word may also come with HTTP 200."""
    paired_failure_status: int = 404
    """HTTP status of XboxNotPaired: not recorded."""
    off_error_word: str = "ErrorCallingWNS"
    """Answer for a console that cannot be reached; ErrorWNSTempDisconnected has been seen too."""
    remote_features_off_body: str = "word"
    """`word`: status object with RemoteManagementDisabled (presumed); `empty`: 404 without a body."""
    unknown_op: str = "empty"
    """Answer for an unknown opId: `empty` list, or `404` with XboxDataNotFound."""
    op_outcome: str = ""
    """Forced final operationStatus (`TimedOut`, `Error`, `Paused`, `Pending`, ...); empty: what really happened."""
    standby_commands: str = "off_console_error"
    """Commands to a sleeping console: `off_console_error` (accepted, then denied by opStatus) or `refused`."""
    named_commands_work: bool = False
    """Commands of which only the name is known (EjectDisk, CaptureScreenshot ...) have an effect."""
    keys_ignore_case: bool = False
    unknown_key_refused: bool = False
    """Answer 400 to an unknown keyType; otherwise it is accepted and nothing happens."""
    text_needs_focus: bool = False
    """InjectString types only into an open text box; otherwise it opens one."""
    volume_controls_tv: bool = True
    """HDMI-CEC works, so volume commands are visible."""

    destination_shape: DestinationShape = "2026"
    """Members of the command reply's `destination`, by the year it was seen."""
    installed_apps_shape: InstalledAppsShape = "2025"
    """`2020` has isGame and instanceId, `2025` lacks them and has an optional titleId."""
    status_identity: bool = True
    """Console status carries id, name, locale, region, consoleType (since 2021)."""
    floats_for_integers: bool = False
    """Whole numbers as JSON floats, as in older recordings."""
    ids_ignore_case: bool = False
    focus_in_standby: str = "empty"
    """`empty` or `stale`: focusAppAumid of a sleeping console."""
    focus_when_home: str = "aumid"
    """`aumid` or `empty`: focusAppAumid of an idle console."""
    guide_takes_focus: bool = False
    """An open guide is reported as the focused app."""
    reboot_shows: str = "On"
    """powerState during a reboot."""
    presence_device_type: str = "Scarlett"
    """How a Series console shows up in presence: not recorded."""
    status_troubles: str = ""
    """What the status page says is ill: `name: word; name: word`; any other name shows in the sum alone."""
    status_categories: Literal["list", "member"] = "list"
    """How the status page packs its categories in JSON."""
    status_places: str = "US/en-US,GB/en-GB,DE/de-DE"
    """Markets and languages that have a status page, separated by commas."""
    empty_markets: str = "RU"
    """Markets in which the catalogue answers without products, separated by commas."""

    game_pass_added: str = "tidewater"
    """Keys of the titles that Game Pass lists as added lately, separated by commas."""
    game_pass_coming: str = "skyline"
    """The same of those that come."""
    game_pass_leaving: str = ""
    """The same of those that leave: was empty when it was looked at."""
    game_pass_shape: Literal["lines", "empty", "object", "holes"] = "lines"
    """`lines` as seen; `empty` without even a description, `object` no list at all, `holes` with odd lines."""

    presence_activity: Literal["object", "list"] = "object"
    """Shape of a title's `activity`; older clients knew a list."""
    presence_names: bool = True
    """Presence names what is in front; otherwise names are empty."""
    presence_device_order: Literal["fixed", "alternating"] = "fixed"
    """Whether somebody's devices come in another order with every second answer."""
    presence_lag_seconds: float = 0.0
    """What the services tell of people is so old; what is pushed is not."""
    presence_leaves_out: str = ""
    """Key of somebody whom presence has no record of, although others have one."""
    own_last_seen: bool = False
    """The caller's own presence record has `lastSeen`."""
    last_seen_names: bool = False
    """`lastSeen` names the title; recorded ones are empty."""
    cloaked_from_self: bool = False
    """Who appears offline reads the same of itself."""
    multiplayer_summary: Literal["camel", "pascal"] = "camel"
    """`inMultiplayerSession` (2025) or `InMultiplayerSession` (before)."""
    friend_members: bool = True
    """People carry isFriend, isFriendRequestReceived and isFriendRequestSent (since 10/2025)."""
    last_seen_wobble_seconds: float = 0.0
    """lastSeenDateTimeUtc, and lastSeen of presence, alternate between two values so far apart."""
    people_told: bool = True
    """The people service tells of anybody; otherwise its lists are empty."""
    is_game_told: bool = True
    """presenceDetail says whether a title is a game; otherwise IsGame is null."""
    padded_gamerpics: bool = False
    """displayPicRaw is on the host without a good certificate, with mode=Padding."""
    fraction_digits: int = 7
    """Digits of a second's fraction in times, 0 to 7."""
    enums_as_integers: bool = True
    """Game clips' and screenshots' metadata name states and types by number."""
    valueless_stats: Literal["without_value", "omitted"] = "without_value"
    """A statistic that somebody has no value for."""
    achievements_page_size: int = 32
    """Achievements or titles on a page when maxItems is not given."""
    capture_page_size: int = 100
    """Captures on a page when maxPageSize is not given; `max` is ignored."""
    last_page_token: Literal["absent", "null", "empty"] = "absent"
    """continuationToken of the last page of captures."""
    capture_url_seconds: float = 3600.0
    """How long a capture's signed address works: not stated anywhere."""
    expired_capture_status: int = 403
    """What the content host answers to an expired address: not recorded."""
    capture_cut_at_expiry: bool = False
    """A transfer ends in the middle when its address expires; otherwise only its beginning counts."""
    capture_ranges: bool = True
    """The content hosts heed `Range`."""
    capture_bytes_per_second: int = 0
    """How fast the content hosts send; 0: as fast as they can."""
    capture_quota_bytes: int = 10 * 1000**3
    """Space for captures in the network; new ones are refused beyond."""
    capture_bytes: int = 0
    """What each capture is said to weigh; 0: its true size."""
    capture_file_bytes: int = 0
    """What each file really weighs at least; 0: its own size."""
    capture_sizes: bool = True
    """Locators carry fileSize."""
    capture_size_error: int = 0
    """How many bytes too many fileSize says."""
    capture_days: float = 90.0
    """Days after which the network deletes a capture; 0: never."""
    capture_expiration: bool = True
    """Captures carry expirationDate."""
    capture_local_ids: bool = True
    """Captures carry localId."""
    picture_format: Literal["PNG", "JPG"] = "PNG"
    """Of screenshots and of small pictures; recorded ones are PNG."""
    own_app_captures: Literal["refused", "empty", "gaps", "all"] = "refused"
    """What mediahub tells an app that users registered themselves."""
    own_app_refusal_status: int = 403
    """How it refuses one: not recorded."""
    delete_capture_status: int = 202
    hdr_screenshots: bool = False
    """Screenshots of a Series console have a Download_HDR locator too."""
    message_refused_status: int = 403
    """Answer to a message for somebody who does not want one."""
    message_too_long_status: int = 400
    message_deleted_status: int = 200
    free_gamertag_change: bool = True
    """Whether the account may still change its gamertag for nothing."""
    no_free_change_status: int = 403
    """HTTP status of code 1020, when a change is not free."""
    family: str = "parent,child"
    """Keys of the people in one family, separated by commas; none: the service has no family."""
    family_children: str = "child"
    """Keys of those who are children."""
    family_shape: Literal["members", "list", "nested", "numbers", "bare"] = "members"
    """How the family is told: not recorded. `bare`: without a word on who is a child."""
    rate_limits: bool = True
    """Keep the published fine-grained limits."""
    peoplehub_limited: bool = True
    """peoplehub is limited like social: not published, but seen."""
    rate_limit_windows: Literal["fixed", "sliding"] = "fixed"
    """How burst and sustain windows go on: not published."""
    rate_limit_retry_after: Literal["true", "0", "1", "60", "absent"] = "true"
    """What `Retry-After` says beside a limit that was exceeded."""

    def at_speed(self, speed: float) -> Self:
        """Return these knobs with the consoles' own durations divided by `speed`."""
        return replace(self, **{name: getattr(self, name) / speed for name in _PACED})
