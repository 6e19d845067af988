"""Games and apps have names that can be told apart, chosen and shown, whatever they are called in the Store."""

from dataclasses import replace
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.games.library import MOST_SOURCES
from simulator.consoles import answers
from simulator.consoles.installs import Installation
from simulator.games.titles import Title
from tests.integration.apps import install
from tests.integration.homekit_names import cleanup
from tests.integration.house import House

PLAYER = "media_player.living_room"
LONG = "The Endless Chronicle of the Wanderer and the Lighthouse at the Rim "


def _sources(house: House) -> list[str]:
    sources: list[str] = house.state(PLAYER).attributes["source_list"]
    return sources


@pytest.mark.parametrize(
    "names",
    [
        ["Racer", "Racer", "Racer -2-", "Racer (2)"],
        ["!!!", "???", "!!!", "-", "---"],
        [f"{LONG}I", f"{LONG}II", f"{LONG}III", f"{LONG}III"],
        ["Left/Right", "Left:Right", "Left_Right", '"Left" Right'],
        ["Home", "Home!", "(Home)"],
        ["飛" * 80, "飛" * 70],
    ],
)
async def test_homekit_loses_no_input(
    house: House, entry: MockConfigEntry, names: list[str]
) -> None:
    """Case E4: names are different after HomeKit's own cleaning, too, and each is one game."""
    console = house.console("living_room")
    console.installed.clear()
    for number, name in enumerate(names):
        install(console, name, number)
    await house.set_up(entry)
    sources = _sources(house)
    assert len(sources) == len(names) + 1
    cleaned = {cleanup()(source).casefold() for source in sources}
    assert len(cleaned) == len(sources)
    assert "" not in cleaned
    for entry_on_drive in console.installed:
        console.shell.show(entry_on_drive.title)
        await house.clock.pass_by(15)
        sources.remove(house.state(PLAYER).attributes["source"])
    assert sources == ["Home"]


async def test_homekit_finds_every_input_of_a_full_list(
    house: House, entry: MockConfigEntry
) -> None:
    """Case E4: also when there are as many as it takes."""
    console = house.console("living_room")
    for number in range(MOST_SOURCES + 20):
        install(console, f"{LONG}{'!' * (number % 7)}", number)
    await house.set_up(entry)
    sources = _sources(house)
    assert len({cleanup()(source) for source in sources}) == len(sources) == 90


def _sideloaded(house: House, number: int, app_id: str, name: str) -> Title:
    """Put an app without product id on the living room's console."""
    title = replace(
        house.simulator.world.titles["sideloaded"],
        key=f"sideloaded-{number}",
        name=name,
        product_id=None,
        package_family_name="RetroVendor.Emu_0a1b2c3d4e5fg",
        app_id=app_id,
    )
    console = house.console("living_room")
    console.installed.append(
        Installation(title=title, storage_id=console.storage[0].id, installed_at=0)
    )
    return title


async def test_an_app_without_product_id_has_its_listed_name(
    house: House, entry: MockConfigEntry
) -> None:
    """Case E5: what is in focus is named as in the list; of several in a package the exact one."""
    emulator = _sideloaded(house, 1, "App", "Sideloaded Emulator")
    settings = _sideloaded(house, 2, "Settings", "Emulator Settings")
    await house.set_up(entry)
    assert "Sideloaded Emulator" not in _sources(house)
    for title in (emulator, settings):
        house.console("living_room").shell.show(title)
        await house.clock.pass_by(15)
        assert house.state(PLAYER).attributes["app_name"] == title.name
        assert house.shows("sensor.living_room_running_app") == title.name


async def test_names_of_white_space_are_no_names(
    house: House, entry: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case E6: nor are such product ids."""
    body = answers.app_body

    def blank(*args: Any) -> dict[str, object]:
        said = body(*args)
        member = {"Larkvision": "name", "Skyline": "oneStoreProductId"}
        return said | {member.get(str(said["name"]), "new"): " \u200b"}

    monkeypatch.setattr(answers, "app_body", blank)
    await house.set_up(entry)
    sources = _sources(house)
    assert all(source.strip() for source in sources)
    assert "Larkvision" not in sources
    (named,) = [source for source in sources if "lark" in source.casefold()]
    await house.act("media_player.select_source", PLAYER, source=named)
    assert house.state(PLAYER).attributes["source"] == named
