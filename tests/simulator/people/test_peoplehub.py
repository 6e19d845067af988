"""Friends, profiles, search and one's own gamertag."""

import pytest

from tests.simulator.console_client import ConsoleClient, Json
from tests.simulator.people_client import call, do, person, profile, read, who

HUB = "/peoplehub.xboxlive.com/users"
SOCIAL = "/social.xboxlive.com/users"
PROFILE = "/profile.xboxlive.com/users"


async def friends(remote: ConsoleClient, path: str = "me/people/friends") -> list[str]:
    """Return the gamertags of a list."""
    body = await read(remote, f"{HUB}/{path}/decoration/detail", "7")
    return [one["gamertag"] for one in body["people"]]


async def test_friends(remote: ConsoleClient) -> None:
    """Those who follow each other; unfriended ones leave, generated ones come."""
    before = await friends(remote)
    assert before == [
        "PocketComet4821",
        "LanternFox2048",
        "VelvetOrbit",
        "HiddenGrove",
        "FreshSprout9",
        "Paper Kite 31",
    ]
    await do(remote, "tove", "unfriend")
    assert await friends(remote) == before[:-1]
    await do(remote, "oren", "friend")
    status, made = await remote.control("POST", "friends", {"count": 100})
    assert (status, len(made)) == (200, 100)
    assert len(await friends(remote)) == 106
    assert (await remote.control("POST", "friends", {"count": 0}))[0] == 400


async def test_followed_but_no_friend(remote: ConsoleClient) -> None:
    """Only the older list has whom one merely follows."""
    del person(remote, "pip").following["parent"]
    assert "FreshSprout9" not in await friends(remote)
    assert "FreshSprout9" in await friends(remote, "me/people/social")


async def test_someone_elses_friends(remote: ConsoleClient) -> None:
    """Unless it is private."""
    path = f"{who(remote, 'mika')}/people/friends"
    assert set(await friends(remote, path)) == {
        "QuietHarbor77",
        "Paper Kite 31",
        "SlowComet404",
    }
    assert await friends(remote, f"{who(remote, 'sable')}/people/friends") == []


async def test_full_person(remote: ConsoleClient) -> None:
    """Everything there is to say of somebody in a game."""
    body = await profile(remote, "mika")
    assert (body["isFriend"], body["isFavorite"], body["uniqueModernGamertag"]) == (
        True,
        True,
        "LanternFox#2048",
    )
    assert body["presenceText"] == "Tidewater Tales - Mending nets in the harbour"
    assert body["titlePresence"]["IsCurrentlyPlaying"] is True
    assert [
        (one["State"], one["IsGame"], one["IsPrimary"])
        for one in body["presenceDetails"]
    ] == [("Active", False, False), ("Active", True, True)]
    assert (body["detail"]["friendCount"], body["detail"]["followerCount"]) == (3, 3)
    assert body["multiplayerSummary"]["inParty"] == 2
    assert body["preferredColor"]["primaryColor"] == "c2417c"
    assert body["linkedAccounts"][0]["displayName"] == "lanternfox"


async def test_last_seen_person(remote: ConsoleClient) -> None:
    """Who is gone."""
    body = await profile(remote, "tove")
    assert (body["presenceState"], body["presenceText"]) == (
        "Offline",
        "Last seen 17h ago: Skyline",
    )
    assert body["presenceDetails"][0]["State"] == "LastSeen"
    assert body["presenceTitleIds"] == ["1990010006"]
    assert body["lastSeenDateTimeUtc"].endswith("Z")


async def test_bare_person(remote: ConsoleClient) -> None:
    """Null wherever it may be."""
    body = await profile(remote, "juno")
    assert body["displayName"] is None
    assert set(body["preferredColor"].values()) == {None}
    assert body["linkedAccounts"][0]["displayName"] is None
    assert body["lastSeenDateTimeUtc"] is None


async def test_private_person(remote: ConsoleClient) -> None:
    """A gamertag and nothing else."""
    body = await profile(remote, "sable")
    assert (body["gamertag"], body["gamerScore"]) == ("HiddenGrove", "0")
    assert (body["detail"], body["presenceText"]) == (None, "Offline")


async def test_only_asked_decorations(remote: ConsoleClient) -> None:
    """In whatever case they are written; the others are null."""
    body = await profile(remote, "mika", "PREFERREDCOLOR,titlehistory(1990010003)")
    assert body["preferredColor"] is not None
    assert body["titleHistory"]["TitleName"] == "Tidewater Tales"
    assert (body["detail"], body["presenceDetails"]) == (None, None)


async def test_batch_and_recommendations(remote: ConsoleClient) -> None:
    """Unknown people are left out; friends of friends are proposed; a request is seen."""
    xuids = [person(remote, key).xuid for key in ("mika", "oren")]
    path = f"{HUB}/me/people/batch/decoration/detail"
    status, body = await call(remote, "POST", path, "7", {"xuids": [*xuids, "1"]})
    assert status == 200
    assert [one["xuid"] for one in body["people"]] == xuids
    assert body["people"][1]["isFriendRequestReceived"] is True
    assert (await call(remote, "POST", path, "7", {"xuids": []}))[0] == 400
    path = f"{HUB}/me/people/recommendations/decoration/detail"
    body = await read(remote, path, "7")
    assert [one["gamertag"] for one in body["people"]] == ["SlowComet404"]
    assert body["people"][0]["recommendation"]["Type"] == "FriendOfFriend"
    body = await read(remote, f"{HUB}/me/people/recentplayers", "7")
    assert [one["gamertag"] for one in body["people"]] == ["LanternFox2048"]


