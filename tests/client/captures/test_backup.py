"""Captures come home whole, once, and are deleted only when they are safe there."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
import hashlib
import json
from pathlib import Path
import shutil
import tracemalloc
from typing import NamedTuple

import pytest

from custom_components.xbox_console.xboxlive.captures.archive import (
    INDEX,
    Archive,
    DiskFull,
    NotWritable,
)
from custom_components.xbox_console.xboxlive.captures.backup import Backup, Progress
from custom_components.xbox_console.xboxlive.captures.capture import Capture, Kind, Part
from custom_components.xbox_console.xboxlive.captures.names import UnsafeName, stem
from tests.client.captures.scene import CONTENT, Scene

LARGE = 3_000_000


def _check_whole(scene: Scene, captures: list[Capture]) -> None:
    """Every original is there byte for byte, and the index says so."""
    index = [
        json.loads(line) for line in (scene.folder / INDEX).read_text().split("\n")[:-1]
    ]
    records = {record["id"]: record for record in index}
    files = scene.files()
    for capture in captures:
        kept = records[capture.content_id]["files"]
        for part in capture.originals:
            suffix = "JXR" if part == "hdr" else ""
            true = scene.true_content(capture, suffix)
            assert files[kept[part]["name"]] == true
            assert kept[part]["size"] == len(true)
            assert kept[part]["sha256"] == hashlib.sha256(true).hexdigest()
    assert scene.leftovers() == []


async def test_everything_of_a_capture(scene: Scene) -> None:
    """Video, picture, HDR, thumbnail and what the network tells, under date, game and id."""
    scene.network.world.knobs.hdr_screenshots = True
    captures = await scene.listed()
    outcome = await scene.back_up(captures)
    assert (outcome.downloaded, outcome.skipped, outcome.failures) == (4, 0, {})
    _check_whole(scene, captures)
    files = scene.files()
    for capture in captures:
        stem = (
            f"{capture.taken_at:%Y-%m-%d %H.%M.%S} {capture.game} {capture.content_id}"
        )
        told = json.loads(files[f"{stem}.json"])
        assert told["contentId"] == capture.content_id
        assert files[f"{stem} thumbnail.png"] == scene.true_content(
            capture, "Thumbnail"
        )
        suffix = ".mp4" if capture.kind == "video" else ".png"
        assert f"{stem}{suffix}" in files
    assert (
        sum(name.endswith(" HDR.jxr") for name in files)
        == sum("hdr" in one.places for one in captures)
        > 0
    )


async def test_pictures_may_be_jpeg(scene: Scene) -> None:
    """They are called what they are."""
    scene.network.world.knobs.picture_format = "JPG"
    await scene.back_up()
    jpegs = [data for name, data in scene.files().items() if name.endswith(".jpg")]
    assert len(jpegs) == 6
    assert all(data.startswith(b"\xff\xd8\xff") for data in jpegs)


async def test_the_second_time_nothing_is_fetched(scene: Scene) -> None:
    """Also by another process, which knows the index alone."""
    await scene.back_up()
    before = scene.files()
    scene.archive = Archive(scene.folder)
    scene.network.world.requests.clear()
    outcome = await scene.back_up()
    assert (outcome.downloaded, outcome.skipped, outcome.bytes) == (0, 4, 0)
    assert {request.host for request in scene.network.world.requests} == {
        "mediahub.xboxlive.com"
    }
    assert scene.files() == before


async def test_what_was_removed_from_the_folder_comes_again(scene: Scene) -> None:
    """As long as the network has it."""
    captures = await scene.listed()
    await scene.back_up(captures)
    for path in scene.folder.glob("*.mp4"):
        path.unlink()
    outcome = await scene.back_up(captures)
    assert (outcome.downloaded, outcome.skipped) == (2, 2)
    _check_whole(scene, captures)


async def test_an_interrupted_file_goes_on_where_it_stopped(scene: Scene) -> None:
    """Nothing that is there is fetched again."""
    scene.network.world.knobs.capture_file_bytes = LARGE
    clip = await scene.clip()

    def stop(progress: Progress) -> None:
        if progress.bytes:
            backup.stop()

    backup = Backup(scene.archive, scene.contents, stop)
    first = await backup.run([clip])
    assert (first.cancelled, first.downloaded) == (True, 0)
    assert 0 < first.bytes < LARGE
    assert len(scene.leftovers()) == 2
    second = await scene.back_up([clip])
    thumbnail = len(scene.true_content(clip, "Thumbnail"))
    assert LARGE <= first.bytes + second.bytes <= LARGE + 2 * thumbnail
    _check_whole(scene, [clip])


async def test_what_was_not_proven_is_not_believed(scene: Scene) -> None:
    """A file whose end came to the disk without its middle begins anew."""
    scene.network.world.knobs.capture_file_bytes = LARGE
    clip = await scene.clip()

    def stop(progress: Progress) -> None:
        if progress.bytes:
            backup.stop()

    backup = Backup(scene.archive, scene.contents, stop)
    await backup.run([clip])
    (part,) = scene.folder.glob(".*.part")
    damaged = bytearray(part.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    part.write_bytes(damaged)
    await scene.back_up([clip])
    _check_whole(scene, [clip])


@pytest.mark.parametrize("lost", ["index", "line", "end"])
async def test_a_damaged_index_loses_nothing(scene: Scene, lost: str) -> None:
    """Files that are there whole are found again, and what follows is kept."""
    captures = await scene.listed()
    await scene.back_up(captures)
    index = scene.folder / INDEX
    lines = index.read_bytes().splitlines(keepends=True)
    damaged = {
        "index": [],
        "line": [b'{"id": "half a re', *lines[1:]],
        "end": [*lines[:3], lines[3][:-20]],
    }[lost]
    index.write_bytes(b"".join(damaged))
    scene.archive = Archive(scene.folder)
    outcome = await scene.back_up(captures)
    thumbnails = sum(len(scene.true_content(one, "Thumbnail")) for one in captures)
    assert outcome.failures == {}
    assert outcome.bytes <= thumbnails
    scene.archive = Archive(scene.folder)
    scene.archive.read()
    assert len(scene.archive.those(captures)) == 4


async def test_nothing_is_overwritten(scene: Scene) -> None:
    """A file of that name that is another one stays, and the capture has failed."""
    clip = await scene.clip()
    await scene.back_up([clip])
    (video,) = scene.folder.glob("*.mp4")
    (scene.folder / INDEX).unlink()
    video.write_bytes(b"somebody's own")
    scene.archive = Archive(scene.folder)
    outcome = await scene.back_up([clip])
    assert outcome.failures == {clip.content_id: f"{video.name} is another file"}
    assert video.read_bytes() == b"somebody's own"


@pytest.mark.parametrize("error", [-1, 1, 1000])
async def test_a_wrong_length_is_no_capture(scene: Scene, error: int) -> None:
    """It does not get a final name; the others do."""
    clip = await scene.clip()
    scene.network.world.knobs.capture_size_error = error
    wrong = await scene.clip()
    outcome = await scene.back_up([wrong])
    size = len(scene.true_content(clip))
    told = f"{size} bytes instead of {size + error}"
    assert outcome.failures == {clip.content_id: told}
    assert not list(scene.folder.glob("*.mp4"))
    assert scene.leftovers() == []


async def test_without_a_stated_length(scene: Scene) -> None:
    """It comes, but is never deleted because it has come."""
    scene.network.world.knobs.capture_sizes = False
    captures = await scene.listed()
    await scene.back_up(captures)
    _check_whole(scene, captures)
    freed = await scene.free()
    assert (freed.deleted, len(freed.kept)) == ([], 4)
    freed = await scene.free(by_size=False)
    assert len(freed.deleted) == 4


async def test_one_that_fails_holds_up_nobody(scene: Scene) -> None:
    """The rest comes; the next run brings it."""
    captures = await scene.listed()
    gone = captures[1]
    scene.network.world.captures[:] = [
        one for one in scene.network.world.captures if one.id != gone.content_id
    ]
    outcome = await scene.back_up(captures)
    assert outcome.failures == {gone.content_id: "not available"}
    assert outcome.downloaded == 3


async def test_a_capture_without_its_own_file_is_none(scene: Scene) -> None:
    """As while the network still works on it: what else there is of it proves nothing."""
    scene.network.world.knobs.hdr_screenshots = True
    shot = next(one for one in await scene.listed() if Part.HDR in one.places)
    others = dict(shot.places)
    del others[Part.PICTURE]
    unfinished = replace(shot, places=others)
    outcome = await scene.back_up([unfinished])
    assert outcome.failures == {shot.content_id: "not available"}
    assert scene.archive.those([unfinished, shot]) == frozenset()
    assert (await scene.back_up([shot])).downloaded == 1
    assert scene.archive.proves(unfinished, by_size=False)
    assert not scene.archive.proves(unfinished, by_size=True)


async def test_a_thumbnail_that_is_missing_is_no_failure(scene: Scene) -> None:
    """The capture itself is what counts."""
    for kind in ("gameclips", "screenshots"):
        host = f"{kind}content-t2001.media.xboxlive.com"
        scene.fail(kind="status", host=host, status=404)
    outcome = await scene.back_up()
    assert (outcome.downloaded, outcome.failures) == (4, {})


async def test_addresses_lapse_and_answers_fail_all_the_time(scene: Scene) -> None:
    """Everything arrives all the same."""
    knobs = scene.network.world.knobs
    knobs.capture_file_bytes = LARGE
    captures = await scene.listed()
    scene.fail(kind="cut", host=CONTENT, chance=0.4)
    scene.fail(kind="status", status=500, chance=0.2)
    scene.network.pass_time(3601)
    outcome = await scene.back_up(captures)
    assert outcome.failures == {}
    _check_whole(scene, captures)


async def test_an_id_that_leads_elsewhere_is_refused(scene: Scene) -> None:
    """Nothing is written outside the folder."""
    scene.network.world.captures[0].id = "../../evil"
    outcome = await scene.back_up()
    assert "leads to another folder" in outcome.failures["../../evil"]
    assert outcome.downloaded == 3
    assert [path.name for path in scene.folder.parent.iterdir()] == ["xbox"]


@pytest.mark.parametrize(
    ("game", "called"),
    [
        ("../../etc/passwd", None),
        ("..\\..\\evil", None),
        ('A<B>:"C/D\\E|F?G*H', "A B C D E F G H"),
        ("Dots ... and spaces . ", "Dots ... and spaces"),
        ("Tab\tand\u202eturned\0", "Tab and turned"),
        ("Café™ 日本", "Café™ 日本"),
        ("é" * 100, "é" * 30),
        ("\ud800", "Unknown game"),
        ("", "Unknown game"),
        (None, "Unknown game"),
    ],
)
def test_names(game: str | None, called: str | None) -> None:
    """They fit every file system; one that climbs is refused."""
    capture = Capture(
        kind=Kind.VIDEO,
        content_id="0b2a0559-a246-911a-9a06-e01f3d38ec5b",
        game=game,
        taken_at=datetime(2026, 11, 6, 18, 0, 1, tzinfo=UTC),
    )
    if called is None:
        with pytest.raises(UnsafeName):
            stem(capture)
        return
    assert stem(capture) == f"2026-11-06 18.00.01 {called} {capture.content_id}"


async def test_a_large_file_takes_little_memory(scene: Scene) -> None:
    """However large it is: less than 20 MB."""
    scene.network.world.knobs.capture_file_bytes = 300_000_000
    clip = await scene.clip()
    tracemalloc.start()
    try:
        outcome = await scene.back_up([clip])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert outcome.downloaded == 1
    assert peak < 20_000_000


async def test_a_full_disk(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is said at once, and nothing half done has a final name."""

    class Usage(NamedTuple):
        free: int

    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(1000))
    with pytest.raises(DiskFull):
        await scene.back_up()
    assert scene.files() == {}


