"""The dashboard "Xbox" of a development instance: what the integration's own strategy makes of it."""

from scripts.homeassistant_instance import Connection

URL_PATH = "xbox-console"


async def provide(connection: Connection) -> None:
    """Make the dashboard if it is not there; the strategy fits it to what is set up."""
    dashboards = await connection.command("lovelace/dashboards/list")
    if any(dashboard["url_path"] == URL_PATH for dashboard in dashboards):
        return
    await connection.command(
        "lovelace/dashboards/create",
        url_path=URL_PATH,
        title="Xbox",
        icon="mdi:controller",
        show_in_sidebar=True,
        require_admin=False,
        mode="storage",
    )
    await connection.command(
        "lovelace/config/save",
        url_path=URL_PATH,
        config={"strategy": {"type": "custom:xbox-console"}},
    )
