"""The control endpoints: what browser tests and the page rely on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.utils import parsedate_to_datetime
import json
import time
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest

from simulator.screen.console_panel import ACTIONS
from tests.simulator.console_client import XCCS, ConsoleClient

type Json = dict[str, Any]

PATIENCE = 20.0
"""Seconds after which something never comes."""


async def press(remote: ConsoleClient, console_id: str, button: str) -> tuple[int, Any]:
    """Press a button at the console itself."""
    return await remote.control(
        "POST", f"consoles/{console_id}/press", {"button": button}
    )


async def test_health(remote: ConsoleClient) -> None:
    """It says that it is there."""
    assert await remote.control("GET", "health") == (200, {"status": "ok"})


async def test_state(remote: ConsoleClient) -> None:
    """Everything that can be seen is in one object, and no secret."""
    _, state = await remote.control("GET", "state")
    console = state["consoles"][0]
    assert (console["view"], console["shell"]["app"]["name"]) == (
        "title",
        "Starfall Odyssey",
    )
    assert console["network"] == {
        "power": "On",
        "playback": "Stopped",
        "focus": console["shell"]["focus"],
    }
    assert {item["key"] for item in state["accounts"]} == {"parent", "child"}
    text = json.dumps(state)
    assert remote.authorization not in text
    assert remote.world.accounts["parent"].email not in text


async def test_power_button(remote: ConsoleClient) -> None:
    """It turns on what sleeps or is off, turns off what is on, and stops a start."""
    remote.asleep.instant_on = False
    await remote.control(
        "POST", f"consoles/{remote.asleep.id}/instant-on", {"enabled": False}
    )
    assert (await remote.status(remote.asleep))["powerState"] == "Off"
    _, console = await press(remote, remote.asleep.id, "power")
    assert console["view"] == "waking"
    _, console = await press(remote, remote.asleep.id, "power")
    assert (console["view"], console["power"]) == ("off", "Off")
    _, console = await press(remote, remote.on.id, "power")
    assert console["view"] == "turning_off"


async def test_controller_buttons(remote: ConsoleClient) -> None:
    """Keys act as through the network; Nexus wakes; other keys need a console that is on."""
    _, console = await press(remote, remote.on.id, "nexus")
    assert (console["shell"]["overlay"], console["shell"]["last_key"]) == (
        "guide",
        "Nexus",
    )
    _, console = await press(remote, remote.asleep.id, "Nexus")
    assert console["view"] == "waking"
    assert (await press(remote, remote.closed.id, "A"))[0] == 400
    assert (await press(remote, remote.on.id, "Z"))[0] == 400


async def test_eject_and_pair(remote: ConsoleClient) -> None:
    """The front panel's other buttons."""
    _, console = await press(remote, remote.on.id, "eject")
    assert (console["disc"], console["shell"]["toast"]) == (
        None,
        "Disc ejected: Golden Boot 27",
    )
    _, console = await press(remote, remote.on.id, "pair")
    assert console["pairing"] is True


async def test_plug(remote: ConsoleClient) -> None:
    """Pulled: dark, the button is dead, the network is none the wiser. Put back: asleep."""
    path = f"consoles/{remote.on.id}"
    _, console = await remote.control("POST", f"{path}/unplug")
    assert (console["view"], console["network"]["power"]) == ("unplugged", "On")
    assert (await press(remote, remote.on.id, "power"))[0] == 400
    _, console = await remote.control("POST", f"{path}/plug")
    assert (console["view"], console["network"]["power"]) == (
        "standby",
        "ConnectedStandby",
    )


async def test_titles_and_media(remote: ConsoleClient) -> None:
    """Launching, playing, pausing, skipping, typing, going idle."""
    path = f"consoles/{remote.on.id}"
    remote.world.knobs.launch_seconds = 0.0
    _, console = await remote.control(
        "POST", f"{path}/launch", {"product_id": "9ZLRKV1S10NT"}
    )
    assert (console["view"], console["shell"]["playback"]) == ("media", "Playing")
    seen = []
    for action in ("pause", "play", "next", "previous"):
        _, console = await remote.control("POST", f"{path}/video", {"action": action})
        seen.append(
            (console["shell"]["playback"], console["shell"]["media"]["name"][-1])
        )
    assert seen == [
        ("Paused", "1"),
        ("Playing", "1"),
        ("Playing", "2"),
        ("Playing", "1"),
    ]
    _, console = await remote.control("POST", f"{path}/type", {"text": "abc"})
    assert (console["shell"]["overlay"], console["shell"]["typed"]) == (
        "keyboard",
        "abc",
    )
    _, console = await remote.control("POST", f"{path}/idle")
    assert console["view"] == "screensaver"


