"""People, as the whole network shows them: friends, presence, profiles, messages, gamertags."""

import pytest

from custom_components.xbox_console.xboxlive.client import XboxLive
from custom_components.xbox_console.xboxlive.errors import AccessDenied, NotFound
from custom_components.xbox_console.xboxlive.services.account import NoFreeChange
from custom_components.xbox_console.xboxlive.services.people import (
    Decoration,
    Person,
    PresenceDetailState,
)
from custom_components.xbox_console.xboxlive.services.presence import (
    Level,
    OnlineState,
    Placement,
    Visibility,
)
from custom_components.xbox_console.xboxlive.services.profile import Setting
from custom_components.xbox_console.xboxlive.services.social import FriendStatus

from .calls_people_titles import all_of
from .network import Network

NOBODY = "2533274799999999"


def gamertags(people: tuple[Person, ...]) -> set[str | None]:
    """Who they are."""
    return {person.gamertag for person in people}


async def test_friends(xbox: XboxLive) -> None:
    """Who they are and what they do, those of whom little is known included."""
    friends = {
        each.gamertag: each
        for each in (await xbox.people.friends(tuple(Decoration))).people
    }
    assert friends.keys() == {
        "PocketComet4821",
        "LanternFox2048",
        "VelvetOrbit",
        "HiddenGrove",
        "FreshSprout9",
        "Paper Kite 31",
    }
    fox = friends["LanternFox2048"]
    assert fox.unique_modern_gamertag == "LanternFox#2048"
    assert (fox.gamer_score, fox.is_favorite, fox.is_friend) == (41375, True, True)
    assert fox.presence_text == "Tidewater Tales - Mending nets in the harbour"
    assert fox.multiplayer_summary
    assert fox.multiplayer_summary.in_party == 2
    front = next(each for each in fox.presence_details if each.is_primary)
    assert (front.state, front.is_game) == (PresenceDetailState.ACTIVE, True)
    assert fox.presence_title_ids == ("750323071", "1990010003")
    assert fox.title_presence
    assert fox.title_presence.title_name == "Tidewater Tales"
    assert fox.preferred_color
    assert fox.preferred_color.primary_color == "c2417c"
    assert fox.detail
    assert (fox.detail.tenure, fox.detail.bio) == (12, "Boats first, questions later.")
    orbit = friends["VelvetOrbit"]
    assert orbit.preferred_color
    assert orbit.preferred_color.primary_color is None
    assert [each.display_name for each in orbit.linked_accounts] == [None]
    assert friends["HiddenGrove"].detail is None
    assert friends["Paper Kite 31"].last_seen_date_time_utc


async def test_other_people(xbox: XboxLive, mika: str) -> None:
    """Friends of a friend, anybody by XUID, many at once, suggestions and recent players."""
    theirs = await xbox.people.friends_of(mika)
    assert gamertags(theirs.people) == {
        "QuietHarbor77",
        "Paper Kite 31",
        "SlowComet404",
    }
    known = await xbox.people.by_xuid(mika, NOBODY)
    assert gamertags(known.people) == {"LanternFox2048"}
    batch = await xbox.people.batch([mika, await xbox.session.xuid()])
    assert gamertags(batch.people) == {"LanternFox2048", "QuietHarbor77"}
    found = await xbox.people.recommendations()
    assert gamertags(found.people) == {"SlowComet404"}
    assert found.recommendation_summary
    assert found.recommendation_summary.friend_of_friend == 1
    comet = found.people[0]
    assert comet.recommendation
    assert comet.recommendation.reasons == ("Friend of friends",)
    assert comet.is_friend_request_received
    met = await xbox.people.recent_players()
    assert gamertags(met.people) == {"LanternFox2048"}


async def test_a_thousand_friends(xbox: XboxLive, network: Network) -> None:
    """All of them, in one request."""
    network.world.add_friends(994)
    people = (await xbox.people.friends()).people
    assert len(people) == 1000
    assert sum(person.presence_state == "Online" for person in people) == 1 + 994 // 5
    assert people[-1].gamertag == "Sandbar0994"


