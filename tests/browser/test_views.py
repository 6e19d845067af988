"""What the views of the dashboard show, and how cards tell what happens."""

from datetime import UTC, datetime

from playwright.async_api import Page, expect
import pytest

from scripts import dashboard
from scripts.homeassistant_instance import HomeAssistant
from simulator.consoles.console import Console
from tests.browser.conftest import PLAYERS_PATH, TakePicture
from tests.browser.frontend import show
from tests.running_simulator import RunningSimulator

pytestmark = pytest.mark.usefixtures("signed_in")

_CONSOLE = f"/{dashboard.URL_PATH}/console-living_room"
_WITH_CAPTURES = """
async ([tag, config, keys]) => {
  const { hass } = document.querySelector("home-assistant");
  const { device_id } = Object.values(hass.entities).find((entity) => entity.translation_key === "played_today");
  const others = Object.fromEntries(Object.entries(hass.entities).filter(([, entity]) => !/capture|screenshot|backup/.test(entity.translation_key)));
  const made = Object.fromEntries(keys.map(([domain, key]) => [`${domain}.${key}`, { entity_id: `${domain}.${key}`, translation_key: key, platform: "xbox_console", device_id }]));
  return customElements.get(tag).generate(config, { ...hass, entities: { ...others, ...made } });
}
"""
_ACHIEVEMENT = "event.quietharbor77_achievement"


async def test_captures_have_a_view_where_there_are_any(page: Page) -> None:
    """The latest screenshot, what is not safe yet, and what is about to go; none where they are hidden or disabled."""
    await show(page, f"/{dashboard.URL_PATH}/people")
    await expect(page.locator("xbox-console-play ha-card").first).to_be_visible()
    keys = [
        ("image", "latest_screenshot"),
        ("sensor", "captures_not_backed_up"),
        ("sensor", "next_capture_expiry"),
        ("button", "back_up_captures"),
    ]
    tag = "ll-strategy-{}-xbox-console"
    views = await page.evaluate(_WITH_CAPTURES, [tag.format("dashboard"), {}, keys])
    assert [view["path"] for view in views["views"]][-1] == "captures"
    nothing = await page.evaluate(_WITH_CAPTURES, [tag.format("dashboard"), {}, []])
    assert "captures" not in [view["path"] for view in nothing["views"]]
    view = await page.evaluate(
        _WITH_CAPTURES, [tag.format("view"), {"view": "captures"}, keys]
    )
    facts, wall = view["sections"]
    shown = {card["entity"] for card in facts["cards"] if "entity" in card}
    assert shown == {f"{domain}.{key}" for domain, key in keys}
    assert wall["cards"][-1]["folder"].endswith("&shelf=by_date")


async def _follow_a_game(home_assistant: HomeAssistant, title_id: str) -> None:
    """As the form for it does."""
    entries = "/api/config/config_entries"
    (entry,) = await home_assistant.request(
        "GET", f"{entries}/entry?domain=xbox_console"
    )
    flows = f"{entries}/subentries/flow"
    form = await home_assistant.request(
        "POST", flows, {"handler": [entry["entry_id"], "game"]}
    )
    await home_assistant.request(
        "POST", f"{flows}/{form['flow_id']}", {"game": title_id}
    )


async def test_what_people_have_unlocked(
    page: Page,
    home_assistant: HomeAssistant,
    simulator: RunningSimulator,
    take_picture: TakePicture,
) -> None:
    """The latest achievement of a person by its own name, nothing where there is none; and each game that is followed."""
    await show(page, f"/{dashboard.URL_PATH}/people")
    name = page.locator("hui-markdown-card").get_by_text("<Safe> & sound")
    latest = page.locator("hui-tile-card").filter(has_text="Achievement")
    await expect(page.locator("xbox-console-play li").first).to_be_visible()
    await expect(latest).to_be_hidden()
    await expect(name).to_be_hidden()
    path = f"/api/states/{_ACHIEVEMENT}"
    state = await home_assistant.request("GET", path)
    unlocked = {
        "event_type": "unlocked",
        "name": "<Safe> & sound",
        "description": "Bring everybody home.",
        "game": "Starfall Odyssey",
    }
    await home_assistant.request(
        "POST",
        path,
        {
            "state": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "attributes": {**state["attributes"], **unlocked},
        },
    )
    await expect(name).to_be_visible()
    await expect(latest).to_contain_text("Starfall Odyssey")
    starfall = simulator.world.titles["starfall"].title_id
    await _follow_a_game(home_assistant, str(starfall))
    heading = page.locator("hui-heading-card").filter(has_text="Starfall Odyssey")
    await expect(heading).to_be_visible()
    progress = page.locator("hui-tile-card").filter(has_text="Last unlocked")
    await expect(progress).to_be_visible()
    await take_picture("strategy-people-unlocked")


async def test_what_could_not_be_started_is_told(page: Page, console: Console) -> None:
    """It stays for longer than the next change of the console's state, and goes with the next try."""
    await show(page, _CONSOLE)
    library = page.locator("xbox-console-library")
    game = library.get_by_role("button", name="Nebula Drift GT")
    console.remote_features = False
    await game.click()
    alert = library.get_by_role("alert")
    await expect(alert).to_contain_text("remote features", ignore_case=True)
    await library.evaluate(
        """(card) => {
          const { hass } = document.querySelector("home-assistant");
          const player = hass.states["media_player.living_room"];
          card.hass = { ...hass, states: { ...hass.states, [player.entity_id]: { ...player } } };
        }"""
    )
    await expect(alert).to_be_visible()
    console.remote_features = True
    await game.click()
    await expect(alert).to_be_hidden()


async def test_an_entity_suggests_its_cards(page: Page) -> None:
    """Who picks a console sees the remote and the games, and for anything else none of ours."""
    await show(page, f"/{PLAYERS_PATH}")
    await expect(page.locator("hui-media-control-card").first).to_be_visible()
    suggested = await page.evaluate(
        """(entities) => {
          const { hass } = document.querySelector("home-assistant");
          return entities.map((entity) => window.customCards.map((card) => card.getEntitySuggestion?.(hass, entity)?.config.type).filter(Boolean));
        }""",
        ["remote.bedroom", "media_player.bedroom", "sensor.bedroom_who_plays_here"],
    )
    remote, library = "custom:xbox-console-remote", "custom:xbox-console-library"
    assert suggested == [[remote], [library], []]
