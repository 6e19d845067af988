"""Promises of the documents that the client was made from."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from custom_components.xbox_console.xboxlive.errors import (
    ClipNotFound,
    ContractNotSupported,
    GamertagNotFound,
    NotFound,
    NotModified,
    RateLimited,
    UnexpectedResponse,
)
from custom_components.xbox_console.xboxlive.ratelimit import Window
from custom_components.xbox_console.xboxlive.services.gameclips import ThumbnailType
from custom_components.xbox_console.xboxlive.session import Service
from tests.client.answers import sample
from tests.client.calls_people_titles import SCID, THEM, all_of
from tests.client.scripted import Said, Scripted, scripted_services

PROFILE = "https://profile.xboxlive.com/users/me/profile/settings?settings=A%2CB"


@pytest.fixture
async def scripted(socket_enabled: None) -> AsyncIterator[Scripted]:
    """The client and scripted services."""
    async with scripted_services() as running:
        yield running


async def test_any_address_of_a_known_host(scripted: Scripted) -> None:
    """Case K: signed in, in the contract of the service that lives there, and changed like any call."""
    scripted.say({"said": True})
    reply = await scripted.session.send("GET", PROFILE, query={"mine": 2, "no": None})
    assert reply.json() == {"said": True}
    assert scripted.last.path == "/profile.xboxlive.com/users/me/profile/settings"
    assert scripted.last.query == {"settings": "A,B", "mine": "2"}
    assert scripted.last.headers["x-xbl-contract-version"] == "3"
    assert scripted.last.headers["Authorization"] == scripted.account.value
    assert scripted.session.budgets["profile.xboxlive.com"].remaining == 9
    await scripted.session.send(
        "POST", "https://privacy.xboxlive.com/x", {"a": 1}, contract=4
    )
    assert scripted.last.body == {"a": 1}
    assert scripted.last.headers["x-xbl-contract-version"] == "4"


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/users/me",
        "http://profile.xboxlive.com/users/me",
        "https://xboxlive.com.elsewhere.example/",
        "https://notxboxlive.com/",
        "/users/me",
    ],
)
async def test_a_sign_in_goes_nowhere_else(address: str, scripted: Scripted) -> None:
    """Case K: it is not sent to a host that it is not meant for, nor in the open."""
    with pytest.raises(ValueError, match="not an https address"):
        await scripted.session.send("GET", address)
    assert not scripted.asked
    assert scripted.account.authorizations == 0


async def test_a_form(scripted: Scripted) -> None:
    """Case K: fields instead of JSON, written as forms are."""
    scripted.say(None)
    await scripted.session.send(
        "POST", "https://profile.xboxlive.com/form", form={"text": "ä & b", "n": "1"}
    )
    assert scripted.last.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert scripted.last.text == "text=%C3%A4+%26+b&n=1"
    await scripted.session.send("HEAD", PROFILE)
    assert "Content-Type" not in scripted.last.headers


async def test_writing_has_windows_of_its_own(scripted: Scripted) -> None:
    """Case K: neither uses up what the other may; a question by POST is a read."""
    service = Service("a.b", windows=(Window(2, 60),), writes=(Window(1, 60),))
    scripted.say(None)
    await scripted.session.request(service, "PUT", "/")
    await scripted.session.request(service, "GET", "/")
    await scripted.session.request(service, "POST", "/", idempotent=True)
    for method in ("GET", "POST", "DELETE"):
        with pytest.raises(RateLimited):
            await scripted.session.request(service, method, "/")
    assert len(scripted.asked) == 3


@pytest.mark.parametrize(
    ("status", "kind"),
    [(304, NotModified), (406, ContractNotSupported), (410, UnexpectedResponse)],
)
async def test_answers_that_are_told_apart(
    status: int, kind: type[UnexpectedResponse], scripted: Scripted
) -> None:
    """Case K: nothing new is not the same as a version that is not spoken."""
    scripted.say(Said(status=status))
    with pytest.raises(UnexpectedResponse) as problem:
        await scripted.xbox.userstats(headers={"If-None-Match": "1"}).of(THEM, SCID)
    assert type(problem.value) is kind
    assert problem.value.status == status


async def test_what_was_not_found_is_named(scripted: Scripted) -> None:
    """Case K: a gamertag or a clip, by status or by empty list."""
    xbox = scripted.xbox
    scripted.say(Said(status=404))
    for unknown in (
        xbox.player("Nobody At All"),
        xbox.player(xuid=THEM),
        xbox.social.of_gamertag("Nobody At All"),
    ):
        with pytest.raises(GamertagNotFound):
            await unknown
    for gone in (
        xbox.gameclips.one(THEM, SCID, "c1"),
        xbox.gameclips.delete(SCID, "c1"),
        xbox.mediahub.clip("c1"),
    ):
        with pytest.raises(ClipNotFound):
            await gone
    with pytest.raises(NotFound):
        await xbox.mediahub.screenshot("c1")
    scripted.say({"profileUsers": [], "values": []})
    with pytest.raises(GamertagNotFound):
        await xbox.profiles.of(THEM)
    with pytest.raises(ClipNotFound):
        await xbox.mediahub.clip("c1")


async def test_skipping_is_said_once(scripted: Scripted) -> None:
    """Case K: further pages go on from the first, without skipping again."""
    first: Any = sample("mediahub_clips")
    scripted.say({**first, "continuationToken": "more"}, first)
    assert len(await all_of(scripted.xbox.mediahub.clips(skip=5))) == 2
    assert [asked.body["skip"] for asked in scripted.asked] == [5, 0]  # type: ignore[call-overload,index]  # an object
    scripted.asked.clear()
    first = sample("gameclips_page")
    scripted.say({**first, "pagingInfo": {"continuationToken": "2"}}, first)
    assert len(await all_of(scripted.xbox.gameclips.own(skip=5, page_size=2))) == 4
    assert [dict(asked.query) for asked in scripted.asked] == [
        {"skipItems": "5", "maxItems": "2"},
        {"continuationToken": "2", "maxItems": "2"},
    ]


async def test_a_clip_at_a_glance(scripted: Scripted) -> None:
    """Case K: its name, its film, its previews by their names."""
    page: Any = sample("gameclips_page")
    page["gameClips"][0]["clipName"] = "The leak"
    scripted.say(page)
    clip, pending = await all_of(scripted.xbox.gameclips.own())
    assert clip.name == "The leak"
    assert (clip.media_url or "").partition("?")[0].endswith("/v.MP4")
    small, large = clip.thumbnails
    assert clip.thumbnail(ThumbnailType.SMALL) == small.uri
    assert clip.thumbnail(ThumbnailType.LARGE) == large.uri
    assert pending.thumbnail(ThumbnailType.SMALL) is None
    scripted.say(sample("mediahub_clips"))
    stored = await scripted.xbox.mediahub.clip("x")
    assert (stored.media_url or "").partition("?")[0].endswith("/a.MP4")
    scripted.say(sample("screenshots_page"))
    (screenshot,) = await all_of(scripted.xbox.screenshots.own())
    assert screenshot.media_url == screenshot.screenshot_uris[0].uri


@pytest.mark.parametrize("number", [7, 9007199254740993, 2**63 - 1, -1])
async def test_whole_numbers_stay_themselves(number: int, scripted: Scripted) -> None:
    """Case K: in either contract, also where a float would round them."""
    answer: Any = sample("userstats_requested")
    answer["users"][0]["scids"][0]["stats"][0]["value"] = number
    scripted.say(answer)
    (user,) = await scripted.xbox.userstats.requested([THEM], {SCID: ["A"]})
    assert user.scids[0].stats[0].value == number
    assert type(user.scids[0].stats[0].value) is int
    answer = sample("userstats_batch")
    answer["statlistscollection"][0]["stats"][0]["value"] = str(number)
    scripted.say(answer)
    statistics = await scripted.xbox.userstats.of(THEM, SCID)
    value = statistics.stat_lists_collection[0].stats[0].number
    assert value == number
    assert type(value) is int


@pytest.mark.parametrize(
    ("sent", "number"),
    [("0.5", 0.5), ("1e3", 1000.0), ("nan", None), ("inf", None), ("much", None)],
)
async def test_other_values_of_statistics(
    sent: str, number: float | None, scripted: Scripted
) -> None:
    """A number, or none."""
    answer: Any = sample("userstats_batch")
    answer["statlistscollection"][0]["stats"][0]["value"] = sent
    scripted.say(answer)
    statistics = await scripted.xbox.userstats.of(THEM, SCID)
    assert statistics.stat_lists_collection[0].stats[0].number == number
