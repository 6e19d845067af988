"""The media panel: every capture by date, by game, of friends and of everybody; found, shown and played."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from homeassistant.components.media_source import Unresolvable, async_resolve_media
from homeassistant.core import HomeAssistant
import pytest

from custom_components.xbox_console.captures.media_id import MediaId, Shelf
from custom_components.xbox_console.const import DOMAIN
from tests.integration.captures.recorder import HUB, Recorder, titles
from tests.integration.entries import signed_in_entry

ROOT = f"media-source://{DOMAIN}"


@pytest.mark.parametrize(
    "media_id",
    [
        MediaId(entry="01ABC"),
        MediaId(entry="01ABC", shelf=Shelf.BY_GAME, game="199&0=/?"),
        MediaId(entry="1", shelf=Shelf.FRIENDS, friend="2", game="3", capture="a b"),
        MediaId(entry="1", shelf=Shelf.BY_DATE, month="2026-11"),
    ],
)
def test_an_identifier_is_read_as_it_was_written(media_id: MediaId) -> None:
    """Whatever is in it."""
    assert MediaId.read(str(media_id)) == media_id


@pytest.mark.parametrize(
    "text", ["nonsense", "shelf=by_date", "entry=1&shelf=x", "entry=1&other=2", "a=1&b"]
)
def test_what_is_no_identifier(text: str) -> None:
    """Is said to be none."""
    with pytest.raises(ValueError):
        MediaId.read(text)


async def test_the_folders_of_an_account(recorder: Recorder) -> None:
    """A lone account is opened at once; opening costs no request."""
    recorder.forget_requests()
    folder = await recorder.browse()
    assert folder["title"] == "QuietHarbor77"
    assert titles(folder) == ["By date", "By game", "Friends", "Community"]
    assert all(child["can_expand"] for child in folder["children"])
    await recorder.open("By date")
    await recorder.open("By game", "Starfall Odyssey")
    assert recorder.asked() == []


async def test_by_date(recorder: Recorder) -> None:
    """Everything, the newest first, with classes and media types that players understand."""
    folder = await recorder.open("By date")
    shown = [
        (child["title"], child["media_class"], child["media_content_type"])
        for child in folder["children"]
    ]
    assert len(shown) == 6
    newest = recorder.own()[0]
    assert shown[0][0].startswith("Starfall Odyssey · 2026-11-0")
    kinds = {"gameclip": ("video", "video/mp4"), "screenshot": ("image", "image/png")}
    assert [one[1:] for one in shown] == [kinds[one.kind] for one in recorder.own()]
    child = folder["children"][0]
    assert (child["can_play"], child["can_expand"]) == (True, False)
    assert newest.id in child["thumbnail"]
    assert child["thumbnail"].startswith(f"/api/{DOMAIN}/captures/")


async def test_by_game(recorder: Recorder) -> None:
    """A folder for each game, with the newest picture of it."""
    folder = await recorder.open("By game")
    assert titles(folder) == ["Starfall Odyssey", "Nebula Drift GT", "Tidewater Tales"]
    assert all(child["thumbnail"] for child in folder["children"])
    inside = await recorder.open("By game", "Nebula Drift GT")
    assert inside["title"] == "Nebula Drift GT"
    assert [title.split(" · ")[-2] for title in titles(inside)] == [
        "Nebula Drift GT"
    ] * 2


async def test_many_are_divided_by_month(recorder: Recorder) -> None:
    """More than two hundred in a folder."""
    recorder.world.add_captures(500)
    await recorder.look()
    folder = await recorder.open("By date")
    assert titles(folder) == ["2026-11", "2026-10", "2026-09", "2026-08"]
    inside = await recorder.open("By date", "2026-10")
    assert inside["title"] == "2026-10"
    assert len(inside["children"]) > 100
    assert all("2026-10" in title for title in titles(inside))


async def test_a_first_look_shows_the_newest_page_after_one_answer(
    recorder: Recorder,
) -> None:
    """The rest comes while somebody looks at it."""
    recorder.world.add_captures(500)
    assert await recorder.house.unload(recorder.entry)
    recorder.fail(kind="slow", host=HUB, seconds=10, after=2)
    assert await recorder.house.set_up(recorder.entry)
    folder = await recorder.open("By date")
    assert len(folder["children"]) == 200
    recorder.world.faults.clear()
    await recorder.pass_by(120)
    assert len(titles(await recorder.open("By date"))) == 4


async def test_a_look_that_fails_says_why_and_is_made_again(recorder: Recorder) -> None:
    """By whoever opens the folder next."""
    assert await recorder.house.unload(recorder.entry)
    recorder.fail(kind="status", host=HUB, status=503)
    assert await recorder.house.set_up(recorder.entry)
    (by_date, *_) = (await recorder.browse())["children"]
    answer = await recorder.ask(
        "media_source/browse_media", media_content_id=by_date["media_content_id"]
    )
    assert not answer["success"]
    assert HUB in answer["error"]["message"]
    recorder.world.faults.clear()
    # The service is left alone for a while.
    await recorder.pass_by(60)
    await recorder.open("By date")
    await recorder.pass_by(5)
    assert len(titles(await recorder.open("By date"))) == 6


async def test_friends(recorder: Recorder) -> None:
    """By name, then by game; asked once for several clicks."""
    taken = recorder.take("gameclip", "tidewater", person="mika")
    folder = await recorder.open("Friends")
    assert "LanternFox2048" in titles(folder)
    assert titles(folder) == sorted(titles(folder), key=str.casefold)
    games = await recorder.open("Friends", "LanternFox2048")
    assert titles(games) == ["Tidewater Tales"]
    recorder.forget_requests()
    inside = await recorder.open("Friends", "LanternFox2048", "Tidewater Tales")
    assert recorder.asked() == []
    (clip,) = inside["children"]
    status, _, body = await recorder.get(await _address(recorder, clip))
    assert (status, body) == (200, recorder.content(taken))


async def test_a_friend_who_shows_nothing(recorder: Recorder) -> None:
    """Has an empty folder."""
    recorder.take("gameclip", "tidewater", person="tove")
    recorder.world.people["tove"].private = True
    assert titles(await recorder.open("Friends", "Paper Kite 31")) == []


async def test_the_community(recorder: Recorder) -> None:
    """By games that were captured or played."""
    taken = recorder.take("screenshot", "tidewater", person="mika")
    folder = await recorder.open("Community")
    assert "Tidewater Tales" in titles(folder)
    inside = await recorder.open("Community", "Tidewater Tales")
    newest = inside["children"][0]
    assert taken.id in newest["media_content_id"]
    status, headers, body = await recorder.get(await _address(recorder, newest))
    assert (status, body) == (200, recorder.content(taken))
    assert headers["Content-Type"] == "image/png"


async def _address(recorder: Recorder, child: Any) -> str:
    """Where the frontend gets something that was clicked on."""
    answer = await recorder.ask(
        "media_source/resolve_media", media_content_id=child["media_content_id"]
    )
    assert answer["success"], answer
    assert answer["result"]["mime_type"] == child["media_content_type"]
    return str(answer["result"]["url"])


@pytest.mark.parametrize("form", ["PNG", "JPG"])
async def test_every_capture_can_be_played_or_shown(
    recorder: Recorder, form: str
) -> None:
    """Under a signed path of our own, whole, as what it is."""
    recorder.world.knobs.update({"picture_format": form})
    await recorder.look()
    folder = await recorder.open("By date")
    for child, capture in zip(folder["children"], recorder.own(), strict=True):
        address = await _address(recorder, child)
        assert urlsplit(address).path.startswith(f"/api/{DOMAIN}/captures/")
        assert "authSig" in parse_qs(urlsplit(address).query)
        status, headers, body = await recorder.get(address)
        assert (status, body) == (200, recorder.content(capture))
        assert headers["Content-Type"] == child["media_content_type"]


async def test_a_capture_is_resolved_for_any_player(
    hass: HomeAssistant, recorder: Recorder
) -> None:
    """Also long after it was browsed, by its identifier alone."""
    taken = recorder.take("gameclip", "tidewater", person="mika")
    inside = await recorder.open("Friends", "LanternFox2048", "Tidewater Tales")
    media_id = inside["children"][0]["media_content_id"]
    assert await hass.config_entries.async_reload(recorder.entry.entry_id)
    media = await recorder.house.clock.result(
        async_resolve_media(hass, media_id, "media_player.tv"), within=60
    )
    assert media.mime_type == "video/mp4"
    _, _, body = await recorder.get(media.url)
    assert body == recorder.content(taken)


@pytest.mark.parametrize(
    "identifier",
    [
        "",
        "/nonsense",
        "/entry={entry}",
        "/entry={entry}&shelf=by_date&capture=unknown",
        "/entry=other&shelf=by_date&capture=unknown",
    ],
)
async def test_what_cannot_be_played(
    hass: HomeAssistant, recorder: Recorder, identifier: str
) -> None:
    """Is said in words."""
    media_id = ROOT + identifier.format(entry=recorder.entry.entry_id)
    with pytest.raises(Unresolvable) as error:
        await async_resolve_media(hass, media_id, None)
    assert error.value.translation_key in ("unknown_capture", "captures_not_loaded")


@pytest.mark.parametrize("identifier", ["/nonsense", "/entry=other"])
async def test_what_cannot_be_opened(recorder: Recorder, identifier: str) -> None:
    """Is said in words, in the panel and in the search."""
    for kind in ("browse", "search"):
        answer = await recorder.ask(
            f"media_source/{kind}_media",
            media_content_id=ROOT + identifier,
            **({"search_query": "x"} if kind == "search" else {}),
        )
        assert not answer["success"]
        assert "capture" in answer["error"]["message"]


async def _search(recorder: Recorder, text: str, **more: Any) -> list[str]:
    data = {"media_content_id": ROOT, **more}
    answer = await recorder.ask("media_source/search_media", search_query=text, **data)
    assert answer["success"], answer
    return titles({"children": answer["result"]["result"]})


async def test_search(recorder: Recorder) -> None:
    """By a part of the game, a caption or a day; the newest first, without a request."""
    recorder.world.captures[1].caption = "Look at that moon"
    await recorder.look()
    recorder.forget_requests()
    assert len(await _search(recorder, "nebula")) == 2
    assert all("Nebula Drift GT" in one for one in await _search(recorder, "nebula"))
    (moon,) = await _search(recorder, "moon")
    assert moon.startswith("Look at that moon · ")
    for time in ("2026-11-05", "2026-11", "2026-11-05 17"):
        found = await _search(recorder, time)
        assert found
        assert all(time in one for one in found)
    assert await _search(recorder, "chess of 1472") == []
    assert recorder.asked() == []


async def test_a_search_among_pictures_in_a_folder(recorder: Recorder) -> None:
    """Only what is in it, and of the class that is wanted."""
    folder = await recorder.open("By game")
    starfall = folder["children"][0]
    assert starfall["can_search"]
    found = await _search(
        recorder, "nebula", media_content_id=starfall["media_content_id"]
    )
    assert found == []
    pictures = await _search(recorder, "nebula", media_filter_classes=["image"])
    assert len(pictures) == 1


async def test_several_accounts(recorder: Recorder) -> None:
    """Each is a folder; a search at the top looks into all of them."""
    recorder.world.accounts["child"].refusal = None
    child = await recorder.house.clock.result(
        signed_in_entry(recorder.hass, recorder.house.simulator, "child"), within=30
    )
    recorder.take("gameclip", "tidewater", person="child")
    assert await recorder.house.set_up(child)
    root = await recorder.browse()
    assert titles(root) == ["QuietHarbor77", child.title]
    assert len(titles(await recorder.open(child.title, "By date"))) == 1
    assert len(await _search(recorder, "tidewater")) == 3


async def test_no_account(recorder: Recorder) -> None:
    """Nothing is there, and nothing fails."""
    assert await recorder.house.unload(recorder.entry)
    assert titles(await recorder.browse()) == []
