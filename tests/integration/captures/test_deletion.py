"""Deleting captures from the network: only what is asked for, and only what is safe."""

from typing import Any

from probatio import Invalid
import pytest

from tests.integration.captures.recorder import ACCOUNT, Recorder


async def test_what_is_backed_up_is_deleted(recorder: Recorder) -> None:
    """All of it, and nothing else."""
    await recorder.act("download_captures", kinds=["video"])
    clips = {one.id for one in recorder.own("gameclip")}
    told = await recorder.act("delete_captures", backed_up=True)
    assert set(told["deleted"]) == clips
    assert told["kept"] == []
    assert recorder.own("gameclip") == []
    assert len(recorder.own("screenshot")) == 3
    assert recorder.house.shows(f"sensor.{ACCOUNT}_captures") == "3"


async def test_a_damaged_backup_keeps_its_capture(recorder: Recorder) -> None:
    """It is read again just before; a byte is enough."""
    await recorder.act("download_captures", kinds=["video"])
    hurt = recorder.own("gameclip")[1]
    (path,) = recorder.folder.glob(f"*{hurt.id}.mp4")
    damaged = bytearray(path.read_bytes())
    damaged[100] ^= 1
    path.write_bytes(damaged)
    told = await recorder.act("delete_captures", backed_up=True)
    assert told["kept"] == [hurt.id]
    assert told["reasons"] == {hurt.id: "not backed up"}
    assert [one.id for one in recorder.own("gameclip")] == [hurt.id]


async def test_ids_that_are_not_safe_are_kept(recorder: Recorder) -> None:
    """And listed, unless that does not matter; unknown ones are said to be unknown."""
    await recorder.act("download_captures", kinds=["video"])
    clip, shot = recorder.own("gameclip")[0].id, recorder.own("screenshot")[0].id
    told = await recorder.act("delete_captures", ids=[clip, shot, "nonsense"])
    assert (told["deleted"], told["kept"]) == ([clip], [shot, "nonsense"])
    told = await recorder.act("delete_captures", ids=[shot], also_not_backed_up=True)
    assert (told["deleted"], told["kept"]) == ([shot], [])
    assert len(recorder.own()) == 4


async def test_without_a_stated_size(recorder: Recorder) -> None:
    """Nothing is deleted because it is backed up; by its id it is."""
    recorder.world.knobs.capture_sizes = False
    await recorder.act("download_captures")
    told = await recorder.act("delete_captures", backed_up=True)
    assert (told["deleted"], len(told["kept"])) == ([], 6)
    clip = recorder.own("gameclip")[0].id
    told = await recorder.act("delete_captures", ids=[clip])
    assert told["deleted"] == [clip]


async def test_also_not_backed_up_needs_ids(recorder: Recorder) -> None:
    """With `backed_up` it changes nothing."""
    told = await recorder.act(
        "delete_captures", backed_up=True, also_not_backed_up=True
    )
    assert (told["deleted"], told["kept"]) == ([], [])
    assert len(recorder.own()) == 6


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("delete_captures", {}),
        ("delete_captures", {"backed_up": False}),
        ("delete_captures", {"ids": ["a"], "backed_up": True}),
        ("delete_captures", {"ids": []}),
        ("download_captures", {"kinds": ["film"]}),
        ("download_captures", {"kinds": []}),
        ("download_captures", {"since": "yesterday"}),
    ],
)
async def test_what_makes_no_sense(
    recorder: Recorder, action: str, data: dict[str, Any]
) -> None:
    """Is refused."""
    with pytest.raises(Invalid):
        await recorder.act(action, **data)
