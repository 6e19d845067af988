"""People: followed through a dialog, seen with what they do, never in the way of anybody else."""

from homeassistant.components.image import async_get_image
from homeassistant.config_entries import ConfigEntryState
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest

from custom_components.xbox_console import async_remove_config_entry_device
from custom_components.xbox_console.const import DOMAIN
from custom_components.xbox_console.diagnostics import (
    async_get_config_entry_diagnostics,
    async_get_device_diagnostics,
)
from simulator.routes import peoplehub, presence
from simulator.routes.shared import people_bodies
from tests.integration.entries import signed_in_entry
from tests.integration.following import Following
from tests.integration.house import House

ACCOUNT = "quietharbor77"
MIKA = "lanternfox2048"


async def test_the_account_itself_is_there(following: Following) -> None:
    """Without anything to set up: it plays on the console in the living room."""
    house = following.house
    assert house.shows(f"binary_sensor.{ACCOUNT}_online") == "on"
    assert house.shows(f"binary_sensor.{ACCOUNT}_in_game") == "on"
    playing = house.state(f"sensor.{ACCOUNT}_now_playing")
    assert playing.state == "Starfall Odyssey"
    assert playing.attributes["platform"] == "Xbox Series X|S"
    assert playing.attributes["gamerscore"] == 0
    assert house.shows(f"sensor.{ACCOUNT}_unread_messages") == "1"
    assert house.shows(f"switch.{ACCOUNT}_appear_offline") == "off"
    assert house.hass.states.get(f"notify.{ACCOUNT}_message") is None


async def test_friends_are_followed_at_once_and_without_a_reload(
    following: Following,
) -> None:
    """One dialog, several people; each is a device with what they do."""
    await following.follow("mika", "tove", "juno")
    house = following.house
    assert house.shows(f"binary_sensor.{MIKA}_online") == "on"
    assert house.shows(f"binary_sensor.{MIKA}_in_game") == "on"
    playing = house.state(f"sensor.{MIKA}_now_playing")
    assert playing.state == "Tidewater Tales"
    assert playing.attributes["rich_presence"] == "Mending nets in the harbour"
    assert playing.attributes["genres"]
    assert (
        house.shows(f"sensor.{MIKA}_status")
        == "Tidewater Tales - Mending nets in the harbour"
    )
    assert house.shows(f"sensor.{MIKA}_gamerscore") == "41375"
    assert float(house.shows(f"sensor.{MIKA}_played_in_this_game")) == pytest.approx(
        2210 / 60, abs=0.1
    )
    assert float(house.shows(f"sensor.{MIKA}_progress_in_this_game")) > 0
    assert house.shows("binary_sensor.paper_kite_31_online") == "off"
    assert house.shows("sensor.paper_kite_31_status") == "offline"
    assert house.shows("sensor.paper_kite_31_last_online").startswith("2026-11-06T01")
    assert house.shows("sensor.paper_kite_31_now_playing") == "unknown"
    assert house.shows("binary_sensor.velvetorbit_online") == "off"
    titles = {each.title for each in following.entry.subentries.values()}
    assert titles == {"LanternFox2048", "Paper Kite 31", "VelvetOrbit"}


async def test_each_person_is_a_device_of_their_subentry(
    following: Following, device_registry: dr.DeviceRegistry
) -> None:
    """So that Home Assistant takes everything away with it."""
    await following.follow("mika")
    (subentry,) = following.entry.subentries.values()
    devices = dr.async_entries_for_config_entry(
        device_registry, following.entry.entry_id
    )
    (device,) = [each for each in devices if each.name == "LanternFox2048"]
    assert device.config_subentry_id == subentry.subentry_id


@pytest.mark.usefixtures("without_consoles")
async def test_who_is_no_longer_followed_is_gone(
    following: Following,
    entity_registry: er.EntityRegistry,
    device_registry: dr.DeviceRegistry,
) -> None:
    """Device and entities go at once, the others stay, nobody asks about them any more."""
    await following.follow("mika", "tove")
    subentry = next(
        each
        for each in following.entry.subentries.values()
        if each.title == "LanternFox2048"
    )
    following.hass.config_entries.async_remove_subentry(
        following.entry, subentry.subentry_id
    )
    await following.house.clock.pass_by(200)
    house = following.house
    assert house.hass.states.get(f"binary_sensor.{MIKA}_online") is None
    assert house.shows("binary_sensor.paper_kite_31_online") == "off"
    assert following.entry.state is ConfigEntryState.LOADED
    names = [
        each.name
        for each in dr.async_entries_for_config_entry(
            device_registry, following.entry.entry_id
        )
    ]
    assert "LanternFox2048" not in names
    await following.follow("mika")
    assert house.shows(f"binary_sensor.{MIKA}_online") == "on"


