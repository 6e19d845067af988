"""Dashboards of a few cards, for tests that look at these alone."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from scripts.homeassistant_instance import Connection

type Card = Mapping[str, object]


async def add_dashboard(connection: Connection, url_path: str, *cards: Card) -> str:
    """Make a dashboard of one view, and return its id."""
    made = await connection.command(
        "lovelace/dashboards/create",
        url_path=url_path,
        title=url_path,
        mode="storage",
        show_in_sidebar=False,
    )
    await connection.command(
        "lovelace/config/save", url_path=url_path, config={"views": [{"cards": cards}]}
    )
    return str(made["id"])


@asynccontextmanager
async def dashboard_of(
    connection: Connection, url_path: str, *cards: Card
) -> AsyncIterator[None]:
    """Have a dashboard for as long as the context lasts."""
    dashboard_id = await add_dashboard(connection, url_path, *cards)
    try:
        yield
    finally:
        await connection.command(
            "lovelace/dashboards/delete", dashboard_id=dashboard_id
        )
