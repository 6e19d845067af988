"""Language models tell how long somebody may still play, and grant time only where that was allowed by hand."""

import re
from typing import Any

from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
import yaml

from tests.checks.files import ROOT
from tests.integration.family.at_home import MIKA, TOVE, device_of, give_budget
from tests.integration.following import Following
from tests.integration.test_llm import _expose, _tools, _use

REMAINING = f"sensor.{MIKA}_remaining_today"
MORE = f"button.{MIKA}_15_more_minutes"


_SENTENCES = re.compile(r"```yaml\n(- alias:.*?)```", re.DOTALL)


@pytest.fixture
async def assist(following: Following) -> Following:
    """Assist, to which nothing of a family with two budgets is exposed."""
    await following.follow("mika", "tove")
    for key in ("mika", "tove"):
        await give_budget(following, key, daily_budget=60)
    hass = following.hass
    for component in ("homeassistant", "llm", "conversation"):
        assert await async_setup_component(hass, component, {})
    for entity in er.async_get(hass).entities.values():
        async_expose_entity(hass, "conversation", entity.entity_id, False)
    return following


async def test_what_is_left_is_told(assist: Following) -> None:
    """In minutes, of whom it is exposed."""
    house = assist.house
    _expose(house, REMAINING)
    told = await _use(house, "who_is_playing")
    assert told["people"] == [
        {"name": "LanternFox2048", "minutes_left_today": int(house.shows(REMAINING))}
    ]
    assert await _tools(house) == {"who_is_playing"}


async def test_time_is_granted_only_where_it_was_allowed(assist: Following) -> None:
    """The button has to be exposed; that of one child is not that of another."""
    house = assist.house
    before = int(house.shows(REMAINING))
    _expose(house, MORE)
    assert await _tools(house) == {"grant_play_time"}
    told = await _use(house, "grant_play_time", name="lanternfox2048", minutes=20)
    assert told == {
        "success": True,
        "person": "LanternFox2048",
        "minutes_granted": 20,
        "minutes_left_today": before + 20,
    }
    assert int(house.shows(REMAINING)) == before + 20
    await _use(house, "grant_play_time", name="LanternFox2048", minutes="")
    assert int(house.shows(REMAINING)) == before + 35
    for name in ("Paper Kite 31", "Somebody else"):
        with pytest.raises(HomeAssistantError):
            await _use(house, "grant_play_time", name=name)
    assert int(house.shows(f"sensor.{TOVE}_remaining_today")) == 60


async def test_people_have_names_of_their_own(assist: Following) -> None:
    """As the user calls the device."""
    house = assist.house
    dr.async_get(house.hass).async_update_device(
        device_of(assist, "mika"), name_by_user="Mika"
    )
    await house.clock.settle()
    _expose(house, MORE)
    told = await _use(house, "grant_play_time", name="Mika")
    assert told["minutes_granted"] == 15


async def _say(following: Following, text: str) -> str:
    answer: Any = await following.hass.services.async_call(
        "conversation", "process", {"text": text}, blocking=True, return_response=True
    )
    spoken: str = answer["response"]["speech"]["plain"]["speech"]
    return spoken


async def test_the_sentences_of_the_documentation(assist: Following) -> None:
    """They work as they stand there."""
    house = assist.house
    page = (ROOT / "docs" / "family.md").read_text()
    (sentences,) = _SENTENCES.findall(page)
    assert await async_setup_component(
        house.hass, "automation", {"automation": yaml.safe_load(sentences)}
    )
    await house.clock.settle()
    before = int(house.shows(REMAINING))
    told = await _say(assist, "How long may Mika still play?")
    assert told == f"{before} minutes"
    assert "Fifteen" in await _say(assist, "give Mika 15 more minutes")
    assert int(house.shows(REMAINING)) == before + 15
    await house.act("switch.turn_off", f"switch.{MIKA}_limit_play")
    assert await _say(assist, "how long may mika play today") == "No limit holds today"
