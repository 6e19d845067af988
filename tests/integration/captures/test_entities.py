"""The entities of captures: what there is, what is new, what is about to go."""

from typing import Any

from homeassistant.components.image import async_get_image
from homeassistant.core import Event, EventStateChangedData, State, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.event import async_track_state_change_event
import pytest

from custom_components.xbox_console.const import DOMAIN
from custom_components.xbox_console.diagnostics import (
    async_get_config_entry_diagnostics,
)
from simulator.captures import gallery
from simulator.people.state import start, stop
from tests.client.network import OWN_APP, Network
from tests.integration.captures.recorder import ACCOUNT, HUB, Recorder

EVENT = f"event.{ACCOUNT}_capture"
COUNT = f"sensor.{ACCOUNT}_captures"
EXPIRY = f"sensor.{ACCOUNT}_next_capture_expiry"
LATEST = f"image.{ACCOUNT}_latest_screenshot"
NOT_BACKED_UP = f"sensor.{ACCOUNT}_captures_not_backed_up"
SPACE = f"sensor.{ACCOUNT}_captures_space_used"
_HOURS = 6 * 3600


def _heard(recorder: Recorder) -> list[State]:
    """What the event tells from now on."""
    states: list[State] = []

    @callback
    def note(event: Event[EventStateChangedData]) -> None:
        state = event.data["new_state"]
        if state is not None and state.attributes.get("event_type"):
            states.append(state)

    async_track_state_change_event(recorder.hass, EVENT, note)
    return states


async def test_what_there_is(recorder: Recorder) -> None:
    """Number, space, what expires first, what is not at home."""
    house = recorder.house
    assert house.shows(COUNT) == "6"
    assert house.shows(NOT_BACKED_UP) == "6"
    size = sum(len(recorder.content(one)) for one in recorder.own())
    space = house.state(SPACE)
    assert float(space.state) == pytest.approx(size / 1e9)
    assert space.attributes["unit_of_measurement"] == "GB"
    oldest = recorder.own()[-1]
    expiry = house.state(EXPIRY)
    expires = gallery.expires(recorder.world, oldest)
    assert expiry.state == recorder.world.clock.iso(expires, 0)[:-1] + "+00:00"
    assert expiry.attributes["kind"] == "video"
    assert expiry.attributes["game"] == "Tidewater Tales"
    assert expiry.attributes["backed_up"] is False


async def test_they_are_read_rarely(recorder: Recorder) -> None:
    """Every six hours, in as few requests as there are pages."""
    recorder.forget_requests()
    await recorder.house.clock.hurry(_HOURS - 600)
    assert recorder.asked() == []
    await recorder.pass_by(1200)
    assert len(recorder.asked(HUB)) == 2


@pytest.mark.parametrize("where", ["console", "elsewhere"])
async def test_they_are_read_after_a_game(recorder: Recorder, where: str) -> None:
    """Two minutes after it ended, on a console of the house or anywhere else."""
    world = recorder.world
    if where == "elsewhere":
        recorder.house.console("living_room").signed_in.clear()
        start(world, world.people["parent"], "WindowsOneCore", world.titles["nebula"])
        await recorder.pass_by(600)
        recorder.forget_requests()
        stop(world, world.people["parent"], "WindowsOneCore")
    else:
        recorder.forget_requests()
        await recorder.house.act(
            "xbox_console.launch", "media_player.living_room", app="Home"
        )
    recorder.take("gameclip")
    await recorder.pass_by(100)
    assert recorder.asked() == []
    await recorder.pass_by(240)
    assert len(recorder.asked(HUB)) == 2
    assert recorder.house.shows(COUNT) == "7"


async def test_a_new_capture_is_an_event(recorder: Recorder) -> None:
    """Once each, the oldest first, with a picture of our own path; what was there before is none."""
    heard = _heard(recorder)
    assert recorder.house.shows(EVENT) == "unknown"
    clip = recorder.take("gameclip")
    await recorder.pass_by(1)
    shot = recorder.take("screenshot", "tidewater")
    await recorder.look()
    assert [state.attributes["kind"] for state in heard] == ["video", "screenshot"]
    assert [state.attributes["game"] for state in heard] == [
        "Starfall Odyssey",
        "Tidewater Tales",
    ]
    assert [state.attributes["local_id"] for state in heard] == [
        clip.local_id,
        shot.local_id,
    ]
    path = heard[0].attributes["picture"]
    assert path.startswith(f"/api/{DOMAIN}/captures/")
    status, _, body = await recorder.get(path)
    assert (status, body) == (200, recorder.content(clip, "Thumbnail"))
    await recorder.look()
    assert len(heard) == 2


