"""Bringing captures home and freeing the network: once, whole, watched, ended, and never losing one."""

import asyncio
from collections.abc import Coroutine
import json
from pathlib import Path
import shutil
from typing import Any, NamedTuple

from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
    Unauthorized,
)
from homeassistant.helpers.service import async_get_all_descriptions
import pytest
from pytest_homeassistant_custom_component.common import MockUser

from custom_components.xbox_console.captures.actions import _ACTIONS
from custom_components.xbox_console.const import DOMAIN
from tests.integration.captures.recorder import ACCOUNT, CLIPS, HUB, Recorder

BACKUP = f"event.{ACCOUNT}_captures_backup"
NOT_BACKED_UP = f"sensor.{ACCOUNT}_captures_not_backed_up"
PROGRESS = f"sensor.{ACCOUNT}_captures_backup_progress"
LARGE = 1_200_000


def _begin(recorder: Recorder, **data: Any) -> asyncio.Task[Any]:
    return asyncio.create_task(
        recorder.hass.services.async_call(
            DOMAIN, "download_captures", data, blocking=True, return_response=True
        )
    )


def _slow(recorder: Recorder) -> None:
    """Let a clip take twelve seconds."""
    recorder.world.knobs.update(
        {"capture_file_bytes": LARGE, "capture_bytes_per_second": LARGE // 12}
    )


def _originals(folder: Path) -> set[bytes]:
    return {
        path.read_bytes()
        for path in folder.glob("[!.]*")
        if path.suffix in (".mp4", ".png") and "thumbnail" not in path.name
    }


async def test_everything_is_brought_home(recorder: Recorder) -> None:
    """And counted; the second time there is nothing to do."""
    expected = {recorder.content(one) for one in recorder.own()}
    told = await recorder.act("download_captures")
    size = sum(map(len, expected))
    assert (told["downloaded"], told["skipped"], told["failed"]) == (6, 0, 0)
    assert told["bytes"] > size
    assert _originals(recorder.folder) == expected
    assert recorder.house.shows(NOT_BACKED_UP) == "0"
    again = await recorder.act("download_captures")
    assert (again["downloaded"], again["skipped"], again["bytes"]) == (0, 6, 0)


@pytest.mark.parametrize(
    ("data", "number"),
    [
        ({"kinds": ["video"]}, 3),
        ({"kinds": "screenshot"}, 3),
        ({"game": "nebula drift gt"}, 2),
        ({"game": "1990010001"}, 2),
        ({"since": "2026-11-05 00:00:00"}, 2),
        ({"since": "2026-11-05"}, 2),
        ({"game": "Starfall Odyssey", "kinds": ["video"]}, 1),
        ({"game": "Chess of 1472"}, 0),
    ],
)
async def test_some_of_them(
    recorder: Recorder, data: dict[str, Any], number: int
) -> None:
    """By kind, game or time."""
    told = await recorder.act("download_captures", **data)
    assert told["downloaded"] == number
    assert recorder.house.shows(NOT_BACKED_UP) == str(6 - number)


async def test_another_folder(recorder: Recorder) -> None:
    """Below the first media folder; what is there counts as backed up, after a restart as well."""
    told = await recorder.act("download_captures", folder="games/xbox")
    assert told["downloaded"] == 6
    assert len(_originals(recorder.media / "games/xbox")) == 6
    assert recorder.house.shows(NOT_BACKED_UP) == "0"
    assert await recorder.hass.config_entries.async_reload(recorder.entry.entry_id)
    await recorder.pass_by(5)
    assert recorder.house.shows(NOT_BACKED_UP) == "0"


async def test_a_folder_outside(recorder: Recorder) -> None:
    """Is refused; nothing is written."""
    (recorder.media.parent / "outside").mkdir()
    (recorder.media / "link").symlink_to(recorder.media.parent / "outside")
    for folder in ("../outside", "/etc", "a/../../b", "~", "link/x"):
        with pytest.raises(ServiceValidationError) as error:
            await recorder.act("download_captures", folder=folder)
        assert error.value.translation_key == "folder_outside", folder
    assert list((recorder.media.parent / "outside").iterdir()) == []


async def test_no_media_folder(recorder: Recorder) -> None:
    """It is not made: it may be a disk that is not there."""
    recorder.media.rmdir()
    with pytest.raises(HomeAssistantError) as error:
        await recorder.act("download_captures")
    assert error.value.translation_key == "no_media_folder"
    assert not recorder.media.exists()


async def test_a_full_disk(recorder: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is said; the next run brings everything."""

    class Usage(NamedTuple):
        free: int

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: Usage(1000))
        with pytest.raises(HomeAssistantError) as error:
            await recorder.act("download_captures")
    assert error.value.translation_key == "disk_full"
    assert recorder.house.state(BACKUP).attributes["event_type"] == "failed"
    assert (await recorder.act("download_captures"))["downloaded"] == 6


async def test_a_folder_that_cannot_be_written_to(recorder: Recorder) -> None:
    """Is said."""
    recorder.folder.write_text("a file")
    with pytest.raises(HomeAssistantError) as error:
        await recorder.act("download_captures")
    assert error.value.translation_key == "folder_not_writable"


async def test_an_error_is_told_to_the_log_when_nobody_waits(
    recorder: Recorder,
) -> None:
    """And to the event."""
    recorder.folder.write_text("a file")
    await recorder.hass.services.async_call(
        DOMAIN, "download_captures", {}, blocking=True
    )
    await recorder.pass_by(10)
    assert recorder.house.state(BACKUP).attributes["event_type"] == "failed"


async def test_one_that_fails_is_named(recorder: Recorder) -> None:
    """With the reason; the others come."""
    recorder.own("gameclip")[0].forged = "http://192.168.1.1/"
    told = await recorder.act("download_captures")
    gone = recorder.own("gameclip")[0].id
    assert (told["downloaded"], told["failed"]) == (5, 1)
    assert told["failures"] == {gone: "not available"}


async def test_progress_while_it_runs(recorder: Recorder) -> None:
    """From nothing to everything, and gone afterwards."""
    house = recorder.house
    _slow(recorder)
    assert house.shows(PROGRESS) == "unavailable"
    seen = house.watch(PROGRESS)
    run = _begin(recorder)
    await recorder.pass_by(8)
    state = house.state(PROGRESS)
    assert 0 < int(state.state) < 100
    assert state.attributes["files_total"] == 6
    assert state.attributes["bytes"] > 0
    assert state.attributes["bytes_total"] == 6 * LARGE
    assert state.attributes["game"]
    told = await house.clock.result(run, within=600)
    await house.clock.settle()
    assert told["downloaded"] == 6
    assert seen[-1] == "unavailable"
    numbers = [int(one) for one in seen if one.isdecimal()]
    assert numbers == sorted(numbers)
    event = house.state(BACKUP)
    assert event.attributes["event_type"] == "finished"
    assert event.attributes["downloaded"] == 6
    assert event.attributes["failed"] == 0


async def test_an_equal_call_joins(recorder: Recorder) -> None:
    """Both hear the same; another one is refused."""
    _slow(recorder)
    first, second = _begin(recorder), _begin(recorder)
    await recorder.pass_by(4)
    with pytest.raises(ServiceValidationError) as error:
        await recorder.act("download_captures", kinds=["video"])
    assert error.value.translation_key == "already_running"
    told = [
        await recorder.house.clock.result(each, within=600) for each in (first, second)
    ]
    assert told[0] == told[1]
    assert told[0]["downloaded"] == 6


async def test_a_cancelled_caller_ends_only_its_waiting(recorder: Recorder) -> None:
    """The run goes on, and others hear of its end."""
    _slow(recorder)
    first, second = _begin(recorder), _begin(recorder)
    await recorder.pass_by(4)
    first.cancel()
    told = await recorder.house.clock.result(second, within=600)
    assert (told["downloaded"], told["cancelled"]) == (6, False)
    assert first.cancelled()


@pytest.mark.parametrize("slow", ["files", "lists"])
async def test_without_a_response_it_returns_at_once(
    recorder: Recorder, slow: str
) -> None:
    """The run goes on, and shows that it does from its beginning."""
    if slow == "files":
        _slow(recorder)
    else:
        recorder.fail(kind="slow", host=HUB, seconds=10)
    await recorder.house.clock.result(
        recorder.hass.services.async_call(
            DOMAIN, "download_captures", {}, blocking=True
        ),
        within=1,
    )
    assert recorder.house.shows(PROGRESS) == "0"
    await recorder.pass_by(200)
    assert recorder.house.shows(NOT_BACKED_UP) == "0"


def _check_once(recorder: Recorder, arrived: int) -> None:
    """Originals came once; their small pictures may have come again."""
    thumbnails = sum(len(recorder.content(one, "Thumbnail")) for one in recorder.own())
    assert 6 * LARGE + thumbnails <= arrived <= 6 * LARGE + 2 * thumbnails


async def test_it_can_be_cancelled(recorder: Recorder) -> None:
    """The next one takes up what has arrived."""
    _slow(recorder)
    run = _begin(recorder)
    await recorder.pass_by(8)
    assert await recorder.act("cancel_download") == {"cancelled": True}
    told = await recorder.house.clock.result(run, within=60)
    assert (told["cancelled"], told["downloaded"]) == (True, 0)
    assert recorder.house.state(BACKUP).attributes["event_type"] == "cancelled"
    assert recorder.house.shows(PROGRESS) == "unavailable"
    recorder.world.knobs.capture_bytes_per_second = 0
    again = await recorder.act("download_captures")
    assert again["downloaded"] == 6
    _check_once(recorder, told["bytes"] + again["bytes"])
    assert await recorder.act("cancel_download") == {"cancelled": False}


async def test_unloading_ends_it(recorder: Recorder) -> None:
    """At the end of a piece; the next call goes on."""
    _slow(recorder)
    run = _begin(recorder)
    await recorder.pass_by(8)
    assert await recorder.house.unload(recorder.entry)
    told = await recorder.house.clock.result(run, within=1)
    assert told["cancelled"]
    recorder.world.knobs.capture_bytes_per_second = 0
    assert await recorder.house.set_up(recorder.entry)
    again = await recorder.act("download_captures")
    _check_once(recorder, told["bytes"] + again["bytes"])
    assert _originals(recorder.folder) == {
        recorder.content(one) for one in recorder.own()
    }


def _end(recorder: Recorder, how: str) -> Coroutine[Any, Any, object]:
    if how == "unload":
        return recorder.hass.config_entries.async_unload(recorder.entry.entry_id)
    return recorder.hass.services.async_call(DOMAIN, "cancel_download", blocking=True)


@pytest.mark.parametrize("how", ["cancel", "unload"])
@pytest.mark.parametrize("host", [HUB, CLIPS])
async def test_it_ends_although_nothing_arrives(
    recorder: Recorder, host: str, how: str
) -> None:
    """Be it that captures are listed, or that a file does not begin: nobody waits for the network."""
    recorder.fail(kind="slow", host=host, seconds=1000)
    run = _begin(recorder)
    await recorder.pass_by(2)
    await recorder.house.clock.result(_end(recorder, how), within=15)
    told = await recorder.house.clock.result(run, within=1)
    assert (told["cancelled"], told["failed"]) == (True, 0)
    recorder.world.faults.clear()
    await recorder.pass_by(60)
    assert _originals(recorder.folder).isdisjoint(
        recorder.content(one) for one in recorder.own("gameclip")
    )
    if how == "unload":
        assert await recorder.house.set_up(recorder.entry)
        await recorder.pass_by(5)
    assert (await recorder.act("download_captures"))["failed"] == 0
    assert len(_originals(recorder.folder)) == 6


async def test_the_button(recorder: Recorder) -> None:
    """Begins everything, and does not wait."""
    button = f"button.{ACCOUNT}_back_up_captures_now"
    _slow(recorder)
    await recorder.house.act("button.press", button, within=2)
    await recorder.house.act("button.press", button, within=2)
    assert recorder.house.shows(PROGRESS) != "unavailable"
    await recorder.pass_by(200)
    assert recorder.house.shows(NOT_BACKED_UP) == "0"


async def test_addresses_lapse_during_a_backup(recorder: Recorder) -> None:
    """Between two captures and in the middle of one."""
    _slow(recorder)
    recorder.world.knobs.update(
        {"capture_url_seconds": 5.0, "capture_cut_at_expiry": True}
    )
    recorder.fail(kind="status", host=CLIPS, status=500, chance=0.1)
    told = await recorder.act("download_captures", within=2000)
    assert (told["downloaded"], told["failed"]) == (6, 0)
    assert _originals(recorder.folder) == {
        recorder.content(one) for one in recorder.own()
    }


async def test_the_network_fails(recorder: Recorder) -> None:
    """The user is told; nothing is deleted."""
    recorder.fail(kind="status", host="mediahub.xboxlive.com", status=503)
    for action, data in (
        ("download_captures", {}),
        ("delete_captures", {"backed_up": True}),
    ):
        with pytest.raises(HomeAssistantError) as error:
            await recorder.act(action, **data)
        assert error.value.translation_key == "service_unavailable"
    assert len(recorder.own()) == 6


async def test_the_network_fails_and_nobody_waits(recorder: Recorder) -> None:
    """The event says so, also while it is not known which captures there are."""
    assert await recorder.house.unload(recorder.entry)
    recorder.fail(kind="status", host=HUB, status=503)
    assert await recorder.house.set_up(recorder.entry)
    await recorder.pass_by(5)
    button = f"button.{ACCOUNT}_back_up_captures_now"
    for number in (1, 2):
        await recorder.house.act("button.press", button, within=2)
        await recorder.pass_by(60)
        assert recorder.house.state(BACKUP).attributes["event_type"] == "failed", number
        assert recorder.house.shows(PROGRESS) == "unavailable"
    recorder.world.faults.clear()
    await recorder.pass_by(200)
    assert (await recorder.act("download_captures"))["downloaded"] == 6


async def test_only_administrators(
    hass: HomeAssistant, recorder: Recorder, hass_read_only_user: MockUser
) -> None:
    """Others are refused."""
    context = Context(user_id=hass_read_only_user.id)
    for action in _ACTIONS:
        data = {"backed_up": True} if action == "delete_captures" else {}
        with pytest.raises(Unauthorized):
            await hass.services.async_call(
                DOMAIN, action, data, blocking=True, context=context
            )


async def test_all_are_described(recorder: Recorder) -> None:
    """So that the editor offers their fields."""
    described = (await async_get_all_descriptions(recorder.hass))[DOMAIN]
    for name, action in _ACTIONS.items():
        fields = {str(field) for field in action.schema} | {"config_entry_id"}
        assert described[name]["fields"].keys() == fields, name
        assert described[name]["response"] == {"optional": True}


async def test_the_index_tells_what_is_there(recorder: Recorder) -> None:
    """A line a capture: sizes, checksums and when."""
    await recorder.act("download_captures")
    lines = (recorder.folder / ".xbox-captures.jsonl").read_text().splitlines()
    records = {record["id"]: record for record in map(json.loads, lines)}
    assert records.keys() == {one.id for one in recorder.own()}
    for record in records.values():
        assert record["at"].startswith("2026-11-06")
        for kept in record["files"].values():
            assert (recorder.folder / kept["name"]).stat().st_size == kept["size"]
            assert len(kept["sha256"]) == 64
