"""Each knob changes what it says."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict

import pytest

from simulator.games.titles import GUIDE_AUMID
from simulator.knobs import Knobs
from tests.simulator.captures.test_capture_knobs import NAMES
from tests.simulator.console_client import XCCS, ConsoleClient, new_id
from tests.simulator.people import test_knobs as test_people_knobs

type Answer = Callable[[ConsoleClient], Awaitable[object]]

ACCOUNTS = "Account & profile"
STARFALL = "HalcyonForge.StarfallOdyssey_3x7q9v2m5k8tw!StarfallShipping"


async def unreachable(remote: ConsoleClient) -> object:
    """Answer for a console that cannot be called."""
    remote.on.unplug()
    status, reply = await remote.send(remote.on, "Shell/GoHome")
    return status, reply["status"]["errorCode"], reply["destination"]


async def not_paired(remote: ConsoleClient) -> object:
    """Answer for somebody else's console."""
    remote.world.accounts["parent"].console_ids.remove(remote.on.id)
    return (await remote.get(f"/consoles/{remote.on.id}"))[0]


async def remote_off(remote: ConsoleClient) -> object:
    """Answer for a console without remote features."""
    return await remote.send(remote.closed, "Power/WakeUp")


async def unknown_operation(remote: ConsoleClient) -> object:
    """Answer for an opId that nobody knows."""
    headers = remote.headers("3", x_xbl_opId=new_id(), x_xbl_deviceId=remote.on.id)
    status, body = await remote.get("/opStatus", headers)
    return status, body.get("opStatusList")


async def sleeping_command(remote: ConsoleClient) -> object:
    """HTTP status of a key press to a sleeping console."""
    return (await remote.send(remote.asleep, "Shell/InjectKey", keyType="A"))[0]


async def eject(remote: ConsoleClient) -> object:
    """The disc after EjectDisk."""
    await remote.send(remote.on, "Shell/EjectDisk")
    return remote.on.disc


async def capture(remote: ConsoleClient) -> object:
    """Captures and pairing after the commands for them."""
    for order in (
        "Game/CaptureScreenshot",
        "Game/CaptureGameClip",
        "Shell/PairController",
    ):
        await remote.send(remote.on, order)
    return [item.kind for item in remote.new_captures], remote.on.pairing


async def lower_case_key(remote: ConsoleClient) -> object:
    """The overlay after the key `nexus`."""
    status, _ = await remote.send(remote.on, "Shell/InjectKey", keyType="nexus")
    return status, remote.on.shell.overlay


async def text(remote: ConsoleClient) -> object:
    """What is typed without a text box."""
    await remote.send(remote.on, "Shell/InjectString", replacementString="abc")
    return remote.on.shell.typed


async def volume(remote: ConsoleClient) -> object:
    """Volume and mute after commands for them."""
    await remote.send(remote.on, "Audio/Volume", direction="Up")
    await remote.send(remote.on, "Audio/Mute")
    return remote.on.shell.volume, remote.on.shell.muted


async def destination(remote: ConsoleClient) -> object:
    """Warning, remote features and members of a reply's destination."""
    _, reply = await remote.send(remote.on, "Shell/GoHome")
    body = reply["destination"]
    return (
        body.get("wirelessWarning"),
        body.get("remoteManagementEnabled"),
        "osVersion" in body,
        "locale" in body,
    )


async def app_members(remote: ConsoleClient) -> object:
    """Whether installed apps have the members that went away."""
    _, body = await remote.get(f"/lists/installedApps?deviceId={remote.on.id}")
    return {name in body["result"][0] for name in ("isGame", "instanceId")}


async def identity(remote: ConsoleClient) -> object:
    """Whether a status says whose it is."""
    return "name" in await remote.status(remote.on)


async def numbers(remote: ConsoleClient) -> object:
    """The text of a whole number."""
    response = await remote.ask(
        "GET", f"{XCCS}/lists/storageDevices?deviceId={remote.on.id}"
    )
    return f"{802 * 1024**3}.0" in await response.text()


async def lower_case_id(remote: ConsoleClient) -> object:
    """HTTP status for an id in the wrong case."""
    return (await remote.get(f"/consoles/{remote.on.id.lower()}"))[0]


async def guide_focus(remote: ConsoleClient) -> object:
    """The focus while the guide is open over a game."""
    await remote.send(remote.on, "Shell/ShowGuideTab")
    return (await remote.status(remote.on))["focusAppAumid"]


