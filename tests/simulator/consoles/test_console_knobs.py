"""The knobs of commands: when they have their effect, what opStatus says, and how they are refused."""

from freezegun.api import FrozenDateTimeFactory
import pytest

from simulator.consoles.knobs import ConsoleKnobs
from simulator.consoles.presets import PRESETS
from simulator.games.titles import HOME_AUMID
from tests.simulator.console_client import ConsoleClient

LAUNCH = "Shell/ActivateApplicationWithOneStoreProductId"
NEBULA = {"oneStoreProductId": "9ZNBD7RGT2KV"}
POSTCARD = {"bigCatIdList": "9ZP0STC4RDWX"}

# kind, command, its parameters
OF_EACH_KIND: list[tuple[str, str, dict[str, str]]] = [
    ("turn_off", "Power/TurnOff", {}),
    ("reboot", "Power/Reboot", {}),
    ("launch", LAUNCH, NEBULA),
    ("playback", "Media/Pause", {}),
    ("volume", "Audio/Volume", {"direction": "Up"}),
    ("shell", "Shell/GoHome", {}),
    ("install", "Shell/InstallPackages", POSTCARD),
]


def _looks(remote: ConsoleClient) -> object:
    """What the commands above change on the console that is on."""
    console, shell = remote.on, remote.on.shell
    return (
        console.power,
        shell.running and shell.running.key,
        shell.playback,
        shell.volume,
        len(console.installed),
    )


@pytest.mark.parametrize(("kind", "order", "parameters"), OF_EACH_KIND)
@pytest.mark.parametrize(("effect", "word"), [(6, 2), (6, 6), (6, 11), (0, 3)])
async def test_effect_and_last_word_come_each_in_its_own_time(
    remote: ConsoleClient,
    freezer: FrozenDateTimeFactory,
    kind: str,
    order: str,
    parameters: dict[str, str],
    effect: int,
    word: int,
) -> None:
    """Before, with and after each other, for each kind of command."""
    remote.on.shell.show(remote.world.titles["larkvision"])
    knobs = {f"{kind}__effect_seconds": effect, f"{kind}__op_seconds": word}
    await remote.behave(remote.on, **knobs)
    before = _looks(remote)
    _, reply = await remote.send(remote.on, order, **parameters)
    told, changed = [], []
    for _ in range(13):
        told.append(await remote.told(remote.on, reply["opId"]))
        changed.append(_looks(remote) != before)
        freezer.tick(1)
    assert told == ["Pending"] * word + ["Succeeded"] * (13 - word)
    if kind != "reboot":
        assert changed == [False] * effect + [True] * (13 - effect)
    else:
        # A restart begins at once, and is over after so many seconds.
        assert (await remote.status(remote.on))["focusAppAumid"] == HOME_AUMID


@pytest.mark.parametrize(("effect", "word"), [(70, 2), (8, 8), (0, 90)])
async def test_wake_and_its_last_word(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory, effect: int, word: int
) -> None:
    """The console is on when it is on, whatever opStatus says."""
    await remote.behave(
        remote.asleep, wake__effect_seconds=effect, wake__op_seconds=word
    )
    _, reply = await remote.send(remote.asleep, "Power/WakeUp")
    told, power = [], []
    for _ in range(93):
        told.append(await remote.told(remote.asleep, reply["opId"]))
        power.append((await remote.status(remote.asleep))["powerState"])
        freezer.tick(1)
    assert told == ["Pending"] * word + ["Succeeded"] * (93 - word)
    assert power == ["ConnectedStandby"] * effect + ["On"] * (93 - effect)


@pytest.mark.parametrize(("kind", "order", "parameters"), OF_EACH_KIND)
async def test_swallowed_command(
    remote: ConsoleClient,
    freezer: FrozenDateTimeFactory,
    kind: str,
    order: str,
    parameters: dict[str, str],
) -> None:
    """OK, a success as far as opStatus knows, and nothing happens."""
    remote.on.shell.show(remote.world.titles["larkvision"])
    before = _looks(remote)
    knobs = {f"{kind}__effect_seconds": "never", f"{kind}__op_seconds": 2}
    await remote.behave(remote.on, **knobs)
    status, reply = await remote.send(remote.on, order, **parameters)
    freezer.tick(200)
    assert (status, await remote.told(remote.on, reply["opId"])) == (200, "Succeeded")
    assert _looks(remote) == before