async def test_what_people_do_is_followed(following: Following) -> None:
    """They come, play, leave a game, go."""
    await following.follow("mika")
    house = following.house
    following.do("mika", "stop")
    await house.clock.pass_by(35)
    assert house.shows(f"binary_sensor.{MIKA}_in_game") == "off"
    assert house.shows(f"binary_sensor.{MIKA}_online") == "on"
    assert house.shows(f"sensor.{MIKA}_status") == "online"
    assert house.shows(f"sensor.{MIKA}_played_in_this_game") == "unknown"
    following.do("mika", "online", away=True)
    await house.clock.pass_by(65)
    assert house.shows(f"sensor.{MIKA}_status") == "away"
    following.do("mika", "offline")
    await house.clock.pass_by(65)
    assert house.shows(f"binary_sensor.{MIKA}_online") == "off"
    assert house.shows(f"sensor.{MIKA}_last_online") != "unknown"
    following.do("mika", "play", title="starfall", device="WindowsOneCore")
    await house.clock.pass_by(95)
    playing = house.state(f"sensor.{MIKA}_now_playing")
    assert (playing.state, playing.attributes["platform"]) == ("Starfall Odyssey", "PC")


async def test_an_app_is_no_game(following: Following) -> None:
    """It shows as what is playing, but nobody is in a game."""
    await following.follow("mika")
    following.do("mika", "play", title="larkvision")
    await following.house.clock.pass_by(35)
    assert following.house.shows(f"sensor.{MIKA}_now_playing") == "Larkvision"
    assert following.house.shows(f"binary_sensor.{MIKA}_in_game") == "off"
    assert following.house.shows(f"sensor.{MIKA}_played_today") == "0"


async def test_a_console_that_starts_a_game_is_reason_to_look(
    following: Following,
) -> None:
    """The account's own game shows as fast as the console's."""
    house = following.house
    console = house.console("living_room")
    console.shell.show(house.simulator.world.titles["nebula"])
    await house.clock.pass_by(15)
    assert house.shows(f"sensor.{ACCOUNT}_now_playing") == house.shows(
        "sensor.living_room_running_app"
    )


@pytest.mark.usefixtures("without_consoles")
async def test_a_new_gamertag_is_followed(
    following: Following, device_registry: dr.DeviceRegistry
) -> None:
    """Device and subentry bear the new name, entities keep their ids."""
    await following.follow("mika")
    following.do("mika", "rename", gamertag="HarbourFox")
    await following.house.clock.pass_by(600)
    devices = dr.async_entries_for_config_entry(
        device_registry, following.entry.entry_id
    )
    assert "HarbourFox" in {device.name for device in devices}
    (subentry,) = following.entry.subentries.values()
    assert subentry.title == "HarbourFox"
    assert following.house.shows(f"binary_sensor.{MIKA}_online") == "on"


@pytest.mark.usefixtures("without_consoles")
async def test_a_profile_that_vanishes(following: Following) -> None:
    """The person is unavailable, nobody else is."""
    await following.follow("mika", "tove")
    following.do("mika", "remove")
    await following.house.clock.pass_by(3700)
    assert following.house.shows(f"binary_sensor.{MIKA}_online") == "unavailable"
    assert following.house.shows("binary_sensor.paper_kite_31_online") == "off"


@pytest.mark.usefixtures("without_consoles")
async def test_who_hides_looks_offline(following: Following) -> None:
    """Privacy is no error."""
    await following.follow("mika")
    following.do("mika", "privacy", enabled=True)
    await following.house.clock.pass_by(3700)
    assert following.house.shows(f"binary_sensor.{MIKA}_online") == "off"
    assert following.house.shows(f"sensor.{MIKA}_status") == "offline"
    following.do("mika", "privacy", enabled=False)
    await following.house.clock.pass_by(200)
    assert following.house.shows(f"binary_sensor.{MIKA}_in_game") == "on"


@pytest.mark.usefixtures("without_consoles")
async def test_a_restart_shows_people_from_memory(following: Following) -> None:
    """Without the network everyone is there, unavailable; with it, as they are."""
    await following.follow("mika", "tove")
    house = following.house
    known = set(house.hass.states.async_entity_ids())
    assert await house.unload(following.entry)
    house.fail(kind="outage")
    assert await house.set_up(following.entry)
    assert set(house.hass.states.async_entity_ids()) == known
    assert house.shows(f"binary_sensor.{MIKA}_online") == "unavailable"
    house.simulator.world.faults.clear()
    await house.clock.pass_by(400)
    assert house.shows(f"binary_sensor.{MIKA}_in_game") == "on"


async def test_people_that_fail_never_touch_consoles(following: Following) -> None:
    """They keep their last state for a while, then they are unavailable; consoles go on."""
    await following.follow("mika")
    house = following.house
    house.fail(kind="status", host="userpresence.xboxlive.com")
    await house.clock.pass_by(60)
    assert house.shows(f"binary_sensor.{MIKA}_online") == "on"
    await house.clock.pass_by(300)
    assert house.shows(f"binary_sensor.{MIKA}_online") == "unavailable"
    assert house.shows("media_player.living_room") == "playing"
    await house.act("media_player.volume_up", "media_player.living_room")
    house.simulator.world.faults.clear()
    await house.clock.pass_by(301)
    assert house.shows(f"binary_sensor.{MIKA}_online") == "on"