async def home_focus(remote: ConsoleClient) -> object:
    """Whether home has a focus."""
    await remote.send(remote.on, "Shell/GoHome")
    return bool((await remote.status(remote.on))["focusAppAumid"])


async def reboot_power(remote: ConsoleClient) -> object:
    """The state during a restart."""
    await remote.send(remote.on, "Power/Reboot")
    return (await remote.status(remote.on))["powerState"]


async def device_type(remote: ConsoleClient) -> object:
    """How presence calls the console."""
    response = await remote.ask(
        "GET", "/userpresence.xboxlive.com/users/me", headers=remote.headers("3")
    )
    return (await response.json())["devices"][0]["type"]


WORD = {
    "errorCode": "RemoteManagementDisabled",
    "errorMessage": "Remote management is disabled on this Xbox",
}
BODY = {
    "status": WORD,
    "result": None,
    "uiText": None,
    "destination": None,
    "userInfo": None,
}


# knob, value -> what is answered then
async def products_sold(remote: ConsoleClient) -> object:
    """How many of the known products two markets have, by either kind of id."""
    found = []
    for market in ("RU", "US"):
        for asked in (
            "?bigIds=9ZHTX4LLQ7SF",
            "/lookup?alternateId=PackageFamilyName&value=HalcyonForge.StarfallOdyssey_3x7q9v2m5k8tw",
        ):
            answer = await remote.ask(
                "GET",
                f"/displaycatalog.mp.microsoft.com/v7.0/products{asked}&market={market}",
            )
            found.append(len((await answer.json())["Products"]))
    return found


async def status_page(remote: ConsoleClient) -> object:
    """The sum, the first category's name and word, and how the categories are packed."""
    answer = await remote.ask(
        "GET",
        "/xnotify.xboxlive.com/servicestatusv6/US/en-US",
        headers={"Accept": "application/json"},
    )
    body = await answer.json()
    packed = body["CoreServices"]
    first = (packed["Category"] if isinstance(packed, dict) else packed)[0]
    return (
        body["Status"]["Overall"]["State"],
        first["Name"],
        first["Status"]["Name"],
        type(packed).__name__,
    )


async def game_pass(remote: ConsoleClient) -> object:
    """How many lines the list of what leaves has, or what it is instead."""
    answer = await remote.ask(
        "GET",
        "/catalog.gamepass.com/sigls/v2?id=393f05bf-e596-4ef6-9487-6d4fa0eab987"
        "&language=en-us&market=US",
    )
    body = await answer.json()
    return len(body) if isinstance(body, list) else type(body).__name__


async def game_pass_news(remote: ConsoleClient) -> object:
    """The products of what was added, and of what comes."""
    found = []
    for which in (
        "f13cf6b4-57e6-4459-89df-6aec18cf0538",
        "095bda36-f5cd-43f2-9ee1-0a72f371fb96",
    ):
        answer = await remote.ask(
            "GET",
            f"/catalog.gamepass.com/sigls/v2?id={which}&language=en-us&market=US",
        )
        found.append([line["id"] for line in (await answer.json())[1:]])
    return found


async def status_place(remote: ConsoleClient) -> object:
    """HTTP status for a market and language."""
    answer = await remote.ask(
        "GET", "/xnotify.xboxlive.com/servicestatusv6/FI/fi-FI", headers={}
    )
    return answer.status


