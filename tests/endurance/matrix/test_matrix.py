"""Whatever goes wrong with one service, it is its own affair, and passes by itself."""

from itertools import cycle

from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.xbox_console.const import DOMAIN
from tests.endurance.matrix.cell import Cell, Phase, Seen, Trial
from tests.endurance.matrix.faults import FAULTS, Wrong
from tests.endurance.matrix.left import Log
from tests.endurance.matrix.lines import Lines
from tests.endurance.matrix.services import SERVICES, Island
from tests.integration.entries import signed_in_entry
from tests.integration.following import Following
from tests.integration.house import House

PHASES: tuple[Phase, ...] = ("set-up", "poll", "command")
_controls: dict[tuple[object, ...], Seen] = {}


def _is_asked(island: Island, phase: Phase) -> bool:
    match phase:
        case "set-up":
            return island.at_set_up
        case "poll":
            return island.polled
        case "command":
            return island.act is not None


def _goes_wrong(phase: Phase) -> list[Wrong]:
    return [one for one in FAULTS.values() if one.at_set_up or phase != "set-up"]


def whole() -> list[Cell]:
    """Every service with every fault in every phase in which it is asked."""
    return [
        Cell(island, phase, wrong)
        for phase in PHASES
        for island in SERVICES.values()
        if _is_asked(island, phase)
        for wrong in _goes_wrong(phase)
    ]


def pairs() -> list[Cell]:
    """Each service and each fault at least once in each phase, and in the phases with others."""
    cells = []
    for turn, phase in enumerate(PHASES):
        islands = [one for one in SERVICES.values() if _is_asked(one, phase)]
        faults = _goes_wrong(phase)
        faults = faults[turn * 7 :] + faults[: turn * 7]
        cells += [
            Cell(island, phase, wrong)
            for island, wrong in zip(cycle(islands), faults, strict=False)
        ]
    return cells


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the whole matrix if asked to, with how it should be first."""
    if "cell" not in metafunc.fixturenames:
        return
    cells = whole() if metafunc.config.getoption("--endurance") else pairs()
    controls = {cell.like: Cell(cell.island, cell.phase) for cell in cells}
    metafunc.parametrize("cell", [*controls.values(), *cells], ids=str)


@pytest.mark.parametrize("phase", PHASES)
def test_a_little_of_it_misses_nothing(phase: Phase) -> None:
    """Each service and each fault, in each phase."""
    cells = [cell for cell in pairs() if cell.phase == phase]
    asked = {one.host for one in SERVICES.values() if _is_asked(one, phase)}
    assert {cell.island.host for cell in cells} == asked
    names = {cell.wrong.name for cell in cells if cell.wrong}
    assert names == {wrong.name for wrong in _goes_wrong(phase)}


@pytest.fixture
async def following(house: House) -> Following:
    """The parent's account with one friend, not set up, with what each service is asked for."""
    mika = house.simulator.world.people["mika"]
    entry = await signed_in_entry(house.hass, house.simulator, follows=[mika])
    er.async_get(house.hass).async_get_or_create(
        "event",
        DOMAIN,
        f"{entry.unique_id}_{entry.unique_id}_message_received",
        suggested_object_id="quietharbor77_message_received",
        config_entry=entry,
    )
    return Following(house, entry)


async def test_cell(cell: Cell, following: Following, ways: Lines, log: Log) -> None:
    """Nothing else changes, nothing false is shown or claimed, and it is over when it is over."""
    trial = Trial(cell, following, ways, log)
    if cell.wrong is None:
        _controls[cell.like] = await trial.run(None)
    else:
        await trial.run(_controls[cell.like])
    assert not trial.faults, "\n".join(trial.faults)
