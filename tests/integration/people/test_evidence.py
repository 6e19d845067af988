"""What services do not say, or say once, is no evidence: neither of a game nor of anything else."""

from homeassistant.core import Event, EventStateChangedData, callback
from homeassistant.helpers.event import async_track_state_change_event
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator.people.person import Session
from tests.integration.automations import automate
from tests.integration.following import Following
from tests.integration.house import House

pytestmark = pytest.mark.usefixtures("without_consoles")

MIKA = "lanternfox2048"
IN_GAME = f"binary_sensor.{MIKA}_in_game"
ONLINE = f"binary_sensor.{MIKA}_online"
PLAYING = f"sensor.{MIKA}_now_playing"
TODAY = f"sensor.{MIKA}_played_today"
ACCOUNT = "quietharbor77"
MINUTE = 60.0
STREAM_BOX = 327370777


class Changes:
    """How often an entity changed its state."""

    def __init__(self, following: Following, entity_id: str) -> None:
        """Count from now on."""
        self.states: list[str] = []
        async_track_state_change_event(following.hass, entity_id, self._count)

    @callback
    def _count(self, event: Event[EventStateChangedData]) -> None:
        old, new = event.data["old_state"], event.data["new_state"]
        if old and new and old.state != new.state:
            self.states.append(new.state)


def _watch_video(following: Following, name: str = "Stream Box") -> None:
    """Let Mika watch what nobody but presence knows."""
    following.do("mika", "offline")
    following.person("mika").sessions["Scarlett"] = Session(
        device="Scarlett",
        since=following.house.simulator.world.clock.elapsed(),
        title_id=STREAM_BOX,
        name=name,
    )


def _silence(following: Following, *hosts: str, status: int = 503) -> None:
    """Let services fail; profiles are what fails of people, not the list to pick friends from."""
    paths = {"peoplehub.xboxlive.com": "/users/me/people/batch"}
    for host in hosts:
        path = paths.get(host)
        following.house.fail(kind="status", host=host, path=path, status=status)


@pytest.mark.parametrize(
    ("status", "told"), [(503, True), (503, False), (403, False), (404, False)]
)
async def test_half_an_hour_of_video_is_no_game(
    following: Following, status: int, told: bool
) -> None:
    """Case F1: nothing has said that it is one, whatever else is refused or hidden."""
    following.house.simulator.world.knobs.is_game_told = told
    _silence(following, "titlehub.xboxlive.com", status=status)
    _watch_video(following)
    await following.follow("mika")
    assert following.house.shows(PLAYING) == "Stream Box"
    await following.house.clock.pass_by(30 * MINUTE)
    assert following.house.shows(IN_GAME) == "off"
    assert following.house.shows(TODAY) == "0"


async def test_a_game_of_which_nothing_is_told_begins_when_something_tells(
    house: House, entry: MockConfigEntry
) -> None:
    """Case F1: its kind is learned from whatever answers first, and its minutes count from then on."""
    for console in house.simulator.world.consoles.values():
        console.installed[:] = [
            each for each in console.installed if each.title.key != "mosslight"
        ]
    following = Following(house, entry)
    _silence(
        following,
        "titlehub.xboxlive.com",
        "peoplehub.xboxlive.com",
        "displaycatalog.mp.microsoft.com",
    )
    assert await house.set_up(entry)
    following.do("tove", "play", title="mosslight", device="WindowsOneCore")
    await following.follow("tove")
    in_game = "binary_sensor.paper_kite_31_in_game"
    await following.house.clock.pass_by(10 * MINUTE)
    assert following.house.shows(in_game) == "off"
    assert following.house.shows("sensor.paper_kite_31_played_today") == "0"
    following.house.simulator.world.faults.clear()
    _silence(following, "titlehub.xboxlive.com")
    await following.house.clock.pass_by(7 * MINUTE)
    assert following.house.shows(in_game) == "on"


@pytest.mark.parametrize(
    "silent",
    [
        ("titlehub.xboxlive.com",),
        ("peoplehub.xboxlive.com", "displaycatalog.mp.microsoft.com"),
        ("titlehub.xboxlive.com", "peoplehub.xboxlive.com"),
    ],
)
async def test_any_witness_is_enough(
    following: Following, silent: tuple[str, ...]
) -> None:
    """Case F1: profiles, the title hub or the Store, whichever still answers."""
    _silence(following, *silent)
    following.do("mika", "play", title="nebula")
    await following.follow("mika")
    await following.house.clock.pass_by(MINUTE)
    assert following.house.shows(IN_GAME) == "on"