@pytest.mark.parametrize(
    "host", ["peoplehub", "titlehub", "achievements", "userstats", "xblmessaging"]
)
async def test_a_service_on_the_side_that_fails(house: House, host: str) -> None:
    """Who is online and plays is still told, and so it is at the very first start."""
    house.fail(kind="status", host=f"{host}.xboxlive.com")
    entry = await house.clock.result(
        signed_in_entry(house.hass, house.simulator), within=30
    )
    assert await house.set_up(entry)
    assert house.shows(f"binary_sensor.{ACCOUNT}_in_game") == "on"
    assert house.shows(f"sensor.{ACCOUNT}_now_playing") == "Starfall Odyssey"
    house.simulator.world.faults.clear()
    await house.clock.pass_by(500)
    assert house.shows(f"sensor.{ACCOUNT}_gamerscore") != "unknown"
    assert house.shows(f"sensor.{ACCOUNT}_progress_in_this_game") == "0.0"


@pytest.mark.usefixtures("without_consoles")
async def test_appear_offline(following: Following) -> None:
    """The network hears it, and a refusal takes nothing for granted."""
    house = following.house
    switch = f"switch.{ACCOUNT}_appear_offline"
    await house.act("switch.turn_on", switch)
    assert following.person("parent").cloaked
    assert house.shows(switch) == "on"
    await house.clock.pass_by(3700)
    assert house.shows(switch) == "on"
    await house.act("switch.turn_off", switch)
    assert not following.person("parent").cloaked
    assert house.shows(switch) == "off"


JUNK: tuple[dict[str, object], ...] = (
    {"state": 7, "devices": "?"},
    {"devices": [None, 3, {"titles": [{}]}]},
    {},
)


@pytest.mark.usefixtures("without_consoles")
@pytest.mark.parametrize("junk", JUNK)
async def test_a_bad_record_touches_nobody_else(
    following: Following, monkeypatch: pytest.MonkeyPatch, junk: dict[str, object]
) -> None:
    """Neither in presence nor among the profiles; it is well again with the next good one."""
    await following.follow("mika", "tove")
    house = following.house
    bad = following.person("tove").xuid
    record, body = presence._record, people_bodies.person_body  # noqa: SLF001 - the network's own hand
    with monkeypatch.context() as broken:
        broken.setattr(
            presence,
            "_record",
            lambda call, person, xuid, *rest: (
                {"xuid": xuid, **junk}
                if xuid == bad
                else record(call, person, xuid, *rest)
            ),
        )
        broken.setattr(
            peoplehub,
            "person_body",
            lambda call, person, *rest: (
                {"xuid": bad, "detail": 1, "gamerScore": "many", "displayPicRaw": []}
                if person.xuid == bad
                else body(call, person, *rest)
            ),
        )
        await house.clock.pass_by(600)
        assert house.shows(f"binary_sensor.{MIKA}_in_game") == "on"
        assert house.shows(f"sensor.{MIKA}_gamerscore") == "41375"
        assert house.shows("binary_sensor.paper_kite_31_in_game") in ("off", "unknown")
    following.do("tove", "play", title="starfall")
    await house.clock.pass_by(70)
    assert house.shows("binary_sensor.paper_kite_31_in_game") == "on"


@pytest.mark.usefixtures("without_consoles")
async def test_pictures_of_people_and_games(following: Following) -> None:
    """The gamerpic, and the game's as long as it is played."""
    await following.follow("mika")
    house = following.house
    for image in ("gamerpic", "now_playing"):
        picture = await house.clock.result(
            async_get_image(house.hass, f"image.{MIKA}_{image}"), within=5
        )
        assert picture.content
    following.do("mika", "offline")
    await house.clock.pass_by(65)
    assert house.shows(f"image.{MIKA}_now_playing") == "unknown"
    assert house.shows(f"image.{MIKA}_gamerpic") != "unknown"


async def test_diagnostics_name_nobody(
    following: Following, device_registry: dr.DeviceRegistry
) -> None:
    """They tell what was told of each person, not who it is or what is played."""
    await following.follow("mika", "tove")
    told = await async_get_config_entry_diagnostics(following.hass, following.entry)
    everyone = told["people"]["everyone"]
    assert [one["in_game"] for one in everyone] == [True, True, False]
    assert [one["friend"] for one in everyone] == [False, True, True]
    text = str(told).casefold()
    for key in ("parent", "mika", "tove"):
        person = following.person(key)
        assert person.xuid not in text
        assert person.gamertag.casefold() not in text
    assert "tidewater" not in text
    device = device_registry.async_get_device_by_identifier(
        (DOMAIN, following.person("mika").xuid), following.entry.entry_id
    )
    assert device is not None
    alone = await async_get_device_diagnostics(following.hass, following.entry, device)
    assert alone == everyone[1]


async def test_the_device_of_somebody_followed_is_not_removed(
    following: Following, device_registry: dr.DeviceRegistry
) -> None:
    """Their subentry is what goes, and the device with it."""
    await following.follow("mika")
    device = device_registry.async_get_device_by_identifier(
        (DOMAIN, following.person("mika").xuid), following.entry.entry_id
    )
    assert device is not None
    assert not await async_remove_config_entry_device(
        following.hass, following.entry, device
    )