async def test_a_restart_tells_nothing(recorder: Recorder) -> None:
    """Not even of what was taken meanwhile; what comes later is told."""
    heard = _heard(recorder)
    assert await recorder.house.unload(recorder.entry)
    recorder.take("gameclip")
    assert await recorder.house.set_up(recorder.entry)
    await recorder.look()
    assert heard == []
    recorder.take("gameclip")
    await recorder.look()
    assert len(heard) == 1


@pytest.mark.parametrize("body", ["{}", '{"values": [{"contentId": null}]}'])
async def test_a_first_look_at_nothing_makes_no_news_of_what_was_there(
    recorder: Recorder, body: str
) -> None:
    """However odd the first answer was, what was captured before is not new."""
    heard = _heard(recorder)
    assert await recorder.house.unload(recorder.entry)
    await recorder.pass_by(60)
    odd = recorder.house.fail(kind="json", host=HUB, body=body)
    assert await recorder.house.set_up(recorder.entry)
    await recorder.pass_by(60)
    recorder.world.faults.remove(odd.id)
    await recorder.look()
    assert recorder.house.shows(COUNT) == "6"
    assert heard == []
    recorder.take("gameclip")
    await recorder.look()
    assert len(heard) == 1


async def test_one_taken_before_a_reload_is_told_after_it(recorder: Recorder) -> None:
    """Once: it was taken while we watched, and had not come into the network by then."""
    heard = _heard(recorder)
    told = recorder.take("screenshot")
    await recorder.look()
    taken = [recorder.take("gameclip")]
    await recorder.pass_by(5)
    taken.append(recorder.take("screenshot"))
    await recorder.pass_by(30)
    for _ in range(2):
        assert await recorder.house.unload(recorder.entry)
        recorder.take("screenshot")
        await recorder.pass_by(30)
        assert await recorder.house.set_up(recorder.entry)
        await recorder.pass_by(30)
    # What was told last is shown again after a reload.
    each = dict.fromkeys(state.attributes["local_id"] for state in heard)
    assert [*each] == [one.local_id for one in (told, *taken)]


async def test_those_taken_during_an_outage_are_told_after_it(
    recorder: Recorder,
) -> None:
    """Each of them: an event that is unavailable tells nothing."""
    heard = _heard(recorder)
    fault = recorder.fail(kind="drop", host=HUB)
    taken = [recorder.take("gameclip")]
    await recorder.look()
    await recorder.pass_by(200)
    taken.append(recorder.take("screenshot"))
    await recorder.look()
    assert recorder.house.shows(EVENT) == "unavailable"
    recorder.world.faults.remove(fault.id)
    await recorder.look()
    assert [state.attributes["local_id"] for state in heard] == [
        one.local_id for one in taken
    ]


async def test_one_taken_before_the_first_look_is_told(recorder: Recorder) -> None:
    """As when Home Assistant starts while the network is away; what was there before is not."""
    heard = _heard(recorder)
    assert await recorder.house.unload(recorder.entry)
    recorder.take("screenshot")
    await recorder.pass_by(30)
    fault = recorder.fail(kind="drop", host=HUB)
    assert await recorder.house.set_up(recorder.entry)
    await recorder.pass_by(60)
    taken = recorder.take("gameclip")
    await recorder.pass_by(60)
    recorder.world.faults.remove(fault.id)
    await recorder.look()
    assert [state.attributes["local_id"] for state in heard] == [taken.local_id]


async def test_what_is_kept_of_news_does_not_grow(
    recorder: Recorder, hass_storage: dict[str, Any]
) -> None:
    """A week later nothing of it is needed."""
    await recorder.pass_by(5)
    key = f"{DOMAIN}.{recorder.entry.entry_id}.arrivals"
    for _ in range(20):
        recorder.take("screenshot")
    await recorder.look()
    await recorder.pass_by(90)
    assert len(hass_storage[key]["data"]["known"]) == 20
    recorder.house.clock.skip(8 * 86400)
    await recorder.pass_by(90)
    await recorder.look()
    await recorder.pass_by(90)
    assert hass_storage[key]["data"]["known"] == []


async def test_one_that_comes_and_goes_is_told_once(recorder: Recorder) -> None:
    """As when the network loses sight of it for a while."""
    heard = _heard(recorder)
    taken = recorder.take("gameclip")
    await recorder.look()
    recorder.world.captures.remove(taken)
    await recorder.look()
    recorder.world.captures.append(taken)
    await recorder.look()
    assert len(heard) == 1


