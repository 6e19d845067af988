"""A game that is followed: how far one has come in it, and what is left to unlock."""

from typing import Any

from homeassistant.config_entries import SOURCE_USER, SubentryFlowResult
from homeassistant.exceptions import HomeAssistantError
import pytest

from tests.integration.family.at_home import HOUR, MINUTE, give_budget
from tests.integration.following import TITLES, Following

LIST = "todo.starfall_odyssey_achievements"
PROGRESS = "sensor.starfall_odyssey_progress"


@pytest.fixture
def following(living_room_only: None, following: Following) -> Following:
    """The parent's account, with the console that the game runs on."""
    return following


async def _flow(following: Following) -> SubentryFlowResult:
    question = following.hass.config_entries.subentries.async_init(
        (following.entry.entry_id, "game"), context={"source": SOURCE_USER}
    )
    return await following.house.clock.result(question, within=30)


async def _submit(
    following: Following, page: SubentryFlowResult, game: str
) -> SubentryFlowResult:
    question = following.hass.config_entries.subentries.async_configure(
        page["flow_id"], {"game": game}
    )
    return await following.house.clock.result(question, within=30)


async def _follow(following: Following, game: str = TITLES["starfall"]) -> None:
    result = await _submit(following, await _flow(following), game)
    assert result["type"] == "create_entry", result
    await following.house.clock.pass_by(5)


async def _items(following: Following) -> list[dict[str, Any]]:
    answer: Any = await following.hass.services.async_call(
        "todo", "get_items", {"entity_id": LIST}, blocking=True, return_response=True
    )
    items: list[dict[str, Any]] = answer[LIST]["items"]
    return items


def _unlocked(items: list[dict[str, Any]]) -> set[str]:
    return {item["uid"] for item in items if item["status"] == "completed"}


async def test_a_game_is_a_device_at_once(following: Following) -> None:
    """Without a reload; a list of achievements, open as long as they are locked."""
    await _follow(following)
    house = following.house
    items = await _items(following)
    assert items
    assert int(house.shows(LIST)) == len(items) - len(_unlocked(items))
    assert house.shows("sensor.starfall_odyssey_gamerscore") == "0"
    assert float(house.shows(PROGRESS)) == 0
    assert float(house.shows("sensor.starfall_odyssey_played")) > 50
    assert house.shows("sensor.starfall_odyssey_last_unlocked") == "unknown"
    assert all(item["summary"] for item in items)
    assert any("G" in item["description"] for item in items)


async def test_it_is_asked_when_the_game_ends(following: Following) -> None:
    """And not while it goes on; what was unlocked is done then."""
    await _follow(following)
    house = following.house
    console = house.console("living_room")
    following.do("parent", "unlock", title="starfall")
    await house.clock.pass_by(30 * MINUTE)
    assert _unlocked(await _items(following)) == set()
    console.signed_in.clear()
    await house.clock.pass_by(5 * MINUTE)
    items = await _items(following)
    (done,) = _unlocked(items)
    name = next(item["summary"] for item in items if item["uid"] == done)
    last = house.state("sensor.starfall_odyssey_last_unlocked")
    assert last.state == name
    assert last.attributes["gamerscore"] > 0
    assert float(house.shows(PROGRESS)) > 0


@pytest.mark.usefixtures("without_consoles")
async def test_else_it_is_asked_daily(following: Following) -> None:
    """A few requests, however many achievements."""
    await following.house.clock.hurry(HOUR)
    without = await following.requests_within(HOUR)
    await _follow(following)
    with_game = await following.requests_within(HOUR)
    assert sum(with_game.values()) <= sum(without.values()) + 5
    following.do("parent", "unlock", title="starfall")
    await following.house.clock.hurry(23 * HOUR)
    assert len(_unlocked(await _items(following))) == 1


@pytest.mark.usefixtures("consoles_aside")
async def test_a_whole_family_costs_little(following: Following) -> None:
    """Budgets, diary and a game together: no more than five requests an hour."""
    await following.follow("mika", "tove")
    await following.house.clock.hurry(HOUR)
    without = await following.requests_within(HOUR)
    for key in ("mika", "tove"):
        await give_budget(following, key, daily_budget=600)
    await _follow(following)
    await following.house.clock.pass_by(5 * MINUTE)
    with_family = await following.requests_within(HOUR)
    assert sum(with_family.values()) <= sum(without.values()) + 5


async def test_a_restart_asks_again(following: Following) -> None:
    """What is shown is what is so; the device stays."""
    await _follow(following)
    house = following.house
    before = await _items(following)
    following.do("parent", "unlock", title="starfall")
    assert await house.unload(following.entry)
    assert await house.set_up(following.entry)
    await house.clock.pass_by(30)
    after = await _items(following)
    assert len(after) == len(before)
    assert len(_unlocked(after)) == 1


async def test_nothing_can_be_ticked_off(following: Following) -> None:
    """The list only shows."""
    await _follow(following)
    item = (await _items(following))[0]["summary"]
    with pytest.raises(HomeAssistantError):
        await following.hass.services.async_call(
            "todo",
            "update_item",
            {"entity_id": LIST, "item": item, "status": "completed"},
            blocking=True,
        )


async def test_a_game_goes_with_its_subentry(following: Following) -> None:
    """Nothing is asked for it any more."""
    await _follow(following)
    (subentry,) = following.entry.subentries.values()
    following.hass.config_entries.async_remove_subentry(
        following.entry, subentry.subentry_id
    )
    await following.house.clock.pass_by(10)
    assert following.hass.states.get(LIST) is None


async def test_which_games_can_be_followed(following: Following) -> None:
    """Played, installed, or typed by name; each once."""
    page = await _flow(following)
    (selector,) = page["data_schema"].schema.values()  # type: ignore[union-attr] # it is a form
    offered = {one["label"] for one in selector.config["options"]}
    assert {"Starfall Odyssey", "Tidewater Tales"} <= offered
    assert "Larkvision" not in offered
    page = await _submit(following, page, "No such game at all")
    assert page["errors"] == {"base": "unknown_game"}
    done = await _submit(following, page, "starfall odyssey")
    assert done["title"] == "Starfall Odyssey"
    page = await _submit(following, await _flow(following), TITLES["starfall"])
    assert page["errors"] == {"base": "game_followed"}


async def test_a_service_that_is_ill_keeps_what_is_known(
    following: Following,
) -> None:
    """It comes back by itself."""
    await _follow(following)
    house = following.house
    house.fail(kind="status", host="achievements.xboxlive.com")
    house.console("living_room").signed_in.clear()
    await house.clock.pass_by(3 * MINUTE)
    assert await _items(following)
    house.simulator.world.faults.clear()
    await house.clock.hurry(2 * HOUR)
    assert house.shows(PROGRESS) != "unavailable"
