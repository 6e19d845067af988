"""The knobs of what the network says of a console: lists, states that lag, and installs."""

from freezegun.api import FrozenDateTimeFactory
import pytest

from simulator.games.titles import HOME_AUMID, SCREENSAVER_AUMID
from tests.simulator.console_client import ConsoleClient

HEXAGARDEN = "hexagarden"


async def _power(remote: ConsoleClient) -> tuple[str, str]:
    """What list and status say of the console that slept."""
    console = remote.asleep
    listed = (await remote.listed())[console.id]
    return listed, (await remote.status(console))["powerState"]


@pytest.mark.parametrize(
    ("knob", "expected"),
    [
        ("list_lag_seconds", ("ConnectedStandby", "On")),
        ("status_lag_seconds", ("On", "ConnectedStandby")),
    ],
)
async def test_list_lags_or_leads(
    remote: ConsoleClient,
    freezer: FrozenDateTimeFactory,
    knob: str,
    expected: tuple[str, str],
) -> None:
    """One of the two says for a while what was before."""
    await remote.behave(remote.asleep, **{knob: 30})
    await remote.send(remote.asleep, "Power/WakeUp")
    freezer.tick(9)
    assert await _power(remote) == expected
    freezer.tick(28)
    assert await _power(remote) == expected
    freezer.tick(2)
    assert await _power(remote) == ("On", "On")


@pytest.mark.parametrize("knob", ["list_lag_seconds", "status_lag_seconds"])
async def test_word_that_never_changes(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory, knob: str
) -> None:
    """It stays what it was when the knob was set."""
    await remote.behave(remote.asleep, **{knob: "never"})
    await remote.send(remote.asleep, "Power/WakeUp")
    freezer.tick(100_000)
    remote.sign_in()
    assert "ConnectedStandby" in await _power(remote)
    await remote.behave(remote.asleep, **{knob: 0})
    assert await _power(remote) == ("On", "On")


@pytest.mark.parametrize("word", ["On", "Off", "Unknown"])
async def test_list_disagrees_about_a_console_that_sleeps(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory, word: str
) -> None:
    """Case B6: for as long as it sleeps."""
    await remote.behave(remote.asleep, list_power_asleep=word)
    freezer.tick(86_400)
    remote.sign_in()
    assert await _power(remote) == (word, "ConnectedStandby")
    await remote.send(remote.asleep, "Power/WakeUp")
    freezer.tick(9)
    assert await _power(remote) == ("On", "On")


@pytest.mark.parametrize(("after", "times"), [(0, 1), (2, 1), (1, 3)])
async def test_empty_list(remote: ConsoleClient, after: int, times: int) -> None:
    """Case B1: some lists are without any console, in the usual form."""
    await remote.behave(
        remote.on, odd_list="empty", odd_list_after=after, odd_lists=times
    )
    lengths = []
    for _ in range(after + times + 2):
        _, body = await remote.get("/lists/devices")
        assert body["status"] == {"errorCode": "OK", "errorMessage": None}
        lengths.append(len(body["result"]))
    assert lengths == [3] * after + [0] * times + [3] * 2


async def test_list_without_one_console(remote: ConsoleClient) -> None:
    """The others are there; its own status is too."""
    await remote.behave(remote.on, odd_list="missing", odd_lists=2)
    seen = [remote.on.id in await remote.listed() for _ in range(4)]
    assert seen == [False, False, True, True]
    await remote.behave(remote.on, odd_list="missing")
    assert set(await remote.listed()) == {remote.asleep.id, remote.closed.id}
    assert (await remote.status(remote.on))["powerState"] == "On"


