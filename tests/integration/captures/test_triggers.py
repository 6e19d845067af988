"""Triggers of captures, in real automations: one was taken, one is about to be deleted."""

from collections.abc import Mapping
from typing import Any

from homeassistant.core import Event, callback
from homeassistant.setup import async_setup_component
import pytest

from custom_components.xbox_console.const import DOMAIN
from simulator.captures import gallery
from tests.integration.automations import FIRED
from tests.integration.captures.recorder import ACCOUNT, Recorder

_DAY = 86400.0


async def _automate(
    recorder: Recorder, trigger: str, options: dict[str, Any] | None = None
) -> list[Mapping[str, Any]]:
    """Set up an automation with one trigger of ours; the list fills with what it is told."""
    told: list[Mapping[str, Any]] = []

    @callback
    def note(event: Event[Mapping[str, Any]]) -> None:
        told.append(event.data)

    recorder.hass.bus.async_listen(FIRED, note)
    entity = {
        "capture_taken": f"event.{ACCOUNT}_capture",
        "capture_neared_expiry": f"sensor.{ACCOUNT}_next_capture_expiry",
    }[trigger]
    of_state = (
        "trigger.to_state.attributes" if trigger == "capture_taken" else "trigger"
    )
    words = ("kind", "game", "picture", "backed_up", "local_id")
    data = {word: f"{{{{ {of_state}.{word} | default(none) }}}}" for word in words}
    ours = {
        "trigger": f"{DOMAIN}.{trigger}",
        "target": {"entity_id": entity},
        "options": options or {},
    }
    automation = {
        "alias": "Ours",
        "mode": "parallel",
        "triggers": [ours],
        "actions": [{"event": FIRED, "event_data": data}],
    }
    assert await async_setup_component(
        recorder.hass, "automation", {"automation": automation}
    )
    await recorder.house.clock.settle()
    assert recorder.house.shows("automation.ours") == "on"
    return told


async def test_a_capture_was_taken(recorder: Recorder) -> None:
    """Each one, with a picture of our own path."""
    told = await _automate(recorder, "capture_taken")
    await recorder.look()
    assert told == []
    recorder.take("gameclip")
    recorder.take("screenshot")
    await recorder.look()
    assert sorted(one["kind"] for one in told) == ["screenshot", "video"]
    assert all(one["picture"].startswith("/api/") for one in told)


@pytest.mark.parametrize(
    ("options", "kinds"),
    [
        ({"kind": "video"}, ["video"]),
        ({"kind": ["screenshot"], "game": "starfall odyssey"}, ["screenshot"]),
        ({"game": ["Chess of 1472", "Tidewater Tales"]}, []),
    ],
)
async def test_only_what_is_meant(
    recorder: Recorder, options: dict[str, Any], kinds: list[str]
) -> None:
    """By kind and game."""
    told = await _automate(recorder, "capture_taken", options)
    recorder.take("gameclip")
    recorder.take("screenshot")
    await recorder.look()
    assert [one["kind"] for one in told] == kinds


async def _nearing(recorder: Recorder) -> dict[str, Any]:
    """Let captures have been taken every quarter of an hour; the oldest nears in five minutes."""
    now = recorder.world.clock.now()
    for number, capture in enumerate(recorder.own()):
        capture.time = now - _DAY - 900 * number
    await recorder.look()
    oldest = recorder.own()[-1]
    left = gallery.expires(recorder.world, oldest) - recorder.world.clock.now()
    return {"before": {"seconds": left - 300}}


async def test_a_capture_neared_its_expiry(recorder: Recorder) -> None:
    """Each at its time, once."""
    told = await _automate(recorder, "capture_neared_expiry", await _nearing(recorder))
    await recorder.pass_by(290)
    assert told == []
    await recorder.pass_by(20)
    (first,) = told
    oldest, second = recorder.own()[-1], recorder.own()[-2]
    assert first["local_id"] == oldest.local_id
    assert first["kind"] == "video"
    assert first["backed_up"] is False
    await recorder.pass_by(900)
    assert [one["local_id"] for one in told] == [oldest.local_id, second.local_id]
    await recorder.look()
    assert len(told) == 2


async def test_one_that_the_network_loses_sight_of(recorder: Recorder) -> None:
    """Is told once all the same."""
    told = await _automate(recorder, "capture_neared_expiry", await _nearing(recorder))
    await recorder.pass_by(310)
    oldest = recorder.own()[-1]
    recorder.world.captures.remove(oldest)
    await recorder.look()
    recorder.world.captures.append(oldest)
    await recorder.look()
    assert [one["local_id"] for one in told] == [oldest.local_id]


async def test_what_was_near_already_is_no_news(recorder: Recorder) -> None:
    """Neither at the start of an automation nor after a reload; what nears later is."""
    options = await _nearing(recorder)
    await recorder.pass_by(310)
    told = await _automate(recorder, "capture_neared_expiry", options)
    await recorder.pass_by(60)
    assert await recorder.hass.config_entries.async_reload(recorder.entry.entry_id)
    await recorder.pass_by(60)
    assert told == []
    await recorder.pass_by(900)
    assert len(told) == 1


async def test_a_reload_loses_none(recorder: Recorder) -> None:
    """What nears while the account is not loaded is told when it is."""
    told = await _automate(recorder, "capture_neared_expiry", await _nearing(recorder))
    assert await recorder.house.unload(recorder.entry)
    await recorder.pass_by(310)
    assert told == []
    assert await recorder.house.set_up(recorder.entry)
    await recorder.pass_by(10)
    assert len(told) == 1


async def test_a_capture_that_is_seen_late(recorder: Recorder) -> None:
    """Is told when it is seen."""
    told = await _automate(recorder, "capture_neared_expiry", await _nearing(recorder))
    late = recorder.take("gameclip")
    late.time = recorder.own()[-1].time - 3600
    await recorder.look()
    assert [one["local_id"] for one in told] == [late.local_id]


async def test_an_automation_that_is_switched_off(recorder: Recorder) -> None:
    """Is told nothing."""
    told = await _automate(recorder, "capture_neared_expiry", await _nearing(recorder))
    await recorder.house.act("automation.turn_off", "automation.ours")
    await recorder.pass_by(400)
    assert told == []


async def test_what_is_backed_up_says_so(recorder: Recorder) -> None:
    """So that nobody is warned of it."""
    options = await _nearing(recorder)
    await recorder.act("download_captures")
    told = await _automate(recorder, "capture_neared_expiry", options)
    await recorder.pass_by(310)
    assert [one["backed_up"] for one in told] == [True]
