"""What is remembered is written when it matters: cards wear out, and most of it never changes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from homeassistant.helpers.json import prepare_save_json
from homeassistant.helpers.storage import Store
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.const import DOMAIN
from tests.integration.apps import install
from tests.integration.following import Following
from tests.integration.house import House

MINUTE, HOUR = 60, 3600


class Disk:
    """Counts what is written, by the last word of the file's name."""

    def __init__(self) -> None:
        """Nothing is written yet."""
        self.writes: dict[str, list[int]] = defaultdict(list)

    def clear(self) -> None:
        """Count from here."""
        self.writes.clear()

    @property
    def count(self) -> int:
        """How often something was written."""
        return sum(map(len, self.writes.values()))

    @property
    def size(self) -> int:
        """How many bytes."""
        return sum(map(sum, self.writes.values()))


@pytest.fixture
def disk(
    hass_storage: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Disk]:
    """What is written to the disk of Home Assistant."""
    disk = Disk()
    write = Store._async_write_data  # noqa: SLF001 - where all writes pass

    async def count(store: Store[Any], data: dict[str, Any]) -> None:
        if "data_func" in data:
            data["data"] = data.pop("data_func")()
        if store.key.startswith(DOMAIN):
            disk.writes[store.key.rpartition(".")[2]].append(
                len(prepare_save_json(data, encoder=None)[1])
            )
        await write(store, data)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "_async_write_data", count)
        yield disk


def _fill(house: House) -> None:
    """Put 300 apps on each of two consoles."""
    for start, name in ((0, "living_room"), (1000, "bedroom")):
        for number in range(start, start + 300):
            install(house.console(name), f"A game with the number {number}", number)


async def _zap(house: House, times: int) -> None:
    """Start another app once a minute."""
    titles = house.simulator.world.titles
    for number in range(times):
        key = ("tidewater", "starfall")[number % 2]
        house.console("living_room").shell.show(titles[key])
        await house.clock.pass_by(MINUTE)


@pytest.mark.usefixtures("living_room_and_bedroom")
async def test_one_app_change_a_minute(
    house: House, entry: MockConfigEntry, disk: Disk
) -> None:
    """Case W7: two times 300 apps; the lists are not written again because of it."""
    _fill(house)
    assert await house.set_up(entry)
    await house.clock.pass_by(2 * MINUTE)
    disk.clear()
    await _zap(house, 30)
    assert not disk.writes["library"]
    assert disk.count <= 38
    assert disk.size < 500_000


@pytest.mark.usefixtures("living_room_only")
async def test_nothing_changes(
    house: House, loaded: MockConfigEntry, disk: Disk
) -> None:
    """Case W7: then nothing is written, but for the time that somebody plays."""
    await house.clock.pass_by(2 * MINUTE)
    disk.clear()
    await house.clock.pass_by(HOUR)
    assert disk.writes.keys() <= {"people", "diary"}
    assert all(len(written) <= 12 for written in disk.writes.values())


@pytest.mark.usefixtures("living_room_only")
async def test_a_drive_that_fills(
    house: House, loaded: MockConfigEntry, disk: Disk
) -> None:
    """Case W7: what changes with each look at the drives is apart from what is large."""
    await house.clock.pass_by(2 * MINUTE)
    disk.clear()
    drive = house.console("living_room").storage[0]
    for _ in range(4):
        drive.used_bytes += 1024**3
        await house.clock.pass_by(11 * MINUTE)
    assert 3 <= len(disk.writes["consoles"]) <= 5
    assert not disk.writes["library"]


@pytest.mark.usefixtures("consoles_aside")
async def test_people_who_change_all_the_time(
    house: House, following: Following, disk: Disk
) -> None:
    """Case W7: one write in five minutes has it all, and the last one what is newest."""
    await following.follow("mika")
    await house.clock.pass_by(6 * MINUTE)
    disk.clear()
    for _ in range(15):
        following.do("mika", "offline")
        await house.clock.pass_by(2 * MINUTE)
        following.do("mika", "play", title="tidewater", device="XboxOne")
        await house.clock.pass_by(2 * MINUTE)
    assert 6 <= len(disk.writes["people"]) <= 12
    assert await house.unload(following.entry)
    assert await house.set_up(following.entry)
    assert house.shows("binary_sensor.lanternfox2048_in_game") == "on"


def _kept(hass_storage: Mapping[str, Any], entry: MockConfigEntry, name: str) -> Any:
    return hass_storage[f"{DOMAIN}.{entry.entry_id}.{name}"]["data"]


async def test_what_is_learned_is_written_soon(
    house: House, loaded: MockConfigEntry, hass_storage: dict[str, Any]
) -> None:
    """A change that comes every few seconds does not put the write off for ever."""
    bedroom = house.console("bedroom")
    for number in range(5):
        bedroom.name = f"Room {number}"
        await house.clock.pass_by(11)
    kept = _kept(hass_storage, loaded, "consoles")["consoles"]
    assert kept[bedroom.id]["name"] in {f"Room {number}" for number in range(5)}