async def test_no_state_holds_a_signed_address(recorder: Recorder) -> None:
    """Pictures are paths of our own view."""
    recorder.take("screenshot")
    await recorder.look()
    for state in recorder.hass.states.async_all():
        assert "content-" not in str(state.as_dict()), state.entity_id
        assert "sig=" not in str(state.as_dict()), state.entity_id


async def test_the_latest_screenshot(recorder: Recorder) -> None:
    """A picture, and when it was taken; another one when there is."""
    house = recorder.house
    newest = recorder.own("screenshot")[0]
    assert house.shows(LATEST)[:19] == recorder.world.clock.iso(newest.time, 0)[:19]
    image = await house.clock.result(async_get_image(recorder.hass, LATEST), within=30)
    assert image.content == recorder.content(newest)
    assert image.content_type == "image/png"
    taken = recorder.take("screenshot", "tidewater")
    await recorder.look()
    image = await house.clock.result(async_get_image(recorder.hass, LATEST), within=30)
    assert image.content == recorder.content(taken)
    assert house.state(LATEST).attributes["game"] == "Tidewater Tales"


async def test_the_latest_screenshot_when_its_address_has_lapsed(
    recorder: Recorder,
) -> None:
    """It is signed again."""
    await recorder.house.clock.hurry(4000)
    image = await recorder.house.clock.result(
        async_get_image(recorder.hass, LATEST), within=30
    )
    assert image.content == recorder.content(recorder.own("screenshot")[0])


async def test_an_account_without_captures(recorder: Recorder) -> None:
    """Has none, and nothing that expires."""
    recorder.world.captures.clear()
    await recorder.look()
    house = recorder.house
    assert house.shows(COUNT) == "0"
    assert house.shows(EXPIRY) == "unknown"
    assert house.shows(LATEST) == "unknown"


async def test_a_service_that_is_ill_touches_nothing_else(recorder: Recorder) -> None:
    """Captures become unavailable after a while and come back; consoles and people go on."""
    house = recorder.house
    recorder.fail(kind="status", host=HUB, status=503)
    await recorder.look()
    await recorder.pass_by(300)
    assert house.shows(COUNT) == "unavailable"
    assert house.shows("media_player.living_room") == "playing"
    assert house.shows(f"binary_sensor.{ACCOUNT}_online") == "on"
    recorder.world.faults.clear()
    await recorder.pass_by(400)
    assert house.shows(COUNT) == "6"


async def test_diagnostics_name_nothing(recorder: Recorder) -> None:
    """Numbers alone."""
    told = await async_get_config_entry_diagnostics(recorder.hass, recorder.entry)
    assert told["captures"]["number"] == 6
    assert told["captures"]["not_backed_up"] == 6
    for capture in recorder.own():
        assert capture.id not in str(told)
        assert capture.local_id not in str(told)


async def test_nothing_is_left_of_a_removed_account(
    recorder: Recorder, hass_storage: dict[str, Any]
) -> None:
    """But the files at home."""
    await recorder.act("download_captures")
    await recorder.act("download_captures", folder="elsewhere")
    key = f"{DOMAIN}.{recorder.entry.entry_id}.captures"
    assert key in hass_storage
    await recorder.house.clock.result(
        recorder.hass.config_entries.async_remove(recorder.entry.entry_id), within=30
    )
    assert key not in hass_storage
    assert len(list(recorder.folder.glob("*.mp4"))) == 3


def _own_app(recorder: Recorder) -> None:
    """Let the account have signed in with an app that its user registered."""
    network = Network(
        recorder.world,
        recorder.entry.runtime_data.account.session.transport._http,  # noqa: SLF001 - one session is enough
        recorder.entry.runtime_data.account.session.transport.hosts,
    )
    stored = network.credentials(OWN_APP).stored()
    recorder.hass.config_entries.async_update_entry(
        recorder.entry, data={"credentials": stored, "sequence": 99}
    )


@pytest.mark.parametrize("told", ["refused", "empty", "gaps", "all"])
async def test_an_own_app(recorder: Recorder, told: str) -> None:
    """Sees everything through the older services; a repair says what is missing, until nothing is."""
    recorder.world.knobs.update({"own_app_captures": told})
    _own_app(recorder)
    assert await recorder.hass.config_entries.async_reload(recorder.entry.entry_id)
    await recorder.pass_by(5)
    assert recorder.house.shows(COUNT) == "6"
    issues = ir.async_get(recorder.hass).issues
    key = (DOMAIN, f"captures_withheld_{recorder.entry.entry_id}")
    assert (key in issues) is (told != "all")
    recorder.world.knobs.update({"own_app_captures": "all"})
    await recorder.look()
    assert key not in ir.async_get(recorder.hass).issues
