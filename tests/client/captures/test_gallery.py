"""Where captures are found: in mediahub, or where that tells an app too little, in the older services."""

import pytest

from custom_components.xbox_console.xboxlive.captures.capture import Capture, Kind, Part
from custom_components.xbox_console.xboxlive.errors import (
    AccessDenied,
    NotFound,
    RateLimited,
    ServiceUnavailable,
)
from simulator.captures.gallery import take
from tests.client.captures.scene import Scene


def _hosts(scene: Scene) -> set[str]:
    return {request.host.partition(".")[0] for request in scene.network.world.requests}


def _ids(captures: list[Capture]) -> set[str]:
    return {one.content_id for one in captures}


async def test_the_xbox_app_asks_mediahub_alone(scene: Scene) -> None:
    """It tells everything."""
    captures = await scene.listed()
    assert _ids(captures) == {one.id for one in scene.network.world.captures}
    assert _hosts(scene) == {"mediahub"}
    assert not scene.gallery.withheld


@pytest.mark.parametrize(
    ("told", "status", "withheld"),
    [
        ("refused", 403, True),
        ("refused", 401, True),
        ("refused", 404, True),
        ("refused", 400, True),
        ("empty", 403, True),
        ("gaps", 403, True),
        ("all", 403, False),
    ],
)
async def test_an_own_app_finds_everything_all_the_same(
    own_app_scene: Scene, told: str, status: int, withheld: bool
) -> None:
    """However mediahub refuses it: once each, and it is known whether something was withheld."""
    scene = own_app_scene
    scene.network.world.knobs.update(
        {"own_app_captures": told, "own_app_refusal_status": status}
    )
    captures = await scene.listed()
    assert len(captures) == 4
    assert _ids(captures) == {one.id for one in scene.network.world.captures}
    assert scene.gallery.withheld is withheld


@pytest.mark.parametrize("told", ["refused", "empty", "gaps", "all"])
async def test_an_own_app_keeps_and_frees_them(own_app_scene: Scene, told: str) -> None:
    """With addresses of either service, signed again by the one that knows the capture."""
    scene = own_app_scene
    scene.network.world.knobs.update({"own_app_captures": told})
    captures = await scene.listed()
    scene.network.pass_time(3601)
    outcome = await scene.back_up(captures)
    assert (outcome.downloaded, outcome.failures) == (4, {})
    freed = await scene.free()
    assert (len(freed.deleted), freed.kept) == (4, {})
    assert scene.network.world.captures == []


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_service_that_is_ill_does_not_refuse(
    own_app_scene: Scene, status: int
) -> None:
    """What is known stays until it is well."""
    own_app_scene.fail(
        kind="status", host="mediahub.xboxlive.com", status=status, retry_after=1
    )
    with pytest.raises((RateLimited, ServiceUnavailable)):
        await own_app_scene.listed()


async def test_mediahub_that_refuses_the_xbox_app_is_an_error(scene: Scene) -> None:
    """There is nothing better to ask with."""
    scene.fail(kind="unauthorized", host="mediahub.xboxlive.com")
    with pytest.raises(AccessDenied):
        await scene.listed()


async def test_what_is_known_of_a_capture(scene: Scene, own_app_scene: Scene) -> None:
    """The same from either service, but for what only one of them tells."""
    own_app_scene.network.world.captures[:] = scene.network.world.captures
    stored, described = await scene.listed(), await own_app_scene.listed()
    for new, old in zip(stored, described, strict=True):
        assert (new.kind, new.game, new.title_id) == (old.kind, old.game, old.title_id)
        assert (new.taken_at, new.expires_at) == (old.taken_at, old.expires_at)
        assert (new.local_id, new.owner, new.size) == (
            old.local_id,
            old.owner,
            old.size,
        )
        assert new.seconds == old.seconds
        assert new.places.keys() == old.places.keys()


async def test_when_a_capture_expires(scene: Scene) -> None:
    """As the network tells; else ninety days after it was uploaded."""
    told = [one.expires_at for one in await scene.listed()]
    scene.network.world.knobs.capture_expiration = False
    assert [one.expires_at for one in await scene.listed()] == told
    scene.network.world.knobs.update({"capture_expiration": True, "capture_days": 30.0})
    assert [one.expires_at for one in await scene.listed()] != told


async def test_a_capture_without_local_id(scene: Scene) -> None:
    """Is looked for in the list when its address has lapsed."""
    scene.network.world.knobs.capture_local_ids = False
    clip = await scene.clip()
    assert clip.local_id is None
    scene.network.pass_time(10)
    again = await scene.gallery.again(clip)
    assert again.content_id == clip.content_id
    assert again.places[Part.VIDEO] != clip.places[Part.VIDEO]
    scene.network.world.captures.clear()
    with pytest.raises(NotFound):
        await scene.gallery.again(clip)


async def test_another_capture_in_its_place(scene: Scene) -> None:
    """Is not taken for it."""
    clip = await scene.clip()
    (one,) = (
        each for each in scene.network.world.captures if each.id == clip.content_id
    )
    one.id = "2b2a0559-a246-911a-9a06-e01f3d38ec5b"
    with pytest.raises(NotFound):
        await scene.gallery.again(clip)


@pytest.mark.parametrize("own_app", [False, True])
async def test_captures_of_others(
    scene: Scene, own_app_scene: Scene, own_app: bool
) -> None:
    """Of a friend, and of anybody in a game."""
    chosen = own_app_scene if own_app else scene
    world = chosen.network.world
    title = world.titles["tidewater"]
    taken = take(world, world.others["mika"], "gameclip", title)
    found: list[Capture] = []
    await chosen.gallery.of(world.others["mika"].xuid, found.append, 10)
    assert [(one.content_id, one.kind) for one in found] == [(taken.id, Kind.VIDEO)]
    found.clear()
    await chosen.gallery.community(str(title.title_id), found.append, 10)
    assert taken.id in _ids(found)
    assert {one.game for one in found} == {title.name}
    async with chosen.contents.open(found[0], found[0].main) as stream:
        assert [chunk async for chunk in stream.chunks()]