async def test_counts(xbox: XboxLive, mika: str) -> None:
    """One's own, someone's by XUID, someone's by a gamertag with spaces."""
    own = await xbox.social.own()
    assert (own.target_following_count, own.target_follower_count) == (6, 7)
    assert own.available_people_slots == 994
    fox = await xbox.social.of(mika)
    assert fox.has_caller_marked_target_as_favorite
    assert fox.legacy_friend_status is FriendStatus.MUTUALLY_ACCEPTED
    assert fox.available_people_slots is None
    kite = await xbox.social.of_gamertag("Paper Kite 31")
    assert (kite.is_friend, kite.target_follower_count) == (True, 2)


async def test_presence(xbox: XboxLive, mika: str) -> None:
    """What runs in front, and where someone was last."""
    own = await xbox.presence.own()
    assert own.state is OnlineState.ONLINE
    (device,) = own.devices
    front = next(each for each in device.titles if each.placement is Placement.FULL)
    assert front.name == "Starfall Odyssey"
    assert front.activity
    assert front.activity.rich_presence == "In Starfall Odyssey"
    fox = await xbox.presence.of(mika, Level.USER)
    assert (fox.state, fox.devices) == (OnlineState.ONLINE, ())
    nobody = await xbox.presence.of(NOBODY)
    assert (nobody.state, nobody.last_seen) == (OnlineState.OFFLINE, None)


async def test_presence_of_many(xbox: XboxLive, network: Network) -> None:
    """More than a request takes are split, and come back in order."""
    xuids = [person.xuid for person in network.world.add_friends(1200)]
    network.world.requests.clear()
    records = await xbox.presence.batch(xuids)
    assert [record.xuid for record in records] == xuids
    assert len(network.world.requests) == 2
    online = await xbox.presence.batch(xuids, online_only=True)
    assert [each.xuid for each in online] == xuids[4::5]
    at_home, in_game = (record.devices[0].titles for record in online[:2])
    assert [title.name for title in at_home] == ["Home"]
    assert len(in_game) == 2
    kite = network.world.others["tove"].xuid
    (record,) = await xbox.presence.batch([kite])
    assert record.last_seen
    assert record.last_seen.device_type == "WindowsOneCore"
    assert record.last_seen.timestamp


async def test_appearing_offline(xbox: XboxLive, network: Network) -> None:
    """For others, until it is undone."""
    await xbox.presence.show_as(Visibility.CLOAKED)
    assert network.world.accounts["parent"].cloaked
    await xbox.presence.show_as(Visibility.ACTIVE)
    assert not network.world.accounts["parent"].cloaked


async def test_profiles(xbox: XboxLive, mika: str) -> None:
    """One's own, by XUID, by gamertag, many at once; nobody is nobody."""
    own = await xbox.profiles.own()
    assert (own.gamertag, own.gamerscore) == ("QuietHarbor77", 18250)
    assert own.get(Setting.BIO) == "One more level, then bed."
    fox = await xbox.profiles.of(mika, (Setting.GAMERTAG,))
    assert (fox.gamertag, fox.gamerscore) == ("LanternFox2048", None)
    assert (await xbox.profiles.of_gamertag("lanternfox#2048")).id == mika
    found = await xbox.profiles.batch([mika, NOBODY, own.id])
    assert [profile.id for profile in found] == [mika, own.id]
    for unknown in (xbox.profiles.of(NOBODY), xbox.profiles.of_gamertag("No One 1")):
        with pytest.raises(NotFound):
            await unknown


async def test_a_player(xbox: XboxLive, mika: str) -> None:
    """By gamertag, by XUID, or the account itself."""
    fox = await xbox.player("LanternFox2048")
    assert (fox.xuid, fox.gamertag, fox.gamerscore) == (mika, "LanternFox#2048", 41375)
    assert fox.picture
    assert fox.picture.startswith("https://images-eds-ssl.xboxlive.com/")
    assert (await xbox.player(xuid=mika)).profile == fox.profile
    assert (await xbox.player()).gamertag == "QuietHarbor77"
    with pytest.raises(NotFound):
        await xbox.player("No One 1")


async def test_searching_people(xbox: XboxLive, mika: str) -> None:
    """By the beginning of a gamertag."""
    (fox,) = await xbox.usersearch.suggest("lantern")
    assert (fox.id, fox.gamertag) == (mika, "LanternFox2048")
    assert await xbox.usersearch.suggest("zzz") == ()


