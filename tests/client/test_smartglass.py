"""Consoles: what is asked, what is sent, and what every answer and refusal means."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from custom_components.xbox_console.xboxlive.errors import (
    AccessDenied,
    ConsoleError,
    ConsoleNotFound,
    ConsoleNotPaired,
    ConsoleTemporarilyUnreachable,
    ConsoleUnreachable,
    RateLimited,
    RemoteFeaturesDisabled,
    ServiceUnavailable,
    UnexpectedResponse,
    XboxError,
)
from custom_components.xbox_console.xboxlive.model import Json
from custom_components.xbox_console.xboxlive.services import commands
from custom_components.xbox_console.xboxlive.services.commands import Command, Key
from custom_components.xbox_console.xboxlive.services.consoles import (
    ConsoleType,
    ContentType,
    InstallEventType,
    OperationStatus,
    PlaybackState,
    PowerState,
)
from tests.client.answers import sample
from tests.client.scripted import Said, Scripted, scripted_services

CONSOLE = "F4000000000000A1"
OPERATION = "0d2a7f3e-90ab-4c4e-8c77-5f10aa22b301"


@pytest.fixture
async def scripted(socket_enabled: None) -> AsyncIterator[Scripted]:
    """The client and a scripted xccs."""
    async with scripted_services() as running:
        yield running


COMMANDS: list[tuple[Command, str, str, dict[str, str]]] = [
    (commands.WAKE_UP, "Power", "WakeUp", {}),
    (commands.TURN_OFF, "Power", "TurnOff", {}),
    (commands.REBOOT, "Power", "Reboot", {}),
    (commands.MUTE, "Audio", "Mute", {}),
    (commands.UNMUTE, "Audio", "Unmute", {}),
    (commands.volume_up(), "Audio", "Volume", {"direction": "Up", "amount": "1"}),
    (
        commands.volume_down(3),
        "Audio",
        "Volume",
        {"direction": "Down", "amount": "3"},
    ),
    (commands.PLAY, "Media", "Play", {}),
    (commands.PAUSE, "Media", "Pause", {}),
    (commands.PREVIOUS, "Media", "Previous", {}),
    (commands.NEXT, "Media", "Next", {}),
    (commands.GO_HOME, "Shell", "GoHome", {}),
    (commands.GO_BACK, "Shell", "GoBack", {}),
    (commands.SHOW_GUIDE_TAB, "Shell", "ShowGuideTab", {"tabName": "Guide"}),
    (commands.SHOW_TV_GUIDE, "TV", "ShowGuide", {}),
    *((commands.tap(key), "Shell", "InjectKey", {"keyType": key.value}) for key in Key),
    (
        commands.type_text('Größe "5"\n'),
        "Shell",
        "InjectString",
        {"replacementString": 'Größe "5"\n'},
    ),
    (
        commands.launch("9PHARBOUR001"),
        "Shell",
        "ActivateApplicationWithOneStoreProductId",
        {"oneStoreProductId": "9PHARBOUR001"},
    ),
    (
        commands.install("9A", "9B"),
        "Shell",
        "InstallPackages",
        {"bigCatIdList": "9A,9B", "installEvents": "true"},
    ),
    (
        commands.uninstall("{1}#2"),
        "Shell",
        "UninstallPackage",
        {"instanceId": "{1}#2", "installEvents": "true"},
    ),
    (commands.remote_access(True), "Config", "RemoteAccess", {"enabled": "True"}),
    (
        commands.console_streaming(False),
        "Config",
        "AllowConsoleStreaming",
        {"enabled": "False"},
    ),
]


@pytest.mark.parametrize(("command", "kind", "name", "parameters"), COMMANDS)
async def test_the_body_of_a_command(
    command: Command,
    kind: str,
    name: str,
    parameters: dict[str, str],
    scripted: Scripted,
) -> None:
    """All seven members, values as text; the session keeps its name."""
    scripted.say(sample("smartglass_command"))
    reply = await scripted.xbox.smartglass.send(CONSOLE, command)
    assert reply.op_id == OPERATION
    await scripted.xbox.smartglass.send(CONSOLE, command)
    first, second = (asked.body for asked in scripted.asked)
    assert first == second
    assert isinstance(first, dict)
    session = first.pop("sessionId")
    assert isinstance(session, str)
    assert len(session) == 36
    assert first == {
        "destination": "Xbox",
        "type": kind,
        "command": name,
        "sourceId": "com.microsoft.smartglass",
        "parameters": [parameters],
        "linkedXboxId": CONSOLE,
    }
    asked = scripted.last
    assert (asked.method, asked.path) == ("POST", "/xccs.xboxlive.com/commands")
    assert asked.headers["x-xbl-contract-version"] == "4"
    assert asked.headers["skillplatform"] == "RemoteManagement"


async def test_reading_consoles(scripted: Scripted) -> None:
    """The list with drives, floats for sizes and all."""
    scripted.say(sample("smartglass_consoles"))
    (console,) = await scripted.xbox.smartglass.consoles()
    assert scripted.last.path == "/xccs.xboxlive.com/lists/devices"
    assert dict(scripted.last.query) == {
        "queryCurrentDevice": "false",
        "includeStorageDevices": "true",
    }
    assert console.power_state is PowerState.CONNECTED_STANDBY
    assert console.console_type is ConsoleType.XBOX_SERIES_X
    assert console.storage_devices is not None
    assert console.storage_devices[0].free_space_bytes == 236267835392
    await scripted.xbox.smartglass.consoles(storage=False)
    assert scripted.last.query["includeStorageDevices"] == "false"
    scripted.say({"status": {"errorCode": "OK"}, "result": []})
    assert await scripted.xbox.smartglass.consoles() == ()


async def test_reading_one_console(scripted: Scripted) -> None:
    """Its state, drives and apps; and giving it a name."""
    scripted.say(sample("smartglass_status"))
    status = await scripted.xbox.smartglass.status(CONSOLE)
    assert scripted.last.path == f"/xccs.xboxlive.com/consoles/{CONSOLE}"
    assert (status.power_state, status.playback_state) == (
        PowerState.ON,
        PlaybackState.STOPPED,
    )
    scripted.say(sample("smartglass_drives"))
    assert len(await scripted.xbox.smartglass.storage_devices(CONSOLE)) == 1
    assert dict(scripted.last.query) == {"deviceId": CONSOLE}
    scripted.say({"status": {"errorCode": "OK"}})
    await scripted.xbox.smartglass.rename(CONSOLE, "Loft")
    assert (scripted.last.method, scripted.last.body) == ("PUT", {"name": "Loft"})
    assert scripted.last.path.endswith(f"/consoles/{CONSOLE}/name")


async def test_both_shapes_of_installed_apps(scripted: Scripted) -> None:
    """With and without the members that the service dropped in November 2025."""
    scripted.say(sample("smartglass_apps"))
    game, app, add_on = await scripted.xbox.smartglass.installed_apps(CONSOLE)
    assert game.game
    assert not game.add_on
    assert (game.title_id, game.version) == ("1780180031", 281509336514560)
    assert game.instance == game.instance_id
    assert app.instance_id is None
    assert app.instance == f"{{{app.storage_device_id}}}#{app.unique_id}"
    assert app.title_id is None
    assert not app.game
    assert app.content_type is ContentType.APP
    assert add_on.add_on
    assert not add_on.game
    await scripted.xbox.smartglass.installed_apps()
    assert not scripted.last.query


async def test_install_events(scripted: Scripted) -> None:
    """What happened to packages; words and members that nobody has heard of do no harm."""
    scripted.say(sample("smartglass_install_events"))
    begun, removed, unheard = await scripted.xbox.smartglass.install_events(CONSOLE)
    path = f"/xccs.xboxlive.com/consoles/{CONSOLE}/installEvents"
    assert scripted.last.path == path
    assert begun.event_type is InstallEventType.INSTALL_STARTED
    assert (begun.title_id, begun.total_bytes) == ("1780180031", 43352756224)
    assert removed.event_type is InstallEventType.UNINSTALL_COMPLETED
    assert removed.one_store_product_id is None
    assert unheard.event_type == "SomethingUnheard"
    scripted.say({"status": {"errorCode": "OK"}, "result": None})
    assert await scripted.xbox.smartglass.install_events(CONSOLE) == ()


async def test_both_shapes_of_an_operation(scripted: Scripted) -> None:
    """A list in contract 3, flat in contract 2."""
    scripted.say(sample("smartglass_operation_list"))
    pending = await scripted.xbox.smartglass.operation(CONSOLE, OPERATION)
    assert pending is not None
    assert pending.pending
    headers = scripted.last.headers
    assert headers["x-xbl-contract-version"] == "3"
    assert (headers["x-xbl-opId"], headers["x-xbl-deviceId"]) == (OPERATION, CONSOLE)
    assert await scripted.xbox.smartglass.operation(CONSOLE, "another") is None
    scripted.say(sample("smartglass_operation_flat"))
    done = await scripted.xbox.smartglass(contract=2).operation(CONSOLE, OPERATION)
    assert scripted.last.headers["x-xbl-contract-version"] == "2"
    assert done is not None
    assert done.operation_status is OperationStatus.SUCCEEDED
    assert not done.pending


REFUSALS: list[tuple[str, type[XboxError]]] = [
    ("ErrorCallingWNS", ConsoleUnreachable),
    ("ErrorWNSTempDisconnected", ConsoleTemporarilyUnreachable),
    ("XboxDataNotFound", ConsoleNotFound),
    ("CurrentConsoleNotFound", ConsoleNotFound),
    ("XboxNotPaired", ConsoleNotPaired),
    ("RemoteManagementDisabled", RemoteFeaturesDisabled),
    ("ThrottledTryAgain", RateLimited),
    ("DataAccessError", ServiceUnavailable),
    ("SomethingUnheard", ConsoleError),
]


@pytest.mark.parametrize("status", [200, 401, 404, 408, 429])
@pytest.mark.parametrize(("word", "error"), REFUSALS)
async def test_the_word_counts_before_the_status(
    word: str, error: type[XboxError], status: int, scripted: Scripted
) -> None:
    """A failure may come with any HTTP status, also with 200."""
    refusal: Json = {
        "status": {"errorCode": word, "errorMessage": "Xbox not found for user: 0009A"},
        "opId": OPERATION,
        "destination": None,
    }
    scripted.say(Said(refusal, status))
    for call in (
        scripted.xbox.smartglass.send(CONSOLE, commands.WAKE_UP),
        scripted.xbox.smartglass.status(CONSOLE),
    ):
        with pytest.raises(error) as problem:
            await call
        assert type(problem.value) is error
        assert "0009A" not in str(problem.value)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (Said(status=404), ConsoleUnreachable),
        (Said(status=401), AccessDenied),
        (Said(status=500), ServiceUnavailable),
        (Said(status=429), RateLimited),
        (Said({"status": {"errorCode": "OK"}}, status=400), UnexpectedResponse),
        (Said(b"<html>"), UnexpectedResponse),
        (Said([]), UnexpectedResponse),
    ],
)
async def test_refusals_without_a_word(
    said: Said, error: type[XboxError], scripted: Scripted
) -> None:
    """The HTTP status says what there is to say."""
    scripted.say(said)
    with pytest.raises(error):
        await scripted.xbox.smartglass.status(CONSOLE)


@pytest.mark.parametrize("destination", [None, {}, {"id": CONSOLE}, [], "Xbox"])
async def test_a_command_never_fails_for_the_shape_of_its_reply(
    destination: Json, scripted: Scripted
) -> None:
    """It was sent; what is told of the console may change."""
    answer: Any = sample("smartglass_command")
    scripted.say({**answer, "destination": destination, "uiText": {"new": 1}})
    reply = await scripted.xbox.smartglass.send(CONSOLE, commands.GO_HOME)
    assert reply.op_id == OPERATION
    scripted.say({"status": {"errorCode": "OK"}})
    assert (await scripted.xbox.smartglass.send(CONSOLE, commands.PLAY)).op_id is None