@pytest.mark.parametrize(
    "knobs",
    [
        {"wake__effect_seconds": "never"},
        {"wake__effect_seconds": 8, "wake__op_seconds": "never"},
    ],
)
async def test_pending_for_ever(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory, knobs: dict[str, object]
) -> None:
    """Without an effect to wait for, or although it came."""
    await remote.behave(remote.asleep, **knobs)
    remote.world.knobs.op_kept_seconds = 1e6
    _, reply = await remote.send(remote.asleep, "Power/WakeUp")
    freezer.tick(100_000)
    remote.sign_in()
    assert await remote.told(remote.asleep, reply["opId"]) == "Pending"
    on = knobs["wake__effect_seconds"] == 8
    power = (await remote.status(remote.asleep))["powerState"]
    assert (power == "On") == on


@pytest.mark.parametrize("word", ["Error", "TimedOut", "OffConsoleError", "Paused"])
@pytest.mark.parametrize(
    "code", ["", "OK", "XboxNotPaired", "RemoteManagementDisabled"]
)
async def test_last_word_and_code_of_one_kind(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory, word: str, code: str
) -> None:
    """Whatever really happened; commands of another kind are told as they are."""
    await remote.behave(remote.on, volume__op_word=word, volume__op_code=code)
    _, reply = await remote.send(remote.on, "Audio/Volume", direction="Up")
    _, other = await remote.send(remote.on, "Shell/GoHome")
    freezer.tick(1)
    body = (await remote.operation(remote.on, reply["opId"]))["opStatusList"][0]
    assert (body["operationStatus"], body["xccsErrorCode"]) == (word, code or None)
    assert (body["succeeded"], remote.on.shell.volume) == (False, 31)
    flat = await remote.operation(remote.on, reply["opId"], "2")
    assert (flat["operationStatus"], flat["succeeded"]) == (word, False)
    assert await remote.told(remote.on, other["opId"]) == "Succeeded"


@pytest.mark.parametrize("answer", ["404", "empty"])
async def test_operation_that_is_not_there(remote: ConsoleClient, answer: str) -> None:
    """At once, although the command was taken; in contract 2 every member is null."""
    await remote.behave(remote.on, shell__op_answer=answer)
    _, reply = await remote.send(remote.on, "Shell/GoHome")
    assert await remote.told(remote.on, reply["opId"]) == answer
    assert remote.on.shell.running is None
    flat = await remote.operation(remote.on, reply["opId"], "2")
    assert flat.get("operationStatus") is None


