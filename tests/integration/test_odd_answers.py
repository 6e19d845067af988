"""An answer that does not say what it must say is no answer: what is known stays, and it is asked again."""

from typing import Any

from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.integration.following import Following
from tests.integration.house import XCCS, House

MINUTE, HOUR = 60.0, 3600.0
CAPTURES = "sensor.quietharbor77_captures"
LIVING_ROOM = "media_player.living_room"
NAMELESS = [{"kind": "json", "body": "{}"}, {"kind": "bent"}]
"""Without the list that was asked for, and with nothing readable where things are named."""
FURTHER = '{"values": [{"contentId": null}], "continuationToken": "2"}'


@pytest.fixture(autouse=True)
async def actions(house: House) -> None:
    """Let an entity be looked at now."""
    assert await async_setup_component(house.hass, "homeassistant", {})


odd_lists = pytest.mark.parametrize("odd", NAMELESS, ids=["without", "unreadable"])


@odd_lists
async def test_captures_are_no_fewer(
    house: House,
    loaded: MockConfigEntry,
    odd: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What takes all captures away takes the looking away, which is said once."""
    await house.clock.pass_by(MINUTE)
    count = house.shows(CAPTURES)
    assert int(count) > 1
    seen = house.watch(CAPTURES)
    rule = house.fail(host="mediahub.xboxlive.com", **odd)
    for _ in range(3):
        await house.act("homeassistant.update_entity", CAPTURES)
        await house.clock.pass_by(2 * MINUTE)
    assert set(seen) <= {"unavailable"}
    told = [it for it in caplog.messages if "Error fetching" in it and "captures" in it]
    assert len(told) == 1
    house.simulator.world.faults.remove(rule.id)
    await house.act("homeassistant.update_entity", CAPTURES)
    assert house.shows(CAPTURES) == count


async def test_half_of_the_captures_are_not_all(
    house: House, loaded: MockConfigEntry
) -> None:
    """A further page that cannot be read does not end the list."""
    house.simulator.world.knobs.capture_page_size = 10
    await house.clock.pass_by(MINUTE)
    count = house.shows(CAPTURES)
    seen = house.watch(CAPTURES)
    house.fail(host="mediahub.xboxlive.com", kind="json", body=FURTHER, after=1)
    await house.act("homeassistant.update_entity", CAPTURES)
    assert seen == []
    assert house.shows(CAPTURES) == count


@odd_lists
async def test_consoles_stay(
    house: House, loaded: MockConfigEntry, odd: dict[str, Any]
) -> None:
    """However often the list names none: that an account has none is said otherwise."""
    seen = house.watch(LIVING_ROOM), house.watch("media_player.bedroom")
    house.fail(host=XCCS, path="/lists/devices", **odd)
    await house.clock.pass_by(HOUR)
    assert seen == ([], [])


@odd_lists
async def test_what_is_installed_stays(
    house: House, loaded: MockConfigEntry, odd: dict[str, Any]
) -> None:
    """Sources, and how many games there are."""
    games = "sensor.living_room_installed_games"
    await house.clock.pass_by(MINUTE)
    before = house.state(LIVING_ROOM).attributes["source_list"]
    seen = house.watch(games), house.watch(LIVING_ROOM, "source_list")
    rule = house.fail(host=XCCS, path="/lists/installedApps", **odd)
    house.clock.skip(6 * HOUR)
    await house.clock.pass_by(MINUTE)
    assert rule.struck
    assert seen == ([], [])
    assert house.state(LIVING_ROOM).attributes["source_list"] == before
    # What is remembered is none the worse.
    assert await house.unload(loaded)
    assert await house.set_up(loaded)
    assert house.state(LIVING_ROOM).attributes["source_list"] == before


async def test_a_status_that_tells_nothing_is_not_believed(
    house: House, loaded: MockConfigEntry
) -> None:
    """A console goes on with what it did as long as one failed look is forgiven."""
    await house.clock.pass_by(MINUTE)
    seen = house.watch(LIVING_ROOM)
    console = house.console("living_room").id
    rule = house.fail(host=XCCS, path=f"/consoles/{console}", kind="json", body="{}")
    await house.clock.pass_by(45)
    assert rule.struck
    assert seen == []


@odd_lists
async def test_pins_stay_where_they_are(
    house: House, entry: MockConfigEntry, odd: dict[str, Any]
) -> None:
    """Of an earlier run, too."""
    assert await house.set_up(entry)
    await house.clock.pass_by(MINUTE)
    before = house.state(LIVING_ROOM).attributes["source_list"]
    assert await house.unload(entry)
    rule = house.fail(host="eplists.xboxlive.com", **odd)
    assert await house.set_up(entry)
    await house.clock.pass_by(MINUTE)
    assert rule.struck
    assert house.state(LIVING_ROOM).attributes["source_list"] == before


@odd_lists
async def test_what_runs_is_named_once_the_store_tells(
    house: House, loaded: MockConfigEntry, odd: dict[str, Any]
) -> None:
    """Within minutes: only of what the Store does not have it is not asked before tomorrow."""
    rule = house.fail(host="displaycatalog.mp.microsoft.com", **odd)
    house.console("living_room").shell.show(house.simulator.world.titles["hexagarden"])
    await house.clock.pass_by(MINUTE)
    assert rule.struck
    assert house.shows(LIVING_ROOM) == "on"
    house.simulator.world.faults.remove(rule.id)
    await house.clock.pass_by(5 * MINUTE)
    assert house.shows(LIVING_ROOM) == "playing"
    assert house.shows("sensor.living_room_running_app") == "Hexagarden"


@odd_lists
async def test_an_unlock_is_told_later(
    following: Following, odd: dict[str, Any]
) -> None:
    """It is asked for again until it was told, not until something was answered."""
    following.house.simulator.world.activity.knobs.silent = True
    await following.follow("mika")
    event = "event.lanternfox2048_achievement"
    rule = following.house.fail(host="achievements.xboxlive.com", **odd)
    following.do("mika", "unlock")
    await following.house.clock.pass_by(10 * MINUTE)
    assert rule.struck
    assert following.house.shows(event) == "unknown"
    following.house.simulator.world.faults.remove(rule.id)
    await following.house.clock.pass_by(10 * MINUTE)
    assert following.house.shows(event) != "unknown"


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("media_player.volume_up", {}),
        ("media_player.media_pause", {}),
        ("media_player.turn_off", {}),
        ("media_player.select_source", {"source": "Tidewater Tales"}),
    ],
)
async def test_a_command_that_nobody_says_was_taken_is_none(
    house: House, loaded: MockConfigEntry, action: str, words: dict[str, Any]
) -> None:
    """Neither by what it needs nor by what nothing would show."""
    house.fail(host=XCCS, path="/commands", kind="json", body="{}")
    with pytest.raises(HomeAssistantError) as refusal:
        await house.act(action, LIVING_ROOM, **words)
    assert refusal.value.translation_key == "unexpected_response"
    assert house.shows(LIVING_ROOM) == "playing"


async def test_hiding_is_what_the_network_says_it_is(following: Following) -> None:
    """The service has nothing to say when it hides somebody; so has a service that does nothing."""
    house, switch = following.house, "switch.quietharbor77_appear_offline"
    await house.clock.pass_by(MINUTE)
    rule = house.fail(
        host="userpresence.xboxlive.com", method="PUT", kind="empty", status=200
    )
    await house.act("switch.turn_on", switch)
    await house.clock.pass_by(5 * MINUTE)
    assert rule.struck
    assert house.shows(switch) == "off"
    house.simulator.world.faults.remove(rule.id)
    await house.act("switch.turn_on", switch)
    await house.clock.pass_by(5 * MINUTE)
    assert following.person("parent").cloaked
    assert house.shows(switch) == "on"


@pytest.mark.parametrize(
    ("action", "words", "gives"),
    [
        ("get_friends", {}, "friends"),
        ("get_recent_titles", {"player": "LanternFox2048"}, "titles"),
        ("get_achievements", {"player": "LanternFox2048"}, "achievements"),
        ("search_players", {"text": "Lantern"}, "players"),
    ],
)
@odd_lists
async def test_an_action_that_asks_is_not_told_that_there_is_nothing(
    following: Following,
    action: str,
    words: dict[str, str],
    gives: str,
    odd: dict[str, Any],
) -> None:
    """It ends with an error instead of an empty list."""
    await following.follow("mika")
    call = following.hass.services.async_call
    first: Any = await following.house.clock.result(
        call("xbox_console", action, words, blocking=True, return_response=True), 30
    )
    assert first[gives]
    for host in ("peoplehub", "titlehub", "achievements", "usersearch"):
        following.house.fail(host=f"{host}.xboxlive.com", **odd)
    with pytest.raises(HomeAssistantError) as refusal:
        await following.house.clock.result(
            call("xbox_console", action, words, blocking=True, return_response=True),
            30,
        )
    assert refusal.value.translation_key
