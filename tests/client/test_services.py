"""Each verb of each service: what it asks, over a real socket, and what it makes of the answer."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from custom_components.xbox_console.xboxlive.errors import (
    NotFound,
    RateLimited,
    UnexpectedResponse,
)
from custom_components.xbox_console.xboxlive.model import Json
from custom_components.xbox_console.xboxlive.services.account import NoFreeChange
from custom_components.xbox_console.xboxlive.services.catalog import ImagePurpose
from custom_components.xbox_console.xboxlive.services.mediahub import Locator
from custom_components.xbox_console.xboxlive.services.pins import Pin
from custom_components.xbox_console.xboxlive.services.presence import Visibility
from tests.client import calls_captures, calls_games_messages, calls_people_titles
from tests.client.answers import sample
from tests.client.calls_people_titles import SCID, THEM, all_of
from tests.client.scripted import Said, Scripted, scripted_services

CALLS = {
    **calls_people_titles.CALLS,
    **calls_games_messages.CALLS,
    **calls_captures.CALLS,
}


@pytest.fixture
async def scripted(socket_enabled: None) -> AsyncIterator[Scripted]:
    """The client and scripted services."""
    async with scripted_services() as running:
        yield running


@pytest.mark.parametrize("name", CALLS)
async def test_what_a_verb_asks(name: str, scripted: Scripted) -> None:
    """Method, address, contract, query and body are what the service expects."""
    call, answer, contract, target, query, body = CALLS[name]
    scripted.say(sample(answer) if answer else None)
    result = await call(scripted.xbox)
    asked = scripted.last
    assert f"{asked.method} {asked.path}" == target
    assert "&".join(f"{key}={value}" for key, value in asked.query.items()) == query
    assert asked.body == body
    assert asked.headers.get("x-xbl-contract-version", "") == contract
    public = ("catalog.gamepass", "displaycatalog", "xnotify")
    signed_in = not any(host in target for host in public)
    assert ("Authorization" in asked.headers) is signed_in
    if answer:
        assert result


@pytest.mark.parametrize("name", CALLS)
async def test_every_call_can_be_changed(name: str, scripted: Scripted) -> None:
    """Language, contract, headers and query can be overridden for one call of any verb."""
    call, answer, *_ = CALLS[name]
    service = next(
        attribute
        for attribute, value in vars(scripted.xbox).items()
        if attribute != "session" and attribute in call.__code__.co_names
    )
    changed = getattr(scripted.xbox, service)(
        language="fi-FI", headers={"X-Mine": "1"}, query={"mine": "2"}
    )
    setattr(scripted.xbox, service, changed)
    scripted.say(sample(answer) if answer else None)
    await call(scripted.xbox)
    assert scripted.last.headers["Accept-Language"] == "fi-FI"
    assert scripted.last.headers["X-Mine"] == "1"
    assert scripted.last.query["mine"] == "2"


async def test_a_change_is_for_the_calls_made_through_it(scripted: Scripted) -> None:
    """The service itself stays as it was."""
    scripted.say(sample("people_summary"))
    await scripted.xbox.social(contract=3).own()
    assert scripted.last.headers["x-xbl-contract-version"] == "3"
    await scripted.xbox.social.own()
    assert scripted.last.headers["x-xbl-contract-version"] == "2"
    assert scripted.last.headers["Accept-Language"] == "de-DE"


def page(number: int, last: int, size: int = 3) -> Json:
    """A page of clips."""
    answer: Any = sample("mediahub_clips")
    clip = answer["values"][0]
    clips: list[Json] = [
        {**clip, "contentId": f"{number}-{place}"} for place in range(size)
    ]
    more = {"continuationToken": f"to {number + 1}"} if number < last else {}
    return {"values": clips, **more}


async def test_lists_page_by_themselves(scripted: Scripted) -> None:
    """One page at a time, the token in the body, until there is none."""
    scripted.say(page(1, 3), page(2, 3), page(3, 3))
    clips = await all_of(scripted.xbox.mediahub.clips())
    assert [clip.content_id for clip in clips] == [
        f"{number}-{place}" for number in (1, 2, 3) for place in range(3)
    ]
    assert [asked.body.get("continuationToken") for asked in scripted.asked] == [  # type: ignore[union-attr]  # an object
        None,
        "to 2",
        "to 3",
    ]


@pytest.mark.parametrize(("limit", "requests"), [(0, 0), (1, 1), (3, 1), (4, 2)])
async def test_a_limit_spares_requests(
    limit: int, requests: int, scripted: Scripted
) -> None:
    """No page is fetched that is not needed."""
    scripted.say(page(1, 3), page(2, 3), page(3, 3))
    assert len(await all_of(scripted.xbox.mediahub.clips(limit=limit))) == limit
    assert len(scripted.asked) == requests


@pytest.mark.parametrize("again", [page(1, 9), page(2, 9, size=0)])
async def test_a_service_that_runs_in_circles_has_an_end(
    again: Json, scripted: Scripted
) -> None:
    """A repeated token, or one after an empty page, ends the list."""
    scripted.say(page(1, 9), again)
    assert len(await all_of(scripted.xbox.mediahub.clips())) <= 6
    assert len(scripted.asked) == 2


async def test_lists_by_get_carry_the_token_in_the_query(scripted: Scripted) -> None:
    """The older services page like that."""
    first: Any = sample("gameclips_page")
    first["pagingInfo"]["continuationToken"] = "a+b/c="
    scripted.say(first, sample("gameclips_page"))
    clips = await all_of(scripted.xbox.gameclips.own())
    assert len(clips) == 4
    assert scripted.last.query["continuationToken"] == "a+b/c="


async def test_a_large_batch_is_split(scripted: Scripted) -> None:
    """The presence service takes 1,100 people at once."""
    scripted.say(
        lambda asked: Said(
            [{"xuid": xuid, "state": "Offline"} for xuid in asked.body["users"]]  # type: ignore[call-overload,index,union-attr]  # an object
        )
    )
    xuids = [str(2533270000000000 + number) for number in range(2500)]
    records = await scripted.xbox.presence.batch(xuids)
    assert [record.xuid for record in records] == xuids
    sizes = [len(asked.body["users"]) for asked in scripted.asked]  # type: ignore[arg-type,call-overload,index]  # as above
    assert sizes == [1100, 1100, 300]
    assert await scripted.xbox.presence.batch([]) == ()
    assert len(scripted.asked) == 3


async def test_many_products_take_several_requests(scripted: Scripted) -> None:
    """An address must not grow without end."""
    scripted.say(sample("catalog_products"))
    found = await scripted.xbox.catalog.products(f"9{n:011}" for n in range(45))
    assert [len(asked.query["bigIds"].split(",")) for asked in scripted.asked] == [
        20,
        20,
        5,
    ]
    assert len(found) == 3


async def test_limits_are_per_service(scripted: Scripted) -> None:
    """Presence: 30 reads and 3 writes in 15 seconds, each counted on its own."""
    scripted.say(sample("presence_online"))
    for _ in range(30):
        await scripted.xbox.presence.own()
    with pytest.raises(RateLimited) as refused:
        await scripted.xbox.presence.own()
    assert 0 < refused.value.retry_after <= 15
    for _ in range(3):
        await scripted.xbox.presence.show_as(Visibility.ACTIVE)
    with pytest.raises(RateLimited):
        await scripted.xbox.presence.show_as(Visibility.ACTIVE)
    scripted.say(sample("people_summary"))
    await scripted.xbox.social.own()
    assert len(scripted.asked) == 34


async def test_both_kinds_of_achievements_share_a_limit(scripted: Scripted) -> None:
    """They are one service."""
    scripted.say(sample("achievements_360_page"))
    for _ in range(100):
        await all_of(scripted.xbox.achievements_360.latest(THEM))
    with pytest.raises(RateLimited):
        await scripted.xbox.achievements.one(THEM, SCID, "1")


# The status page packs what it says in any way: tests/client/test_status.py.
ANSWERED = [name for name in CALLS if CALLS[name][1] and name != "status page"]


@pytest.mark.parametrize("name", ANSWERED)
async def test_what_tells_nothing_is_no_answer(scripted: Scripted, name: str) -> None:
    """Neither a list of nothing nor an object without news."""
    call, answer, *_ = CALLS[name]
    odd: list[Json] = [{}, {"version": "9"}, bent(sample(answer))]
    for said in odd:
        scripted.say(said)
        with pytest.raises(UnexpectedResponse):
            await call(scripted.xbox)


def bent(value: Json) -> Json:
    """The same with a list around each word and each number."""
    if isinstance(value, dict):
        return {name: bent(member) for name, member in value.items()}
    return [bent(item) for item in value] if isinstance(value, list) else [value]


async def test_nothing_found(scripted: Scripted) -> None:
    """Gamertags, clips and titles that do not exist are NotFound, by status or by empty list."""
    scripted.say(Said(status=404))
    with pytest.raises(NotFound):
        await scripted.xbox.player("Nobody At All")
    scripted.say({"profileUsers": []})
    with pytest.raises(NotFound):
        await scripted.xbox.player(xuid=THEM)
    scripted.say({"values": []})
    with pytest.raises(NotFound):
        await scripted.xbox.mediahub.clip("gone")


async def test_a_message_has_an_end(scripted: Scripted) -> None:
    """Too long a text is not sent."""
    with pytest.raises(ValueError, match="256"):
        await scripted.xbox.messages.send(THEM, "x" * 257)
    assert not scripted.asked


@pytest.mark.parametrize("said", [b"", b"{}", b"null", b'"done"'])
async def test_what_has_no_answer_takes_any(scripted: Scripted, said: bytes) -> None:
    """The status tells that it was done: a body of a new shape fails no order."""
    scripted.say(Said(said))
    await scripted.xbox.presence.show_as(Visibility.CLOAKED)


@pytest.mark.parametrize("said", [b"<html>Welcome to our network</html>", b'{"sta'])
async def test_who_is_not_the_service_does_nothing(
    scripted: Scripted, said: bytes
) -> None:
    """A page, or half an answer, is no sign that an order was carried out."""
    scripted.say(Said(said))
    with pytest.raises(UnexpectedResponse):
        await scripted.xbox.presence.show_as(Visibility.CLOAKED)


async def test_a_careful_pin_names_the_version(scripted: Scripted) -> None:
    """The service refuses it if the list has changed since."""
    scripted.say(Said(status=412))
    with pytest.raises(UnexpectedResponse, match="412"):
        await scripted.xbox.pins.insert([Pin(item_id="9A")], version=1413)
    assert scripted.last.headers["If-Match"] == "1413"


async def test_gamertags_that_cannot_be_had(scripted: Scripted) -> None:
    """Taken, or not for free."""
    scripted.say(Said(status=409))
    assert not await scripted.xbox.account.reserve_gamertag("Taken")
    scripted.say(Said({"code": 1020}, status=403))
    with pytest.raises(NoFreeChange):
        await scripted.xbox.account.change_gamertag("Costly")


async def test_a_player(scripted: Scripted) -> None:
    """The profile at a glance, and the captures without knowing the services."""
    scripted.say(sample("profile_list"))
    player = await scripted.xbox.player("Tin Captain")
    assert player.gamertag == "Tin Captain#42"
    assert player.gamerscore == 4210
    assert player.picture == (
        "https://images-eds-ssl.xboxlive.com/image?url=lantern&format=png"
    )
    assert (await scripted.xbox.player()).xuid == player.xuid
    scripted.say(sample("gameclips_page"))
    clips = await all_of(player.clips())
    assert [clip.pending for clip in clips] == [False]
    assert len(await all_of(player.clips(include_pending=True, saved=True))) == 2
    assert scripted.last.path.endswith(f"/users/xuid({player.xuid})/clips/saved")
    assert len(await all_of(player.clips(include_pending=True, limit=1))) == 1
    scripted.say(sample("screenshots_page"))
    assert len(await all_of(player.screenshots())) == 1
    scripted.say(sample("gameclips_one"))
    assert (await player.clip(SCID, "c1")).duration_in_seconds == 28


async def test_what_answers_mean(scripted: Scripted) -> None:
    """Values are worked out the way the services mean them."""
    scripted.say(sample("catalog_products"))
    product = (await scripted.xbox.catalog.products(["9PHARBOUR001"]))[0]
    assert product.title == "Paper Harbour"
    assert product.image(ImagePurpose.POSTER, ImagePurpose.BOX_ART) == (
        "https://store-images.s-microsoft.com/image/apps.1.0.0.paper-harbour"
    )
    assert product.image(ImagePurpose.LOGO) is None
    scripted.say(sample("achievements_page"))
    had, not_had = await all_of(scripted.xbox.achievements.of_title(THEM, "17"))
    assert had.unlocked
    assert had.gamerscore == 10
    assert not not_had.unlocked
    assert not_had.progression is not None
    assert not_had.progression.time_unlocked is None
    scripted.say(sample("achievements_360_page"))
    never, once = await all_of(scripted.xbox.achievements_360.of_title(THEM, "17"))
    assert never.time_unlocked is None
    assert once.time_unlocked == datetime(2014, 4, 12, 14, 5, 2, tzinfo=UTC)


async def test_what_answers_mean_about_captures_and_more(scripted: Scripted) -> None:
    """Times, numbers and texts likewise."""
    scripted.say(sample("mediahub_clips"))
    clip = await scripted.xbox.mediahub.clip("x")
    assert clip.captured_at == datetime(2026, 3, 2, 20, 24, 1, tzinfo=UTC)
    download = clip.locator(Locator.DOWNLOAD)
    assert download is not None
    assert download.expiration == datetime(2026, 3, 5, 16, 26, 27, 790957, tzinfo=UTC)
    assert clip.locator(Locator.DOWNLOAD_HDR) is None
    scripted.say(sample("mediahub_screenshots"))
    screenshot = await scripted.xbox.mediahub.screenshot("x")
    assert screenshot.captured_at == datetime(2026, 3, 2, 19, 49, 17, tzinfo=UTC)
    scripted.say(sample("messages_conversation"))
    assert (await scripted.xbox.messages.conversation(THEM)).items[0].text == (
        "Boats at eight?"
    )
    scripted.say(sample("userstats_batch"))
    statistics = await scripted.xbox.userstats.of(THEM, SCID)
    assert [stat.number for stat in statistics.stat_lists_collection[0].stats] == [
        57,
        None,
    ]
    scripted.say(sample("pins_list"))
    pinned = (await scripted.xbox.pins.get()).list_items[0]
    assert pinned.date_added == datetime(2025, 8, 4, 21, 6, 6, tzinfo=UTC)
    assert pinned.item.title == "Paper Harbour"


async def test_captures_in_words_and_numbers(scripted: Scripted) -> None:
    """The older services send some words as numbers now."""
    scripted.say(sample("gameclips_page"))
    published, pending = await all_of(scripted.xbox.gameclips.own())
    assert (published.state, published.type) == ("Published", "UserGenerated")
    assert [each.thumbnail_type for each in published.thumbnails] == ["Small", "Large"]
    assert published.game_clip_uris[0].uri_type == pending.game_clip_uris[0].uri_type
    assert pending.state == "PendingUpload"