async def test_settings(remote: ConsoleClient) -> None:
    """Name, remote features, drives, installing and uninstalling, who is signed in."""
    path = f"consoles/{remote.closed.id}"
    remote.world.knobs.install_seconds = 0.0
    steps: list[tuple[str, Json]] = [
        ("rename", {"name": "Den"}),
        ("remote-features", {"enabled": True}),
        ("add-drive", {"name": "Stick", "total_bytes": 64 * 1024**3}),
        ("install", {"product_id": "9ZP0STC4RDWX"}),
        ("uninstall", {"product_id": "9ZM0SSL1GHTX"}),
        ("sign-in", {"account": "child"}),
    ]
    for action, body in steps:
        status, console = await remote.control("POST", f"{path}/{action}", body)
        assert status == 200
    assert (console["name"], console["remote_features"], console["signed_in"]) == (
        "Den",
        True,
        ["child"],
    )
    assert [drive["name"] for drive in console["storage"]] == ["Internal", "Stick"]
    assert (
        "postcard" in console["installed"],
        "mosslight" in console["installed"],
    ) == (True, False)
    _, console = await remote.control("POST", f"{path}/remove-drive")
    assert len(console["storage"]) == 1
    _, console = await remote.control("POST", f"{path}/sign-out", {"account": "child"})
    assert console["signed_in"] == []


async def test_achievements_and_captures(remote: ConsoleClient) -> None:
    """They are kept in the world, in order, until there is none left."""
    path = f"consoles/{remote.on.id}"
    before = remote.world.accounts["parent"].gamerscore
    statuses = [
        (await remote.control("POST", f"{path}/achievement"))[0] for _ in range(5)
    ]
    assert statuses == [200, 200, 200, 200, 400]
    assert [unlock.achievement for unlock in remote.new_unlocks] == [
        "1",
        "2",
        "3",
        "4",
    ]
    assert remote.world.accounts["parent"].gamerscore == before + sum(
        unlock.gamerscore for unlock in remote.new_unlocks
    )
    for kind in ("screenshot", "gameclip"):
        await remote.control("POST", f"{path}/capture", {"kind": kind})
    assert [(item.kind, item.title_id) for item in remote.new_captures] == [
        ("screenshot", 1990010001),
        ("gameclip", 1990010001),
    ]


async def test_restart_and_update(remote: ConsoleClient) -> None:
    """Both are visible, and both end."""
    remote.world.knobs.update_seconds = 0.0
    _, console = await remote.control("POST", f"consoles/{remote.on.id}/update")
    assert (console["view"], console["os_version"]) == ("home", "10.0.26100.7011")
    _, console = await remote.control("POST", f"consoles/{remote.on.id}/reboot")
    assert console["view"] == "rebooting"


@pytest.mark.parametrize(
    "action",
    sorted(
        set(ACTIONS) - {"unplug", "plug", "add-drive", "remove-drive", "maintenance"}
    ),
)
async def test_nonsense_is_refused_with_a_reason(
    remote: ConsoleClient, action: str
) -> None:
    """Wrong values, or a console that cannot do it now."""
    body = {
        "button": 1,
        "product_id": "none",
        "action": "dance",
        "name": "",
        "enabled": 1,
        "account": "x",
    }
    status, answer = await remote.control(
        "POST", f"consoles/{remote.closed.id}/{action}", body
    )
    assert status == 400
    assert answer["error"]


async def test_maintenance_needs_a_console_that_sleeps(remote: ConsoleClient) -> None:
    """It comes on by itself, once."""
    path = f"consoles/{remote.asleep.id}/maintenance"
    _, console = await remote.control("POST", path)
    assert (console["view"], console["network"]["power"]) == ("maintenance", "On")
    assert (await remote.control("POST", path))[0] == 400
    _, console = await press(remote, remote.asleep.id, "power")
    assert console["view"] == "waking"


async def test_unknown_console_or_action(remote: ConsoleClient) -> None:
    """404 with the list of actions."""
    status, body = await remote.control("POST", f"consoles/{remote.on.id}/dance")
    assert (status, body["actions"]) == (404, sorted(ACTIONS))
    assert (await remote.control("POST", "consoles/none/plug"))[0] == 404


