"""What answers of the services led the client to do too often, or to leave out."""

from collections.abc import AsyncIterator

import pytest

from custom_components.xbox_console.xboxlive.errors import AccessDenied
from custom_components.xbox_console.xboxlive.model import Json
from custom_components.xbox_console.xboxlive.player import Player
from tests.client.calls_people_titles import all_of
from tests.client.scripted import Asked, Said, Scripted, scripted_services

XUID = "2533274790100001"


@pytest.fixture
async def scripted(socket_enabled: None) -> AsyncIterator[Scripted]:
    """The client before services that say what a test wants."""
    async with scripted_services() as running:
        yield running


async def test_privacy_costs_no_new_token_each_time(scripted: Scripted) -> None:
    """Case I3: a 403 is doubted once a token; whoever hides is asked about once each."""
    scripted.account.fresh = [f"XBL3.0 x=hash;{number}" for number in range(50)]
    scripted.say(Said(status=403))
    for _ in range(30):
        with pytest.raises(AccessDenied):
            await scripted.xbox.titlehub.history(XUID)
    assert len(scripted.asked) == 31
    assert len(scripted.account.fresh) == 49


async def test_a_token_that_is_dead_is_renewed_whenever_it_is(
    scripted: Scripted,
) -> None:
    """Case I3: a 401 means the token, also after a 403 was believed."""
    scripted.account.fresh = ["XBL3.0 x=hash;second", "XBL3.0 x=hash;third"]
    scripted.say(Said(status=403))
    with pytest.raises(AccessDenied):
        await scripted.xbox.titlehub.history(XUID)
    scripted.say(Said(status=401), Said({"titles": []}))
    assert await scripted.xbox.titlehub.history(XUID) == ()
    assert scripted.account.fresh == []


async def test_a_403_of_a_young_token_is_believed(scripted: Scripted) -> None:
    """Case I3: there is no other to be had, so the next one asks for none."""
    scripted.say(Said(status=403))
    for _ in range(3):
        with pytest.raises(AccessDenied):
            await scripted.xbox.titlehub.history(XUID)
    assert len(scripted.asked) == 3


def _clips(first: int, count: int, state: Json = "Published") -> list[Json]:
    return [
        {"gameClipId": str(number), "state": state}
        for number in range(first, first + count)
    ]


async def _player(scripted: Scripted, said: Json) -> Player:
    scripted.say({"profileUsers": [{"id": XUID, "settings": []}]})
    player = await scripted.xbox.player(xuid=XUID)
    scripted.asked.clear()
    scripted.say(said)
    return player


@pytest.mark.parametrize(("limit", "pages"), [(0, 0), (1, 1), (100, 1), (101, 2)])
async def test_as_many_captures_as_were_asked_for_and_no_page_more(
    scripted: Scripted, limit: int, pages: int
) -> None:
    """Case I5: the page that holds the last of them is the last."""

    def page(asked: Asked) -> Said:
        first = int(asked.query.get("continuationToken") or 0)
        token: Json = {"continuationToken": str(first + 100)}
        return Said({"gameClips": _clips(first, 100), "pagingInfo": token})

    player = await _player(scripted, None)
    scripted.answers = [page]
    assert len(await all_of(player.clips(limit=limit))) == limit
    assert len(scripted.asked) == pages


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("Published", True),
        (6, True),
        ("Flagged", True),
        ("SomethingNew", True),
        (None, True),
        ("PendingUpload", False),
        ("Uploaded", False),
        ("Processing", False),
    ],
)
async def test_only_what_is_on_its_way_is_pending(
    scripted: Scripted, state: Json, shown: bool
) -> None:
    """Case I5: what has another state is there, and can be seen."""
    player = await _player(scripted, {"gameClips": _clips(0, 1, state)})
    assert len(await all_of(player.clips())) == shown
    assert len(await all_of(player.clips(include_pending=True))) == 1