async def test_a_folder_that_cannot_be_written_to(scene: Scene) -> None:
    """A file has its name."""
    scene.folder.write_text("a file")
    with pytest.raises(NotWritable):
        await scene.back_up()


async def test_progress_is_told(scene: Scene) -> None:
    """From nothing to everything, with the game that arrives."""
    captures = await scene.listed()
    await scene.back_up(captures)
    percents = [each.percent for each in scene.told]
    assert percents[0] == 0
    assert percents[-1] == 100
    assert percents == sorted(percents)
    assert {each.game for each in scene.told} == {None, *(one.game for one in captures)}
    assert scene.told[0].total == sum(one.size for one in captures)


async def test_a_cancelled_run_leaves_no_half_file(scene: Scene) -> None:
    """The next one brings everything."""
    scene.network.world.knobs.capture_file_bytes = LARGE
    captures = await scene.listed()
    begun = asyncio.Event()

    def note(progress: Progress) -> None:
        if progress.bytes:
            begun.set()

    backup = Backup(scene.archive, scene.contents, note)
    run = asyncio.create_task(backup.run(captures))
    await begun.wait()
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run
    await scene.back_up(captures)
    _check_whole(scene, captures)


async def test_a_folder_for_two(scene: Scene, tmp_path: Path) -> None:
    """Another account's captures in the same folder are no trouble."""
    captures = await scene.listed()
    await scene.back_up(captures[:2])
    other = Scene(scene.network, scene.xbox, scene.folder)
    await other.back_up(captures[2:])
    scene.archive = Archive(scene.folder)
    scene.archive.read()
    assert len(scene.archive.those(captures)) == 4