async def test_people_want_contract_and_language(remote: ConsoleClient) -> None:
    """Both, and a sign-in."""
    path, headers = f"{HUB}/me/people/friends", remote.headers("7")
    del headers["Accept-Language"]
    assert (await remote.ask("GET", path, headers=headers)).status == 400
    assert (await call(remote, "GET", path, "2"))[0] == 400
    assert (await remote.ask("GET", path, headers={})).status == 401


@pytest.mark.parametrize("where", ["xuid", "gt"])
async def test_summary(remote: ConsoleClient, where: str) -> None:
    """Counts of others."""
    mika = person(remote, "mika")
    place = f"{where}({mika.xuid if where == 'xuid' else 'lanternfox2048'})"
    body = await read(remote, f"{SOCIAL}/{place}/summary", "2")
    assert (body["targetFollowingCount"], body["legacyFriendStatus"]) == (
        3,
        "MutuallyAccepted",
    )
    assert "watermark" not in body


async def test_own_summary_and_strangers(remote: ConsoleClient) -> None:
    """More of oneself; nothing of nobody."""
    body = await read(remote, f"{SOCIAL}/me/summary", "2")
    assert (body["targetFollowingCount"], body["availablePeopleSlots"]) == (6, 994)
    path = f"{SOCIAL}/{who(remote, 'oren')}/summary"
    assert (await read(remote, path, "2"))["legacyFriendStatus"] == "IncomingRequest"
    assert (await call(remote, "GET", f"{SOCIAL}/gt(Nobody)/summary", "2"))[0] == 404


def settings(body: Json) -> dict[str, str]:
    """Return the settings of the first person by name."""
    return {item["id"]: item["value"] for item in body["profileUsers"][0]["settings"]}


@pytest.mark.parametrize("place", ["me", "xuid(2533274790010001)", "gt(quietharbor77)"])
async def test_profile(remote: ConsoleClient, place: str) -> None:
    """Settings are text; names that nobody knows are left out."""
    names = "Gamertag,Gamerscore,UniqueModernGamertag,GameDisplayPicRaw,Nonsense"
    path = f"{PROFILE}/{place}/profile/settings?settings={names}"
    found = settings(await read(remote, path, "3"))
    assert found == {
        "Gamertag": "QuietHarbor77",
        "Gamerscore": "18250",
        "UniqueModernGamertag": "QuietHarbor77",
        "GameDisplayPicRaw": found["GameDisplayPicRaw"],
    }
    kind, _ = await remote.download(
        found["GameDisplayPicRaw"].removeprefix("https:/").partition("&")[0] + "&w=64"
    )
    assert kind == "image/png"


async def test_profiles_of_others(remote: ConsoleClient) -> None:
    """Unknown ones, private ones, many at once, and their colours."""
    path = f"{PROFILE}/gt(Nobody Here)/profile/settings?settings=Gamertag"
    assert (await call(remote, "GET", path, "3"))[0] == 404
    names = ["Gamertag", "Gamerscore", "PreferredColor"]
    users = [person(remote, key).xuid for key in ("sable", "mika")]
    status, body = await call(
        remote,
        "POST",
        f"{PROFILE}/batch/profile/settings",
        "3",
        {"settings": names, "userIds": [*users, "1"]},
    )
    assert (status, len(body["profileUsers"])) == (200, 2)
    found = settings(body)
    assert (found["Gamertag"], found["Gamerscore"]) == ("HiddenGrove", "")
    color = found["PreferredColor"].removeprefix("https:/")
    assert (await read(remote, color, "3"))["primaryColor"] == "1081ca"


async def test_search(remote: ConsoleClient) -> None:
    """By how a gamertag begins."""
    path = "/usersearch.xboxlive.com/suggest"
    body = await read(remote, f"{path}?q=paper k", "1")
    assert [one["result"]["gamertag"] for one in body["results"]] == ["Paper Kite 31"]
    assert (await read(remote, f"{path}?q=zzz", "1"))["results"] == []
    assert (await call(remote, "GET", path, "1"))[0] == 400


@pytest.mark.parametrize(
    ("name", "status"),
    [("Brand New 7", 200), ("VelvetOrbit", 409), ("7 wrong", 400), ("", 400)],
)
async def test_gamertag_availability(
    remote: ConsoleClient, name: str, status: int
) -> None:
    """Free, taken, impossible."""
    path = "/user.mgt.xboxlive.com/gamertags/reserve"
    body = {"Gamertag": name, "ReservationId": person(remote, "parent").xuid}
    assert (await call(remote, "POST", path, "1", body))[0] == status


async def test_gamertag_change(remote: ConsoleClient) -> None:
    """A preview changes nothing; only the first change is free."""
    path = "/accounts.xboxlive.com/users/current/profile/gamertag"
    body = {"gamertag": "Brand New 7", "preview": True, "reservationId": 1}
    assert (await call(remote, "POST", path, "2", body))[0] == 200
    assert person(remote, "parent").gamertag == "QuietHarbor77"
    body["preview"] = False
    assert (await call(remote, "POST", path, "2", body))[0] == 200
    assert person(remote, "parent").gamertag == "Brand New 7"
    body["gamertag"] = "Another One"
    status, refused = await call(remote, "POST", path, "2", body)
    assert (status, refused["code"]) == (403, 1020)


async def test_renamed_and_removed(remote: ConsoleClient) -> None:
    """Somebody has another gamertag, somebody is gone."""
    await do(remote, "tove", "rename", gamertag="Kite Thirty Two")
    assert "Kite Thirty Two" in await friends(remote)
    assert (await remote.control("POST", "people/mika/remove"))[0] == 200
    assert "LanternFox2048" not in await friends(remote)