async def test_who_hides_the_history_plays_all_the_same(following: Following) -> None:
    """Case F1: what a title is, is no secret of whoever plays it."""
    xuid = following.person("mika").xuid
    following.house.fail(
        kind="status",
        host="titlehub.xboxlive.com",
        path=f"/users/xuid({xuid})",
        status=403,
    )
    _silence(following, "peoplehub.xboxlive.com")
    await following.follow("mika")
    assert following.house.shows(IN_GAME) == "on"
    playing = following.house.state(PLAYING)
    assert playing.attributes["genres"] == "Family & kids"
    assert "achievements" not in playing.attributes


async def test_a_kind_is_learned_once_and_kept(following: Following) -> None:
    """Case F1: over a restart in which nobody tells it again, and for everybody."""
    await following.follow("mika")
    house = following.house
    assert await house.unload(following.entry)
    _silence(
        following,
        "titlehub.xboxlive.com",
        "peoplehub.xboxlive.com",
        "displaycatalog.mp.microsoft.com",
        "xccs.xboxlive.com",
    )
    following.do("mika", "offline")
    following.do("tove", "play", title="tidewater")
    assert await house.set_up(following.entry)
    await following.follow("tove")
    await house.clock.pass_by(MINUTE)
    assert house.shows("binary_sensor.paper_kite_31_in_game") == "on"


async def test_a_title_without_a_name_has_none(following: Following) -> None:
    """Case F2: its name comes when something tells it, and that is no change of the game."""
    house = following.house
    house.simulator.world.knobs.presence_names = False
    _silence(following, "titlehub.xboxlive.com")
    following.do("mika", "play", title="nebula")
    await following.follow("mika")
    await house.clock.pass_by(MINUTE)
    assert house.shows(IN_GAME) == "on"
    assert house.shows(PLAYING) == "unknown"
    assert house.shows(f"sensor.{MIKA}_status") == "In Nebula Drift GT"
    assert "game" not in house.state(IN_GAME).attributes
    ran = await automate(house, "person_changed_game", entity_id=IN_GAME)
    house.simulator.world.faults.clear()
    await house.clock.pass_by(6 * MINUTE)
    assert house.shows(PLAYING) == "Nebula Drift GT"
    assert house.state(IN_GAME).attributes["game"] == "Nebula Drift GT"
    assert ran == []


async def test_a_name_that_is_lost_stays(following: Following) -> None:
    """Case F2: presence names a title and then does not; what it is called is known by then."""
    _silence(following, "titlehub.xboxlive.com", "displaycatalog.mp.microsoft.com")
    await following.follow("mika")
    changes = Changes(following, PLAYING)
    for named in (False, True, False):
        following.house.simulator.world.knobs.presence_names = named
        await following.house.clock.pass_by(2 * MINUTE)
    assert following.house.shows(PLAYING) == "Tidewater Tales"
    assert changes.states == []


@pytest.mark.parametrize("title", ["starfall", "tidewater"])
async def test_two_devices_in_any_order(following: Following, title: str) -> None:
    """Case F2: what is shown stays as long as it is in front somewhere, and where it is shown."""
    house = following.house
    house.simulator.world.knobs.presence_device_order = "alternating"
    following.do("mika", "play", title=title, device="WindowsOneCore")
    await following.follow("mika")
    ran = await automate(house, "person_changed_game", entity_id=IN_GAME)
    shown = house.state(PLAYING)
    changes = Changes(following, PLAYING)
    await house.clock.pass_by(30 * MINUTE)
    assert (changes.states, ran) == ([], [])
    assert house.state(PLAYING).attributes["platform"] == shown.attributes["platform"]
    front = next(
        device
        for device, session in following.person("mika").sessions.items()
        if session.name == shown.state
    )
    following.do("mika", "stop", device=front)
    await house.clock.pass_by(2 * MINUTE)
    assert len(ran) == (title == "starfall")