async def test_list_of_another_moment(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """One list says what was an hour ago."""
    freezer.tick(10)
    await remote.send(remote.on, "Power/TurnOff")
    freezer.tick(1800)
    await remote.behave(remote.on, odd_list="old", odd_list_age_seconds=1900)
    powers = [(await remote.listed())[remote.on.id] for _ in range(2)]
    assert powers == ["On", "ConnectedStandby"]


async def test_status_after_the_plug_was_pulled(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """It says On for as long as the knob says, then Off."""
    await remote.behave(remote.on, unplugged_status_seconds=300)
    remote.on.unplug()
    freezer.tick(299)
    assert (await remote.status(remote.on))["powerState"] == "On"
    freezer.tick(2)
    body = await remote.status(remote.on)
    assert (body["powerState"], body["focusAppAumid"]) == ("Off", "")
    assert (await remote.listed())[remote.on.id] == "Off"


async def test_status_after_the_plug_was_pulled_for_ever(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """Case B3: by itself it never learns."""
    remote.on.unplug()
    freezer.tick(30 * 86_400)
    remote.sign_in()
    assert (await remote.status(remote.on))["powerState"] == "On"


@pytest.mark.parametrize(("place", "kept"), [("stale", True), ("empty", False)])
async def test_app_of_one_console_that_sleeps(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory, place: str, kept: bool
) -> None:
    """Case B5: the status may keep the app that ran before."""
    await remote.behave(remote.on, focus_in_standby=place)
    await remote.send(remote.on, "Power/TurnOff")
    freezer.tick(5)
    body = await remote.status(remote.on)
    assert body["powerState"] == "ConnectedStandby"
    assert (body["focusAppAumid"] != "") == kept


async def test_focus_is_blank_after_a_wake(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """On, and nothing in front, for as long as the knob says."""
    await remote.behave(remote.asleep, blank_focus_seconds=20)
    await remote.send(remote.asleep, "Power/WakeUp")
    freezer.tick(27)
    body = await remote.status(remote.asleep)
    assert (body["powerState"], body["focusAppAumid"]) == ("On", "")
    freezer.tick(2)
    assert (await remote.status(remote.asleep))["focusAppAumid"] == HOME_AUMID


async def test_focus_is_always_blank(remote: ConsoleClient) -> None:
    """Also of a console that has been on for long."""
    await remote.behave(remote.on, blank_focus_seconds="never")
    body = await remote.status(remote.on)
    assert (body["powerState"], body["focusAppAumid"]) == ("On", "")


@pytest.mark.parametrize(
    ("front", "focus"),
    [("nothing", ""), ("screensaver", SCREENSAVER_AUMID), ("home", HOME_AUMID)],
)
async def test_console_wakes_though_nobody_asked(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory, front: str, focus: str
) -> None:
    """Case A12: On for a while, again and again; nobody is at it."""
    console = remote.asleep
    await remote.behave(
        console,
        maintenance_after_seconds=100,
        maintenance_seconds=50,
        maintenance_shows=front,
    )
    seen = []
    for _ in range(30):
        freezer.tick(10)
        body = await remote.status(console)
        seen.append((body["powerState"], body["focusAppAumid"]))
        assert not console.is_on
    asleep = ("ConnectedStandby", "")
    cycle = [("On", focus)] * 5 + [asleep] * 10
    assert seen == [asleep] * 9 + (cycle * 2)[:21]
    assert (await remote.listed())[console.id] == seen[-1][0]


@pytest.mark.parametrize(
    ("order", "power", "on"),
    [("Power/TurnOff", "ConnectedStandby", False), ("Power/WakeUp", "On", True)],
)
async def test_what_a_console_in_maintenance_is_told(
    remote: ConsoleClient,
    freezer: FrozenDateTimeFactory,
    order: str,
    power: str,
    on: bool,
) -> None:
    """It goes back to sleep, or wakes up for good."""
    await remote.control("POST", f"consoles/{remote.asleep.id}/maintenance")
    assert (await remote.status(remote.asleep))["powerState"] == "On"
    await remote.send(remote.asleep, order)
    freezer.tick(9)
    assert (await remote.status(remote.asleep))["powerState"] == power
    assert remote.asleep.is_on == on
    freezer.tick(3600)
    assert (await remote.status(remote.asleep))["powerState"] == power


async def test_a_wake_from_maintenance_can_be_called_off(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """It sleeps then, although the network had said On all the time."""
    await remote.control("POST", f"consoles/{remote.asleep.id}/maintenance")
    await remote.send(remote.asleep, "Power/WakeUp")
    await remote.send(remote.asleep, "Power/TurnOff")
    freezer.tick(600)
    assert (await remote.status(remote.asleep))["powerState"] == "ConnectedStandby"


@pytest.mark.parametrize(
    ("ends", "power"), [("On", "On"), ("asleep", "ConnectedStandby")]
)
@pytest.mark.parametrize("shows", ["On", "ConnectedStandby", "Off"])
async def test_restart(
    remote: ConsoleClient,
    freezer: FrozenDateTimeFactory,
    ends: str,
    power: str,
    shows: str,
) -> None:
    """Case A10: off the air for a while, and back on or asleep."""
    await remote.behave(
        remote.on, reboot__effect_seconds=40, reboot_shows=shows, reboot_ends=ends
    )
    await remote.send(remote.on, "Power/Reboot")
    freezer.tick(39)
    assert (await remote.status(remote.on))["powerState"] == shows
    assert (await remote.send(remote.on, "Shell/GoHome"))[0] == 404
    freezer.tick(2)
    body = await remote.status(remote.on)
    assert body["powerState"] == power
    assert remote.on.shell.running is remote.on.shell.suspended is None


async def _installed(remote: ConsoleClient) -> tuple[bool, list[str], int]:
    """Whether a title is listed, what events tell of it, and the first drive's free space."""
    product = remote.world.titles[HEXAGARDEN].product_id
    _, apps = await remote.get(f"/lists/installedApps?deviceId={remote.on.id}")
    _, events = await remote.get(f"/consoles/{remote.on.id}/installEvents")
    _, drives = await remote.get(f"/lists/storageDevices?deviceId={remote.on.id}")
    return (
        product in [app["oneStoreProductId"] for app in apps["result"]],
        [event["eventType"] for event in events["result"]],
        drives["result"][0]["freeSpaceBytes"],
    )


@pytest.mark.parametrize("at_the_console", [False, True])
async def test_install_shows_late(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory, at_the_console: bool
) -> None:
    """Space first, then the event, then the list; wherever it was asked for, and for a removal too."""
    title = remote.world.titles[HEXAGARDEN]
    await remote.behave(remote.on, installed_lag_seconds=90, events_lag_seconds=30)
    _, _, free = await _installed(remote)
    product = {"product_id": title.product_id}
    if at_the_console:
        await remote.control("POST", f"consoles/{remote.on.id}/install", product)
    else:
        await remote.send(
            remote.on, "Shell/InstallPackages", bigCatIdList=title.product_id
        )
    freezer.tick(11)
    less = free - title.size_bytes
    assert await _installed(remote) == (False, [], less)
    freezer.tick(30)
    started = ["InstallStarted", "InstallCompleted"]
    assert await _installed(remote) == (False, started, less)
    freezer.tick(60)
    assert await _installed(remote) == (True, started, less)
    await remote.control("POST", f"consoles/{remote.on.id}/uninstall", product)
    freezer.tick(31)
    gone = [*started, "UninstallCompleted"]
    assert await _installed(remote) == (True, gone, free)
    freezer.tick(60)
    assert await _installed(remote) == (False, gone, free)


async def test_install_that_never_shows(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """Case D8: only the drive's free space changes."""
    title = remote.world.titles[HEXAGARDEN]
    await remote.behave(
        remote.on, installed_lag_seconds="never", events_lag_seconds="never"
    )
    _, _, free = await _installed(remote)
    await remote.send(remote.on, "Shell/InstallPackages", bigCatIdList=title.product_id)
    freezer.tick(86_400)
    remote.sign_in()
    assert await _installed(remote) == (False, [], free - title.size_bytes)


async def test_no_install_events(remote: ConsoleClient) -> None:
    """They may not exist at all."""
    await remote.behave(remote.on, install_events="404")
    assert (await remote.get(f"/consoles/{remote.on.id}/installEvents"))[0] == 404
    assert (await remote.get(f"/consoles/{remote.asleep.id}/installEvents"))[0] == 200