async def test_clock_skew(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """Dates are ahead; what is under way is not hurried."""
    await remote.send(remote.asleep, "Power/WakeUp")
    status, _ = await remote.control("POST", "clock", {"skew": 300})
    assert status == 200
    response = await remote.ask("GET", f"{XCCS}/lists/devices")
    ahead = parsedate_to_datetime(response.headers["Date"]).timestamp() - time.time()
    assert 299 <= ahead <= 300
    assert (await remote.status(remote.asleep))["powerState"] == "ConnectedStandby"
    assert (await remote.control("GET", "clock"))[1]["skew"] == 300.0
    assert (await remote.control("POST", "clock", {"skew": "far"}))[0] == 400


async def test_request_log(remote: ConsoleClient) -> None:
    """Filters by host, path, method, status, account; can be emptied."""
    await remote.status(remote.on)
    await remote.send(remote.on, "Shell/GoHome")
    await remote.ask("GET", f"{XCCS}/lists/devices", headers={})
    for query, paths in (
        ("?account=parent", [f"/consoles/{remote.on.id}", "/commands"]),
        ("?method=POST", ["/commands"]),
        ("?status=401", ["/lists/devices"]),
        ("?path=/consoles", [f"/consoles/{remote.on.id}"]),
        ("?host=xccs.xboxlive.com&limit=1", ["/lists/devices"]),
        ("?host=other", []),
    ):
        _, found = await remote.control("GET", f"requests{query}")
        assert [entry["path"] for entry in found] == paths
    assert (await remote.control("GET", "requests?since=soon"))[0] == 400
    await remote.control("DELETE", "requests")
    assert (await remote.control("GET", "requests"))[1] == []


async def test_reset(remote: ConsoleClient) -> None:
    """The sample world again; who is signed in stays so."""
    await remote.control("PATCH", "knobs", {"wake_seconds": 1})
    await remote.control("POST", "clock", {"skew": 60})
    await remote.control("POST", f"consoles/{remote.on.id}/rename", {"name": "Other"})
    await remote.control("POST", "faults", {"kind": "outage"})
    status, state = await remote.control("POST", "reset")
    assert (status, state["skew"], state["faults"], state["knobs"]["wake_seconds"]) == (
        200,
        0.0,
        [],
        8.0,
    )
    assert (await remote.status(remote.on))["name"] == "Living room"


@pytest.mark.parametrize("body", ["[]", "{", '"text"'])
async def test_body_that_is_no_object(remote: ConsoleClient, body: str) -> None:
    """400, not a crash."""
    async with remote.http.post("_simulator/faults", data=body) as response:
        assert response.status == 400


@asynccontextmanager
async def events(remote: ConsoleClient) -> AsyncIterator[AsyncIterator[Json]]:
    """Listen to server-sent events."""

    async with remote.http.get("_simulator/events") as response:
        assert response.content_type == "text/event-stream"

        async def states() -> AsyncIterator[Json]:
            async for line in response.content:
                if line.startswith(b"data: "):
                    yield json.loads(line[6:])

        yield states()


async def test_events(remote: ConsoleClient) -> None:
    """The state at once, and again within 0.1 s of a change; also of one that time brings.

    The best of a few tries counts, so that a busy machine does not decide.
    """
    async with events(remote) as states:
        first = await anext(states)
        assert first["consoles"][0]["shell"]["volume"] == 30
        delays = []
        for volume in range(31, 36):
            started = time.monotonic()
            await remote.send(remote.on, "Audio/Volume", direction="Up")
            state = await anext(states)
            delays.append(time.monotonic() - started)
            assert state["consoles"][0]["shell"]["volume"] == volume
            assert state["requests"][0]["path"] == "/commands"
        assert min(delays) < 0.1

        remote.world.knobs.wake_seconds = 0.1
        await press(remote, remote.asleep.id, "power")
        async with asyncio.timeout(PATIENCE):
            async for state in states:
                if state["consoles"][1]["power"] == "On":
                    break
        assert state["consoles"][1]["view"] == "home"


async def test_listener_leaves(remote: ConsoleClient) -> None:
    """Nothing is kept for a listener that has gone."""
    before = len(remote.world.listeners)
    async with events(remote) as states:
        await anext(states)
        assert len(remote.world.listeners) == before + 1
    async with asyncio.timeout(PATIENCE):
        while len(remote.world.listeners) > before:
            remote.world.publish()
            await asyncio.sleep(0.01)


async def test_change_that_a_request_finds_is_told(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory
) -> None:
    """What time brought is published by whoever notices first, not by the ticker alone."""
    told: list[str] = []
    remote.on.reboot()
    remote.world.subscribe(lambda: told.append(remote.on.transition))
    freezer.tick(20)
    remote.world.settle()
    assert told == [""]
