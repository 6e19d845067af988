"""Captures that are safe are deleted from the network, and no others."""

from tests.client.captures.scene import Scene

LARGE = 3_000_000


async def test_safe_captures_are_freed(scene: Scene) -> None:
    """Those that are in the folder byte for byte, and no others."""
    captures = await scene.listed()
    await scene.back_up(captures[:3])
    hurt = next(one for one in captures[:3] if one.kind == "screenshot")
    (damaged,) = scene.folder.glob(f"*{hurt.content_id}.png")
    whole = bytearray(damaged.read_bytes())
    whole[-1] ^= 1
    damaged.write_bytes(whole)
    freed = await scene.free()
    assert freed.kept == dict.fromkeys(
        (hurt.content_id, captures[3].content_id), "not backed up"
    )
    assert {one.id for one in scene.network.world.captures} == freed.kept.keys()


async def test_an_original_that_is_new_keeps_its_capture(scene: Scene) -> None:
    """Every original has to be safe, those too that the network has added since."""
    captures = await scene.listed()
    await scene.back_up(captures)
    scene.network.world.knobs.hdr_screenshots = True
    again = await scene.listed()
    bright = {one.content_id for one in again if "hdr" in one.places}
    freed = await scene.free()
    assert set(freed.kept) == bright
    assert bright


async def test_a_length_that_changed_keeps_its_capture(scene: Scene) -> None:
    """What the network has now is not what is in the folder."""
    await scene.back_up()
    scene.network.world.knobs.capture_file_bytes = LARGE
    freed = await scene.free()
    assert (freed.deleted, len(freed.kept)) == ([], 4)


async def test_unsafe_ones_are_freed_if_that_is_wanted(scene: Scene) -> None:
    """By whoever says so."""
    freed = await scene.free(unsafe=True)
    assert (len(freed.deleted), freed.kept) == (4, {})
    assert scene.network.world.captures == []


async def test_a_deletion_that_fails_is_told(scene: Scene) -> None:
    """The capture is still there."""
    scene.fail(kind="status", status=404, path="/gameclips/", method="DELETE")
    freed = await scene.free(unsafe=True)
    assert len(freed.deleted) == 2
    assert set(freed.kept.values()) == {"not available"}
