"""The sample consoles."""

from simulator.clock import Clock
from simulator.console import Console, Installation, PowerState, StorageDevice
from simulator.knobs import Knobs
from simulator.shell import Shell
from simulator.titles import Titles

SERIES_X_ID = "F400000000A1B001"
ONE_X_ID = "FD00000000A1B002"
SERIES_S_ID = "F400000000A1B003"

_GIB = 1024**3
_DAY = 86400.0


def demo_consoles(titles: Titles, clock: Clock, knobs: Knobs) -> list[Console]:
    """Return a Series X at play, a One X asleep, and a Series S whose remote features are off."""
    internal = StorageDevice(
        id="7B0E5C5E-41D1-4D0A-8B7C-1D9B6E4A0001",
        name="Internal",
        total_bytes=802 * _GIB,
        used_bytes=431 * _GIB,
        is_default=True,
        gen9_compatible=True,
    )
    external = StorageDevice(
        id="7B0E5C5E-41D1-4D0A-8B7C-1D9B6E4A0002",
        name="Attic drive",
        total_bytes=3726 * _GIB,
        used_bytes=902 * _GIB,
        gen9_compatible=False,
    )
    series_x = Console(
        id=SERIES_X_ID,
        name="Living room",
        type="XboxSeriesX",
        shell=Shell(clock=clock, knobs=knobs, active_at=clock.elapsed()),
        clock=clock,
        knobs=knobs,
        power=PowerState.ON,
        disc="Golden Boot 27",
        signed_in=["parent"],
        storage=[internal, external],
        installed=[
            *_installed(
                titles,
                clock,
                internal,
                "starfall starfall-ember nebula larkvision skyline lighthouse flyingfish cassette sideloaded",
            ),
            *_installed(
                titles,
                clock,
                external,
                "tidewater tidewater-lanterns skyline-2011 boot mosslight weather",
            ),
        ],
    )
    series_x.shell.show(titles["starfall"])
    one_drive = StorageDevice(
        id="7B0E5C5E-41D1-4D0A-8B7C-1D9B6E4A0003",
        name="Internal",
        total_bytes=781 * _GIB,
        used_bytes=215 * _GIB,
        is_default=True,
    )
    one_x = Console(
        id=ONE_X_ID,
        name="Bedroom",
        type="XboxOneX",
        shell=Shell(clock=clock, knobs=knobs),
        clock=clock,
        knobs=knobs,
        series=False,
        tv_configured=True,
        signed_in=["parent"],
        storage=[one_drive],
        installed=_installed(
            titles,
            clock,
            one_drive,
            "lanterns larkvision hexagarden tidewater postcard",
        ),
    )
    small_drive = StorageDevice(
        id="7B0E5C5E-41D1-4D0A-8B7C-1D9B6E4A0004",
        name="Internal",
        total_bytes=364 * _GIB,
        used_bytes=88 * _GIB,
        is_default=True,
        gen9_compatible=True,
    )
    series_s = Console(
        id=SERIES_S_ID,
        name="Playroom",
        type="XboxSeriesS",
        shell=Shell(clock=clock, knobs=knobs),
        clock=clock,
        knobs=knobs,
        remote_features=False,
        streaming=False,
        storage=[small_drive],
        installed=_installed(
            titles, clock, small_drive, "mosslight hexagarden larkvision"
        ),
    )
    return [series_x, one_x, series_s]


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
