"""What goes wrong with Home Assistant's own Xbox integration, and must not here: looking at consoles.

The weak spots C1 to C40 were found in its source and by trying it. Each has a test that is named after it:
here, in test_weak_spots_commands.py beside it (telling consoles what to do), and in test_weak_spots.py of the rooms
`account` (accounts, devices, options) and `people`. C30 is about captures, which this integration does not show yet.
"""

import logging
from typing import Any

from homeassistant.components.media_player import MediaPlayerState
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from simulator.consoles.console import PowerState
from simulator.consoles.history import Shown
from simulator.consoles.installs import StorageDevice
from tests.integration.house import House

LIVING_ROOM = "media_player.living_room"
BEDROOM = "media_player.bedroom"
CATALOG = "displaycatalog.mp.microsoft.com"
AS_ALWAYS = {LIVING_ROOM: "playing", BEDROOM: "off"}


def _shown(house: House) -> dict[str, str]:
    return {entity_id: house.shows(entity_id) for entity_id in AS_ALWAYS}


def _tracebacks(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What a user's log has of errors that nobody thought of."""
    return [
        record.getMessage()
        for record in caplog.records
        if record.levelno >= logging.WARNING and record.exc_info
    ]


@pytest.mark.usefixtures("unpushed", "loaded")
async def test_c01_a_console_is_asked_once_for_all_its_entities(house: House) -> None:
    """Each look at a console is one request, however many entities show it."""
    assert len(house.hass.states.async_entity_ids()) > 10
    await house.clock.pass_by(60)
    house.forget_requests()
    await house.clock.pass_by(100)
    path = f"/consoles/{house.console('living_room').id}"
    assert len(house.requests(path)) == 10


@pytest.mark.usefixtures("loaded")
async def test_c02_one_failing_console_leaves_the_others_alone(house: House) -> None:
    """An error at one says nothing about another."""
    house.fail(kind="status", path=f"/consoles/{house.console('bedroom').id}")
    await house.clock.pass_by(600)
    assert _shown(house) == {LIVING_ROOM: "playing", BEDROOM: "unavailable"}


@pytest.mark.parametrize("status", [404, 500])
async def test_c03_a_failing_store_leaves_consoles_alone(
    house: House, entry: MockConfigEntry, status: int
) -> None:
    """It gives names and pictures, which nobody needs to know whether a console is on."""
    house.fail(kind="status", status=status, host=CATALOG)
    assert await house.set_up(entry)
    house.console("living_room").shell.show(house.simulator.world.titles["boot"])
    await house.clock.pass_by(300)
    assert _shown(house) == AS_ALWAYS
    assert house.state(LIVING_ROOM).attributes["media_title"] == "Golden Boot 27"


@pytest.mark.usefixtures("loaded")
async def test_c04_an_app_the_store_does_not_know_is_not_called_by_the_last_name(
    house: House,
) -> None:
    """Neither title nor picture of the game before stay."""
    titles = house.simulator.world.titles
    before = house.state(LIVING_ROOM)
    assert before.attributes["media_title"] == "Starfall Odyssey"
    house.console("living_room").shell.show(titles["sideloaded"])
    await house.clock.pass_by(15)
    after = house.state(LIVING_ROOM)
    assert "Starfall" not in str(after.attributes.get("media_title"))
    assert after.attributes["app_name"]
    assert after.attributes.get("entity_picture") != before.attributes["entity_picture"]
    house.console("living_room").shell.home()
    await house.clock.pass_by(15)
    assert house.state(LIVING_ROOM).attributes["app_name"] == "Home"


@pytest.mark.parametrize(
    ("member", "word"),
    [("type", "XboxThatIsNotOutYet"), ("power", "Hovering")],
)
async def test_c05_new_words_break_nothing(
    house: House,
    entry: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    member: str,
    word: str,
) -> None:
    """A console that is newer than this integration is there, and so are all others."""
    monkeypatch.setattr(house.console("bedroom"), member, word)
    assert await house.set_up(entry)
    await house.clock.pass_by(300)
    assert house.shows(LIVING_ROOM) == "playing"
    assert house.shows(BEDROOM) != "unavailable"
    assert not _tracebacks(caplog)


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("playback", ["Playing", "Paused"])
async def test_c10_power_beats_playback(
    house: House, monkeypatch: pytest.MonkeyPatch, playback: str
) -> None:
    """A console that sleeps is off, whatever is said to play on it."""
    console = house.console("living_room")
    console.power = PowerState.STANDBY
    said = Shown(console.power, playback, console.shell.focus_aumid())
    monkeypatch.setattr(console, "shown", lambda: said)
    await house.clock.pass_by(15)
    assert house.shows(LIVING_ROOM) == house.shows("remote.living_room") == "off"


@pytest.mark.usefixtures("loaded")
async def test_c13_a_console_that_left_leaves_no_numbers(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """Its drives are unavailable, and no log is filled with errors."""
    drive = "sensor.bedroom_internal_free_space"
    assert float(house.shows(drive)) > 0
    house.simulator.world.accounts["parent"].console_ids.remove(
        house.console("bedroom").id
    )
    await house.clock.pass_by(1300)
    assert house.shows(drive) == house.shows(BEDROOM) == "unavailable"
    assert not _tracebacks(caplog)


@pytest.mark.usefixtures("loaded")
async def test_c14_a_drive_that_comes_later_is_shown(house: House) -> None:
    """Nobody has to reload anything."""
    house.console("living_room").storage.append(
        StorageDevice(
            id="7B0E5C5E-41D1-4D0A-8B7C-1D9B6E4A0077",
            name="Cellar drive",
            total_bytes=10**12,
        )
    )
    await house.clock.pass_by(620)
    assert float(house.shows("sensor.living_room_cellar_drive_free_space")) == 1000


@pytest.mark.usefixtures("loaded")
async def test_c15_every_folder_that_is_shown_can_be_opened(
    house: House, hass_ws_client: WebSocketGenerator
) -> None:
    """By the ids that the browser itself gives, and from what is known already."""
    client = await house.clock.result(hass_ws_client(house.hass), within=5)

    async def ask(**folder: str) -> Any:
        await client.send_json_auto_id(
            {"type": "media_player/browse_media", "entity_id": LIVING_ROOM, **folder}
        )
        answer = await house.clock.result(client.receive_json(), within=5)
        assert answer["success"], answer
        return answer["result"]

    house.forget_requests()
    first = await ask()
    folders = [first, *(child for child in first["children"] if child["can_expand"])]
    for folder in folders:
        opened = await ask(
            media_content_type=folder["media_content_type"],
            media_content_id=folder["media_content_id"],
        )
        assert opened["title"] == folder["title"]
    assert len(folders) > 2
    assert house.requests("/lists/installedApps") == []
    await house.clock.result(client.close(), within=5)


@pytest.mark.usefixtures("loaded")
async def test_c20_a_service_that_wants_a_pause_gets_it(house: House) -> None:
    """Nothing is asked before the time that it named."""
    house.fail(kind="status", status=429, retry_after=120, path="/consoles/", times=1)
    house.forget_requests()
    await house.clock.pass_by(30)
    refused = next(request for request in house.requests() if request.status == 429)
    await house.clock.pass_by(110)
    early = [
        request
        for request in house.requests("/consoles/")
        if refused.time < request.time < refused.time + 120
    ]
    assert early == []
    assert house.shows(LIVING_ROOM) == "playing"


@pytest.mark.usefixtures("loaded")
async def test_c27_what_has_no_square_picture_has_another(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pictures come by a chain of purposes; a product without texts does no harm."""
    assert house.state(LIVING_ROOM).attributes["entity_picture"]
    monkeypatch.setattr("simulator.routes.catalog._images", lambda title: [])
    house.console("bedroom").power = PowerState.ON
    house.console("bedroom").shell.show(house.simulator.world.titles["lanterns"])
    await house.clock.pass_by(30)
    assert house.state(BEDROOM).attributes["media_title"] == "Iron Lanterns"


@pytest.mark.usefixtures("loaded")
async def test_c36_an_update_is_an_update(house: House) -> None:
    """The player is off, the power sensor has the word, and every flag that is read is shown."""
    house.console("living_room").update()
    await house.clock.pass_by(15)
    assert house.shows(LIVING_ROOM) == "off"
    assert house.shows("sensor.living_room_power_state") == "system_update"
    assert house.shows("binary_sensor.living_room_remote_features") == "on"
    assert house.shows("binary_sensor.living_room_streaming_to_other_devices") == "on"


@pytest.mark.usefixtures("loaded")
async def test_c37_the_log_says_what_failed(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """Each coordinator has a name of its own."""
    caplog.set_level(logging.ERROR)
    house.fail(kind="status", path="/lists/devices")
    house.fail(kind="status", path=f"/consoles/{house.console('bedroom').id}")
    await house.clock.pass_by(1200)
    failed = {
        record.getMessage().partition("Error fetching ")[2].partition(" data")[0]
        for record in caplog.records
        if "Error fetching" in record.getMessage()
    }
    assert len(failed) == 2
    assert any("Bedroom" in name for name in failed)


@pytest.mark.usefixtures("loaded")
async def test_c39_nothing_runs_on_a_console_that_is_off(house: House) -> None:
    """It has no content, no app and no title."""
    shown = house.state(BEDROOM)
    assert shown.state == MediaPlayerState.OFF
    assert not shown.attributes.keys() & {
        "media_content_type",
        "media_content_id",
        "media_title",
        "app_id",
        "app_name",
        "source",
    }
