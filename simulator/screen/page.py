"""The consoles' screens and front panels on one web page."""

from pathlib import Path

from aiohttp import web

STATIC = Path(__file__).parent / "static"


async def index(request: web.Request) -> web.FileResponse:
    """Serve the page."""
    return web.FileResponse(
        STATIC / "index.html", headers={"Cache-Control": "no-cache"}
    )


def add_routes(app: web.Application) -> None:
    """Serve the page at `/` and what belongs to it."""
    app.router.add_get("/", index)
    app.router.add_static("/_simulator/screen", STATIC)
