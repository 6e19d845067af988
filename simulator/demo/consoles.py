"""The sample consoles."""

from functools import partial

from simulator.clock import Clock
from simulator.consoles.console import Console, PowerState
from simulator.consoles.installs import Installation, StorageDevice
from simulator.consoles.shell import Shell
from simulator.games.titles import Titles
from simulator.knobs import Knobs

SERIES_X_ID = "F400000000A1B001"
ONE_X_ID = "FD00000000A1B002"
SERIES_S_ID = "F400000000A1B003"

_GIB = 1024**3
_DAY = 86400.0


def demo_consoles(titles: Titles, clock: Clock, knobs: Knobs) -> list[Console]:
    """Return a Series X at play, a One X asleep, and a Series S whose remote features are off."""

    console = partial(_console, clock, knobs)

    def put(it: Console, drive: StorageDevice, keys: str) -> None:
        it.storage.append(drive)
        it.installed += _installed(titles, clock, drive, keys)
        it.refresh_tiles()

    series_x = console(SERIES_X_ID, "Living room", "XboxSeriesX")
    series_x.power, series_x.signed_in = PowerState.ON, ["parent"]
    series_x.disc = "Golden Boot 27"
    put(
        series_x,
        _drive(1, "Internal", 802, 431, gen9=True),
        "starfall starfall-ember nebula larkvision skyline lighthouse flyingfish cassette sideloaded",
    )
    put(
        series_x,
        _drive(2, "Attic drive", 3726, 902, default=False, gen9=False),
        "tidewater tidewater-lanterns skyline-2011 boot mosslight weather",
    )
    series_x.shell.show(titles["starfall"])

    one_x = console(ONE_X_ID, "Bedroom", "XboxOneX")
    one_x.series, one_x.tv_configured, one_x.signed_in = False, True, ["parent"]
    put(
        one_x,
        _drive(3, "Internal", 781, 215),
        "lanterns larkvision hexagarden tidewater postcard",
    )

    series_s = console(SERIES_S_ID, "Playroom", "XboxSeriesS")
    series_s.remote_features = series_s.streaming = False
    drive = _drive(4, "Internal", 364, 88, gen9=True)
    put(series_s, drive, "mosslight hexagarden larkvision")
    return [series_x, one_x, series_s]


def _console(
    clock: Clock, knobs: Knobs, console_id: str, name: str, kind: str
) -> Console:
    shell = Shell(clock=clock, knobs=knobs, active_at=clock.elapsed())
    return Console(
        id=console_id, name=name, type=kind, shell=shell, clock=clock, knobs=knobs
    )


def _drive(
    number: int,
    name: str,
    total: int,
    used: int,
    *,
    default: bool = True,
    gen9: bool | None = None,
) -> StorageDevice:
    """Return a drive; sizes in gibibytes."""
    return StorageDevice(
        id=f"7B0E5C5E-41D1-4D0A-8B7C-1D9B6E4A{number:04d}",
        name=name,
        total_bytes=total * _GIB,
        used_bytes=used * _GIB,
        is_default=default,
        gen9_compatible=gen9,
    )


def _installed(
    titles: Titles, clock: Clock, drive: StorageDevice, keys: str
) -> list[Installation]:
    """Install titles on a drive; the first was used last."""
    now = clock.now()
    return [
        Installation(
            title=titles[key],
            storage_id=drive.id,
            installed_at=now - (60 + 9 * age) * _DAY,
            updated_at=None if age % 3 == 2 else now - (3 + age) * _DAY,
            last_active_at=None
            if titles[key].kind == "Dlc"
            else now - age * 1.37 * _DAY,
        )
        for age, key in enumerate(keys.split())
    ]