async def test_one_answer_without_people_is_odd(following: Following) -> None:
    """Case F3: nobody becomes unavailable for it, and it is looked at again soon."""
    await following.follow("mika", "tove")
    knobs = following.house.simulator.world.knobs
    changes = [Changes(following, entity) for entity in (ONLINE, IN_GAME, TODAY)]
    knobs.people_told = False
    await following.house.clock.pass_by(_until_profiles(following))
    knobs.people_told = True
    following.house.forget_requests()
    await following.house.clock.pass_by(2 * MINUTE)
    asked = [one for one in following.requests() if one.host.startswith("peoplehub")]
    assert len(asked) == 1
    assert "unavailable" not in [state for each in changes for state in each.states]


async def test_a_person_who_is_not_told_twice_is_gone_the_account_is_not(
    following: Following,
) -> None:
    """Case F3: absence is believed the second time; who comes back is found within minutes."""
    following.do("parent", "online")
    await following.follow("mika", "tove")
    house, knobs = following.house, following.house.simulator.world.knobs
    knobs.people_told = False
    await house.clock.pass_by(_until_profiles(following) + 2 * MINUTE)
    assert house.shows(ONLINE) == "unavailable"
    assert house.shows("binary_sensor.paper_kite_31_online") == "unavailable"
    assert house.shows(f"binary_sensor.{ACCOUNT}_online") == "on"
    await house.clock.pass_by(30 * MINUTE)
    assert house.shows(f"binary_sensor.{ACCOUNT}_online") == "on"
    knobs.people_told = True
    await house.clock.pass_by(60 * MINUTE)
    assert house.shows(ONLINE) == "on"


def _until_profiles(following: Following) -> float:
    """Seconds until the profiles have been read once more."""
    aside = following.entry.runtime_data.people._aside  # noqa: SLF001 - told nowhere else
    pause: float = aside.due("peoplehub")
    return pause + 35


async def test_no_record_is_no_knowledge(following: Following) -> None:
    """Case F4: who is left out of two hours of answers plays none of them, and is unknown."""
    await following.follow("mika", "tove")
    house, knobs = following.house, following.house.simulator.world.knobs
    await house.clock.pass_by(10 * MINUTE)
    before = int(house.shows(TODAY))
    knobs.presence_leaves_out = "mika"
    await house.clock.pass_by(MINUTE)
    assert house.shows(IN_GAME) == "on"
    await house.clock.pass_by(3 * MINUTE)
    for entity in (ONLINE, IN_GAME, PLAYING, f"sensor.{MIKA}_status"):
        assert house.shows(entity) == "unknown", entity
    await house.clock.pass_by(116 * MINUTE)
    assert int(house.shows(TODAY)) <= before + 1
    assert house.shows("binary_sensor.paper_kite_31_online") == "off"
    knobs.presence_leaves_out = ""
    await house.clock.pass_by(4 * MINUTE)
    assert house.shows(IN_GAME) == "on"
    assert int(house.shows(TODAY)) <= before + 5


async def test_a_state_that_nobody_knows_is_no_absence(
    following: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case F4: a word that is new says neither that somebody is there nor that they are not."""
    await following.follow("mika")
    ran = await automate(following.house, "person_went_offline", entity_id=ONLINE)

    with monkeypatch.context() as strangely:
        strangely.setattr(
            "simulator.routes.presence._record",
            lambda call, person, xuid, *rest: {"xuid": xuid, "state": "Wandering"},
        )
        await following.house.clock.pass_by(10 * MINUTE)
    assert following.house.shows(ONLINE) == "unknown"
    assert ran == []


async def test_the_last_visit_does_not_alternate(following: Following) -> None:
    """Case F5: of two times that the service tells by turns the newer one is kept."""
    knobs = following.house.simulator.world.knobs
    knobs.last_seen_wobble_seconds = 159.0
    await following.follow("tove")
    last_online = "sensor.paper_kite_31_last_online"
    await following.house.clock.pass_by(10 * MINUTE)
    shown = following.house.shows(last_online)
    changes = Changes(following, last_online)
    await following.house.clock.pass_by(60 * MINUTE)
    assert changes.states == []
    assert following.house.shows(last_online) == shown
    knobs.last_seen_wobble_seconds = 0.0
    await following.house.clock.pass_by(10 * MINUTE)
    assert following.house.shows(last_online) == shown
