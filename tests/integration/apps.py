"""More games and apps for the demo world's consoles."""

from datetime import UTC, datetime

from simulator.consoles.console import Console
from simulator.consoles.installs import Installation
from simulator.games.titles import Title


def install(
    console: Console,
    name: str,
    number: int = 0,
    kind: str = "Game",
    used: float | None = None,
) -> str:
    """Put something on a console; `used` is when it was used last, in unix seconds. Returns its product id."""
    product_id = f"9ZTEST{number:06d}"
    title = Title(
        key=f"test-{number}",
        kind=kind,
        name=name,
        product_id=product_id,
        title_id=1_980_000_000 + number,
        package_family_name=f"Test.Title{number}_0a1b2c3d4e5fg",
    )
    day = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
    console.installed.append(
        Installation(
            title=title,
            storage_id=console.storage[0].id,
            installed_at=day,
            updated_at=None,
            last_active_at=used,
        )
    )
    return product_id