async def test_late_command_meets_a_console_that_is_off_by_then(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """Nothing happens, and opStatus knows."""
    await remote.behave(remote.on, volume__effect_seconds=9, turn_off__effect_seconds=4)
    _, reply = await remote.send(remote.on, "Audio/Volume", direction="Up")
    await remote.send(remote.on, "Power/TurnOff")
    freezer.tick(10)
    assert await remote.told(remote.on, reply["opId"]) == "OffConsoleError"
    assert remote.on.shell.volume == 30


async def test_late_command_is_checked_at_once(remote: ConsoleClient) -> None:
    """A wrong parameter is a bad request however late the effect would come."""
    await remote.behave(remote.on, volume__effect_seconds=9)
    status, _ = await remote.send(remote.on, "Audio/Volume", direction="Sideways")
    assert status == 400


@pytest.mark.parametrize("word", ["ErrorCallingWNS", "ErrorWNSTempDisconnected"])
async def test_first_wakes_are_refused(remote: ConsoleClient, word: str) -> None:
    """So many of them; other commands are not counted."""
    await remote.behave(remote.asleep, wake_refusals=2, wake_refusal_word=word)
    answers = [
        (await remote.send(remote.asleep, order))[1]["status"]["errorCode"]
        for order in ("Power/WakeUp", "Power/TurnOff", "Power/WakeUp", "Power/WakeUp")
    ]
    assert answers == [word, "OK", word, "OK"]
    assert remote.asleep.transition == "waking"


async def test_wake_of_a_console_that_is_shut_down(remote: ConsoleClient) -> None:
    """ErrorWNSTempDisconnected as often as the knob says, then ErrorCallingWNS for good."""
    remote.asleep.instant_on = False
    await remote.control(
        "POST", f"consoles/{remote.asleep.id}/instant-on", {"enabled": False}
    )
    await remote.behave(remote.asleep, wake_refusals=1)
    answers = [
        (await remote.send(remote.asleep, "Power/WakeUp"))[1]["status"]["errorCode"]
        for _ in range(3)
    ]
    assert answers == ["ErrorWNSTempDisconnected", *["ErrorCallingWNS"] * 2]


async def test_one_odd_refusal_of_a_console_that_is_well(remote: ConsoleClient) -> None:
    """Case B2: the second command is refused, the status goes on saying On, the third is taken."""
    await remote.behave(remote.on, odd_refusal=2)
    answers = [
        (await remote.send(remote.on, "Audio/Mute"))[1]["status"]["errorCode"]
        for _ in range(3)
    ]
    assert answers == ["OK", "ErrorCallingWNS", "OK"]
    assert (await remote.status(remote.on))["powerState"] == "On"


@pytest.mark.parametrize(
    ("way", "answer", "told"),
    [
        ("swallowed", "OK", "Pending"),
        ("Error", "OK", "Error"),
        ("ErrorCallingWNS", "ErrorCallingWNS", None),
        ("ErrorWNSTempDisconnected", "ErrorWNSTempDisconnected", None),
    ],
)
async def test_console_that_has_just_come_on_launches_nothing(
    remote: ConsoleClient,
    freezer: FrozenDateTimeFactory,
    way: str,
    answer: str,
    told: str | None,
) -> None:
    """For as long as the knob says; then it does."""
    lanterns = {"oneStoreProductId": remote.world.titles["lanterns"].product_id}
    await remote.behave(remote.asleep, launch_deaf_seconds=10, launch_deaf_way=way)
    await remote.send(remote.asleep, "Power/WakeUp")
    freezer.tick(17)
    _, reply = await remote.send(remote.asleep, LAUNCH, **lanterns)
    assert reply["status"]["errorCode"] == answer
    freezer.tick(0.9)
    if told is not None:
        assert await remote.told(remote.asleep, reply["opId"]) == told
    assert remote.asleep.shell.launching is None
    freezer.tick(0.2)
    await remote.send(remote.asleep, LAUNCH, **lanterns)
    freezer.tick(3)
    focus = (await remote.status(remote.asleep))["focusAppAumid"]
    assert focus == remote.world.titles["lanterns"].aumid


async def test_a_launch_that_is_never_heard(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """Deaf for ever, also on a console that has been on for long."""
    await remote.behave(remote.on, launch_deaf_seconds="never", launch__op_seconds=1)
    _, reply = await remote.send(remote.on, LAUNCH, **NEBULA)
    freezer.tick(60)
    assert await remote.told(remote.on, reply["opId"]) == "Succeeded"
    assert remote.on.shell.running is remote.world.titles["starfall"]


@pytest.mark.parametrize(
    ("sessions", "playback"), [(False, "Stopped"), (True, "Paused")]
)
async def test_pause_in_a_game(
    remote: ConsoleClient, sessions: bool, playback: str
) -> None:
    """Case A13: nothing is paused that has no media session."""
    await remote.behave(remote.on, game_sessions=sessions)
    before = (await remote.status(remote.on))["playbackState"]
    assert before == ("Playing" if sessions else "Stopped")
    await remote.send(remote.on, "Media/Pause")
    assert (await remote.status(remote.on))["playbackState"] == playback


@pytest.mark.parametrize(("name", "knobs"), PRESETS.items(), ids=list(PRESETS))
async def test_preset(remote: ConsoleClient, name: str, knobs: ConsoleKnobs) -> None:
    """Each known case has its console, and that one goes on answering."""
    await remote.behave(remote.on, preset=name)
    assert remote.on.behaviour == knobs
    assert remote.asleep.behaviour == ConsoleKnobs()
    assert (await remote.send(remote.asleep, "Power/WakeUp"))[0] == 200
    assert (await remote.status(remote.on))["powerState"] == "On"