SAYS: list[tuple[str, object, Answer, object]] = [
    ("command_failure_status", 404, unreachable, (404, "ErrorCallingWNS", None)),
    ("command_failure_status", 200, unreachable, (200, "ErrorCallingWNS", None)),
    (
        "off_error_word",
        "ErrorWNSTempDisconnected",
        unreachable,
        (404, "ErrorWNSTempDisconnected", None),
    ),
    ("paired_failure_status", 401, not_paired, 401),
    ("remote_features_off_body", "empty", remote_off, (404, {})),
    ("unknown_op", "empty", unknown_operation, (200, [])),
    ("unknown_op", "404", unknown_operation, (404, None)),
    ("standby_commands", "off_console_error", sleeping_command, 200),
    ("standby_commands", "refused", sleeping_command, 404),
    ("named_commands_work", False, eject, "Golden Boot 27"),
    ("named_commands_work", True, eject, None),
    ("named_commands_work", True, capture, (["screenshot", "gameclip"], True)),
    ("keys_ignore_case", False, lower_case_key, (200, "")),
    ("keys_ignore_case", True, lower_case_key, (200, "guide")),
    ("unknown_key_refused", True, lower_case_key, (400, "")),
    ("text_needs_focus", False, text, "abc"),
    ("text_needs_focus", True, text, ""),
    ("volume_controls_tv", True, volume, (31, True)),
    ("volume_controls_tv", False, volume, (30, False)),
    ("destination_shape", "2020", destination, ("", "True", False, True)),
    ("destination_shape", "2025", destination, ("False", "True", True, True)),
    ("destination_shape", "2026", destination, (None, None, True, False)),
    ("installed_apps_shape", "2020", app_members, {True}),
    ("installed_apps_shape", "2025", app_members, {False}),
    ("status_troubles", "", status_page, ("None", ACCOUNTS, "None", "list")),
    (
        "status_troubles",
        f"{ACCOUNTS}: Limited",
        status_page,
        ("Limited", ACCOUNTS, "Limited", "list"),
    ),
    (
        "status_troubles",
        "A game: Warning",
        status_page,
        ("Warning", ACCOUNTS, "None", "list"),
    ),
    ("status_categories", "member", status_page, ("None", ACCOUNTS, "None", "dict")),
    ("game_pass_leaving", "", game_pass, 1),
    ("game_pass_leaving", "nebula, starfall", game_pass, 3),
    ("game_pass_shape", "empty", game_pass, 0),
    ("game_pass_shape", "object", game_pass, "dict"),
    ("game_pass_shape", "holes", game_pass, 5),
    ("game_pass_added", "nebula", game_pass_news, [["9ZNBD7RGT2KV"], ["9ZSKYL1NGMX4"]]),
    ("game_pass_coming", "", game_pass_news, [["9ZTWT5CZY8MB"], []]),
    ("status_places", "US/en-US", status_place, 404),
    ("status_places", "FI/fi-FI", status_place, 200),
    ("empty_markets", "RU", products_sold, [0, 0, 1, 1]),
    ("empty_markets", "US,RU", products_sold, [0, 0, 0, 0]),
    ("empty_markets", "", products_sold, [1, 1, 1, 1]),
    ("status_identity", True, identity, True),
    ("status_identity", False, identity, False),
    ("floats_for_integers", False, numbers, False),
    ("floats_for_integers", True, numbers, True),
    ("ids_ignore_case", False, lower_case_id, 404),
    ("ids_ignore_case", True, lower_case_id, 200),
    ("guide_takes_focus", False, guide_focus, STARFALL),
    ("guide_takes_focus", True, guide_focus, GUIDE_AUMID),
    ("focus_when_home", "aumid", home_focus, True),
    ("focus_when_home", "empty", home_focus, False),
    ("reboot_shows", "On", reboot_power, "On"),
    ("reboot_shows", "Off", reboot_power, "Off"),
    ("presence_device_type", "XboxOne", device_type, "XboxOne"),
]

# Knobs whose effect needs time to pass have tests of their own below.
TIMED = {
    "wake_seconds",
    "sleep_seconds",
    "reboot_seconds",
    "update_seconds",
    "launch_seconds",
    "install_seconds",
    "op_pending_seconds",
    "op_kept_seconds",
    "op_outcome",
    "presence_lag_seconds",
    "screensaver_seconds",
    "focus_in_standby",
    "latency_seconds",
}


@pytest.mark.parametrize(("name", "value", "answer", "expected"), SAYS)
async def test_knob(
    remote: ConsoleClient, name: str, value: object, answer: Answer, expected: object
) -> None:
    """What the service answers with the knob in this place."""
    assert (await remote.control("PATCH", "knobs", {name: value}))[0] == 200
    assert await answer(remote) == expected


async def test_remote_features_word(remote: ConsoleClient) -> None:
    """The presumed body of a refusal."""
    status, body = await remote.send(remote.closed, "Power/WakeUp")
    del body["opId"]
    assert (status, body) == (404, BODY)


def test_every_knob_is_tested() -> None:
    """No knob without a test."""
    tested = {name for name, *_ in SAYS} | TIMED | test_people_knobs.NAMES | NAMES
    assert tested == set(asdict(Knobs()))


@pytest.mark.parametrize(
    "change", [{"nonsense": 1}, {"wake_seconds": "long"}, {"text_needs_focus": 1}]
)
async def test_wrong_knob_changes_nothing(
    remote: ConsoleClient, change: dict[str, object]
) -> None:
    """An unknown knob or a wrong type is refused, and the good ones beside it are not set."""
    status, body = await remote.control(
        "PATCH", "knobs", {"sleep_seconds": 1.0} | change
    )
    assert status == 400
    assert next(iter(change)) in body["error"]
    assert remote.world.knobs.sleep_seconds == 4.0