async def test_messages(xbox: XboxLive, network: Network, mika: str) -> None:
    """Reading, writing, and taking one's own copy away."""
    inbox = await xbox.messages.inbox()
    assert inbox.primary
    assert inbox.primary.unread_count == 1
    latest = [each.last_message for each in inbox.primary.conversations]
    assert [message and message.text for message in latest] == [
        "Boat is ready, are you?",
        "Of course.",
        "Welcome to the simulated network.",
    ]
    sent = await xbox.messages.send(mika, "On my way ⛵")
    conversation = await xbox.messages.conversation(mika)
    assert sent.conversation_id == conversation.conversation_id
    first, second = conversation.items
    assert (first.message_id, first.text) == (sent.message_id, "On my way ⛵")
    assert (second.sender, conversation.is_read) == (mika, True)
    await xbox.messages.delete_message(conversation.conversation_id, sent.message_id)
    left = await all_of(xbox.messages.messages(mika))
    assert [message.text for message in left] == ["Boat is ready, are you?"]
    await xbox.messages.delete_conversation(
        conversation.conversation_id, left[0].message_id
    )
    emptied = await xbox.messages.conversation(mika)
    assert (emptied.items, emptied.participants) == ((), ())
    assert emptied.timestamp is None
    parent = network.world.accounts["parent"].xuid
    assert len(network.world.messages.between(mika, parent)) == 2


async def test_a_long_conversation(xbox: XboxLive, network: Network, mika: str) -> None:
    """Page by page, the latest first."""
    world = network.world
    parent = world.accounts["parent"].xuid
    for number in range(25):
        world.messages.send(mika, parent, f"{number}", world.clock.now() + number)
    world.requests.clear()
    texts = [each.text async for each in xbox.messages.messages(mika, page_size=10)]
    assert texts == [*(f"{n}" for n in range(24, -1, -1)), "Boat is ready, are you?"]
    assert len(world.requests) == 3
    few = xbox.messages.messages(mika, page_size=10, limit=4)
    assert [each.text async for each in few] == ["24", "23", "22", "21"]


async def test_messages_that_cannot_be_sent(
    xbox: XboxLive, network: Network, mika: str
) -> None:
    """Too long ones are not sent; nobody, and somebody who wants none, refuse."""
    network.world.requests.clear()
    with pytest.raises(ValueError, match="256"):
        await xbox.messages.send(mika, "x" * 257)
    assert not network.world.requests
    assert await xbox.messages.send(mika, "x" * 256)
    with pytest.raises(NotFound):
        await xbox.messages.send(NOBODY, "Hello?")
    with pytest.raises(AccessDenied):
        await xbox.messages.send(network.world.others["sable"].xuid, "Hello?")


async def test_gamertags(xbox: XboxLive, network: Network) -> None:
    """Whether one is free; a trial changes nothing; the change that costs is refused."""
    assert await xbox.account.reserve_gamertag("Calm Bay")
    assert not await xbox.account.reserve_gamertag("LanternFox2048")
    await xbox.account.change_gamertag("Calm Bay", preview=True)
    assert (await xbox.profiles.own()).gamertag == "QuietHarbor77"
    await xbox.account.change_gamertag("Calm Bay")
    assert (await xbox.profiles.own()).gamertag == "Calm Bay"
    with pytest.raises(NoFreeChange):
        await xbox.account.change_gamertag("Calmer Bay")
    network.world.knobs.no_free_change_status = 400
    with pytest.raises(NoFreeChange):
        await xbox.account.change_gamertag("Calmer Bay")


@pytest.mark.parametrize("shape", ["members", "list", "nested", "numbers", "bare"])
async def test_the_family(network: Network, xbox: XboxLive, shape: str) -> None:
    """Whatever its answer looks like: who is in it and, if a word says so, who is a child."""
    network.world.knobs.update({"family_shape": shape})
    members = await xbox.family.members()
    assert [member.gamertag for member in members] == [
        "QuietHarbor77",
        "PocketComet4821",
    ]
    expected = [None, None] if shape == "bare" else [False, True]
    assert [member.child for member in members] == expected


async def test_who_has_no_family(network: Network, xbox: XboxLive) -> None:
    """It is not there."""
    network.world.knobs.update({"family": ""})
    with pytest.raises(NotFound):
        await xbox.family.members()
