"""What each command does, seen on the console and through the network."""

from collections.abc import Callable

from freezegun.api import FrozenDateTimeFactory
import pytest

from simulator.consoles.commands import COMMANDS
from simulator.consoles.console import Console
from simulator.games.titles import HOME_AUMID
from tests.simulator.console_client import SESSION_ID, ConsoleClient

LARKVISION = "9ZLRKV1S10NT"
NEBULA = "9ZNBD7RGT2KV"
POSTCARD = "9ZP0STC4RDWX"


def watch_video(remote: ConsoleClient) -> None:
    """Let the console that is on show a video."""
    remote.on.shell.show(remote.world.titles["larkvision"])


async def test_reply_names_the_state_before_and_the_operation(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """WakeUp answers with the old state; GETs show it until the console is up; opStatus tells."""
    status, reply = await remote.send(remote.asleep, "Power/WakeUp")
    assert status == 200
    assert reply["status"] == {"errorCode": "OK", "errorMessage": None}
    assert [reply[name] for name in ("result", "uiText", "userInfo")] == [None] * 3
    assert reply["destination"] == {
        "id": remote.asleep.id,
        "name": "Bedroom",
        "powerState": "ConnectedStandby",
        "consoleType": "XboxOneX",
        "osVersion": "10.0.26100.7010",
    }
    freezer.tick(7.9)
    assert (await remote.status(remote.asleep))["powerState"] == "ConnectedStandby"
    assert await remote.outcome(remote.asleep, reply["opId"]) == "Pending"
    freezer.tick(0.2)
    assert (await remote.status(remote.asleep))["powerState"] == "On"
    assert await remote.outcome(remote.asleep, reply["opId"]) == "Succeeded"


async def test_operation_shapes_of_both_contracts(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """Contract 3 lists, contract 2 is flat, any other is refused."""
    _, reply = await remote.send(remote.on, "Shell/GoHome")
    assert await remote.operation(remote.on, reply["opId"]) == {
        "status": {"errorCode": "OK", "errorMessage": None},
        "opStatusList": [
            {
                "operationStatus": "Pending",
                "opId": reply["opId"],
                "originatingSessionId": SESSION_ID,
                "command": "GoHome",
                "succeeded": False,
                "consoleStatusCode": None,
                "xccsErrorCode": None,
                "hResult": None,
                "message": None,
            }
        ],
    }
    freezer.tick(1)
    assert await remote.operation(remote.on, reply["opId"], "2") == {
        "status": {"errorCode": "OK", "errorMessage": None},
        "operationStatus": "Succeeded",
        "opId": reply["opId"],
        "succeeded": True,
        "command": "GoHome",
    }
    refused = await remote.operation(remote.on, reply["opId"], "4")
    assert refused["status"]["errorCode"] == "BadRequest"


async def test_turn_off_and_reboot_take_their_time(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """A console goes to sleep after a while; a restart ends on home and cannot be called meanwhile."""
    await remote.send(remote.on, "Power/Reboot")
    assert (await remote.send(remote.on, "Shell/GoHome"))[0] == 404
    freezer.tick(20)
    assert (await remote.status(remote.on))["focusAppAumid"] == HOME_AUMID
    await remote.send(remote.on, "Power/TurnOff")
    freezer.tick(3.9)
    assert (await remote.status(remote.on))["powerState"] == "On"
    freezer.tick(0.2)
    assert (await remote.status(remote.on))["powerState"] == "ConnectedStandby"


async def test_waking_a_console_that_is_on_says_so(remote: ConsoleClient) -> None:
    """WakeUp while on is accepted and shows a notification."""
    assert (await remote.send(remote.on, "Power/WakeUp"))[0] == 200
    assert remote.on.shell.toast == "Your Xbox is already on"


type Seen = Callable[[Console], object]

EFFECTS: list[tuple[str, dict[str, str], Seen, object]] = [
    ("Audio/Mute", {}, lambda it: it.shell.muted, True),
    ("Audio/Unmute", {}, lambda it: it.shell.muted, False),
    ("Audio/Volume", {"direction": "Up"}, lambda it: it.shell.volume, 31),
    (
        "Audio/Volume",
        {"direction": "Down", "amount": "4"},
        lambda it: it.shell.volume,
        26,
    ),
    ("Media/Pause", {}, lambda it: it.shell.playback, "Paused"),
    ("Media/Play", {}, lambda it: it.shell.playback, "Playing"),
    ("Media/Next", {}, lambda it: it.shell.media_item, 1),
    ("Media/Previous", {}, lambda it: it.shell.media_item, 2),
    ("Shell/GoHome", {}, lambda it: it.shell.running, None),
    ("Shell/GoBack", {}, lambda it: it.shell.running, None),
    ("Shell/ShowGuideTab", {"tabName": "Guide"}, lambda it: it.shell.overlay, "guide"),
    ("TV/ShowGuide", {}, lambda it: it.shell.overlay, "guide"),
    ("Shell/InjectKey", {"keyType": "Nexus"}, lambda it: it.shell.overlay, "guide"),
    ("Shell/InjectKey", {"keyType": "Menu"}, lambda it: it.shell.overlay, "menu"),
    ("Shell/InjectKey", {"keyType": "View"}, lambda it: it.shell.last_key, "View"),
    ("Shell/InjectKey", {"keyType": "A"}, lambda it: it.shell.playback, "Paused"),
    (
        "Shell/InjectString",
        {"replacementString": "żółw & 🐟"},
        lambda it: it.shell.typed,
        "żółw & 🐟",
    ),
    ("Shell/InjectString", {"replacementString": ""}, lambda it: it.shell.typed, ""),
    (
        "Shell/ActivateApplicationWithOneStoreProductId",
        {"oneStoreProductId": NEBULA},
        lambda it: it.shell.launching and it.shell.launching.key,
        "nebula",
    ),
    (
        "Shell/InstallPackages",
        {"bigCatIdList": POSTCARD, "installEvents": "true"},
        lambda it: [title.key for title in it.installing],
        ["postcard"],
    ),
    (
        "Config/RemoteAccess",
        {"enabled": "False"},
        lambda it: it.remote_features,
        False,
    ),
    (
        "Config/AllowConsoleStreaming",
        {"enabled": "false"},
        lambda it: it.streaming,
        False,
    ),
]


@pytest.mark.parametrize(
    ("order", "parameters", "seen", "expected"),
    EFFECTS,
    ids=[
        f"{order}-{'-'.join(parameters.values())}" for order, parameters, *_ in EFFECTS
    ],
)
async def test_effect(
    remote: ConsoleClient,
    order: str,
    parameters: dict[str, str],
    seen: Seen,
    expected: object,
) -> None:
    """Each command is seen on a console that shows a video."""
    watch_video(remote)
    status, reply = await remote.send(remote.on, order, **parameters)
    assert (status, reply["status"]["errorCode"]) == (200, "OK")
    assert seen(remote.on) == expected


async def test_launch_uninstall_and_install_events(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """A launched title takes the focus after a while; an uninstalled one takes its extras along."""
    remote.world.knobs.installed_apps_shape = "2020"
    console = remote.on
    _, reply = await remote.send(
        console,
        "Shell/ActivateApplicationWithOneStoreProductId",
        oneStoreProductId=LARKVISION,
    )
    before = await remote.status(console)
    assert before["focusAppAumid"].startswith("HalcyonForge.StarfallOdyssey")
    freezer.tick(3.1)
    after = await remote.status(console)
    assert after["focusAppAumid"] == "LarkMedia.Larkvision_5t9w3z7c1f4hj!App"
    assert after["playbackState"] == "Playing"
    assert await remote.outcome(console, reply["opId"]) == "Succeeded"

    _, apps = await remote.get(f"/lists/installedApps?deviceId={console.id}")
    starfall = next(app for app in apps["result"] if app["name"] == "Starfall Odyssey")
    await remote.send(
        console, "Shell/UninstallPackage", instanceId=starfall["instanceId"]
    )
    _, events = await remote.get(f"/consoles/{console.id}/installEvents")
    assert [
        (event["eventType"], event["productName"]) for event in events["result"]
    ] == [
        ("UninstallCompleted", "Starfall Odyssey"),
        ("UninstallCompleted", "Starfall Odyssey: Ember Moon"),
    ]


async def test_installed_title_arrives(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """InstallPackages puts titles on the default drive and takes room there."""
    _, before = await remote.get(f"/lists/storageDevices?deviceId={remote.on.id}")
    await remote.send(remote.on, "Shell/InstallPackages", bigCatIdList=POSTCARD)
    freezer.tick(10)
    _, apps = await remote.get(f"/lists/installedApps?deviceId={remote.on.id}")
    assert POSTCARD in [app["oneStoreProductId"] for app in apps["result"]]
    _, after = await remote.get(f"/lists/storageDevices?deviceId={remote.on.id}")
    free = [body["result"][0]["freeSpaceBytes"] for body in (before, after)]
    assert free[0] - free[1] == 20_971_520


async def test_arrows_walk_over_home_and_a_launches(remote: ConsoleClient) -> None:
    """The directional keys move the selection, A launches it."""
    await remote.send(remote.on, "Shell/GoHome")
    for key in ("Right", "Down", "Left", "Up", "Right", "A"):
        await remote.send(remote.on, "Shell/InjectKey", keyType=key)
    shell = remote.on.shell
    assert (shell.tile, shell.last_key) == (1, "A")
    assert shell.launching is shell.tiles[1]


async def test_game_is_suspended_and_resumes(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """Home leaves a game suspended; games never report playback."""
    assert (await remote.status(remote.on))["playbackState"] == "Stopped"
    await remote.send(remote.on, "Shell/GoHome")
    suspended = remote.on.shell.suspended
    assert suspended is not None
    assert suspended.key == "starfall"
    await remote.send(
        remote.on,
        "Shell/ActivateApplicationWithOneStoreProductId",
        oneStoreProductId=suspended.product_id,
    )
    freezer.tick(4)
    assert (await remote.status(remote.on))["focusAppAumid"] == suspended.aumid


async def test_next_item_plays_when_one_has_ended(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """A video goes on with the next one."""
    watch_video(remote)
    freezer.tick(2641)
    await remote.status(remote.on)
    assert (remote.on.shell.media_item, remote.on.shell.playback) == (1, "Playing")


@pytest.mark.parametrize(
    ("order", "parameters"),
    [
        (
            "Shell/ActivateApplicationWithOneStoreProductId",
            {"oneStoreProductId": POSTCARD},
        ),
        ("Shell/InstallPackages", {"bigCatIdList": "9ZN0SUCHPRDC"}),
        ("Shell/UninstallPackage", {"instanceId": "{none}#none"}),
    ],
)
async def test_what_the_console_cannot_do_is_denied_by_op_status(
    remote: ConsoleClient,
    freezer: FrozenDateTimeFactory,
    order: str,
    parameters: dict[str, str],
) -> None:
    """The reply is OK, the truth comes through opStatus."""
    status, reply = await remote.send(remote.on, order, **parameters)
    assert status == 200
    freezer.tick(1)
    assert await remote.outcome(remote.on, reply["opId"]) == "Error"


async def test_pulled_plug_lets_operations_time_out(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """What was under way when the console went never reports back."""
    _, reply = await remote.send(remote.asleep, "Power/WakeUp")
    await remote.control("POST", f"consoles/{remote.asleep.id}/unplug")
    freezer.tick(9)
    assert await remote.outcome(remote.asleep, reply["opId"]) == "TimedOut"


NAMED = [
    f"{kind}/{name}" for (kind, name), command in COMMANDS.items() if command.named
]


@pytest.mark.parametrize("order", NAMED)
async def test_commands_known_by_name_are_accepted_without_effect(
    remote: ConsoleClient, order: str
) -> None:
    """Nobody knows what they do: accepted, nothing is seen."""
    before = (remote.on.disc, remote.on.pairing, remote.on.shell.running)
    status, reply = await remote.send(remote.on, order)
    assert (status, reply["status"]["errorCode"]) == (200, "OK")
    assert (remote.on.disc, remote.on.pairing, remote.on.shell.running) == before
    assert remote.new_captures == []
