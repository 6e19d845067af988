"""store-images.s-microsoft.com and images-eds-ssl.xboxlive.com: pictures of titles and people."""

import asyncio
from typing import NamedTuple

from aiohttp import web

from simulator.games.art import SCENES, draw
from simulator.games.titles import Title
from simulator.serving import world_of

STORE_IMAGES = "store-images.s-microsoft.com"
EDS_IMAGES = "images-eds-ssl.xboxlive.com"
LARGEST_SIDE = 2160


class Purpose(NamedTuple):
    """What a picture of a title is for, and its full size in pixels."""

    name: str
    width: int
    height: int


PURPOSES = (
    Purpose("Tile", 300, 300),
    Purpose("Logo", 150, 150),
    Purpose("BoxArt", 1080, 1080),
    Purpose("Poster", 720, 1080),
    Purpose("BrandedKeyArt", 584, 800),
    Purpose("SuperHeroArt", 1920, 1080),
    Purpose("Screenshot", 1280, 720),
)
_BY_NAME = {purpose.name.lower(): purpose for purpose in PURPOSES}

routes = web.RouteTableDef()


def image_uri(title: Title, purpose: Purpose) -> str:
    """Return a picture's address as the catalogue writes it: without a scheme."""
    return f"//{STORE_IMAGES}/image/apps.{title.key}.{purpose.name.lower()}"


@routes.get(f"/{STORE_IMAGES}/image/apps.{{key}}.{{purpose}}")
@routes.get("/_simulator/art/{key}.{purpose}")
async def title_image(request: web.Request) -> web.Response:
    """Draw a title's picture; `w` and `h` ask for a size, as the store's images take them."""
    purpose = _BY_NAME.get(request.match_info["purpose"])
    title = next(
        (
            item
            for item in world_of(request).titles
            if item.key == request.match_info["key"]
        ),
        None,
    )
    if purpose is None or title is None:
        raise web.HTTPNotFound(text="")
    width, height = _size(request, purpose)
    return await _picture(title.scene, title.colors, width, height, title.key)


@routes.get(f"/{EDS_IMAGES}/image")
async def person_image(request: web.Request) -> web.Response:
    """Draw a gamerpic; `url` says whose."""
    seed = request.query.get("url", "")
    scene = sorted(SCENES)[sum(seed.encode()) % len(SCENES)]
    width, height = _size(request, Purpose("Gamerpic", 424, 424))
    return await _picture(scene, ("#16324f", "#2a9d8f", "#ffe8c2"), width, height, seed)


def _size(request: web.Request, purpose: Purpose) -> tuple[int, int]:
    """Return the asked size; one side alone keeps the proportions."""
    width, height = (_side(request.query.get(name)) for name in ("w", "h"))
    if not width and not height:
        return purpose.width, purpose.height
    width = width or round(height * purpose.width / purpose.height)
    return width, height or round(width * purpose.height / purpose.width)


def _side(text: str | None) -> int:
    return min(LARGEST_SIDE, int(text)) if text and text.isdecimal() else 0


async def _picture(
    scene: str, colors: tuple[str, str, str], width: int, height: int, seed: str
) -> web.Response:
    body = await asyncio.to_thread(draw, scene, colors, width, height, seed)
    return web.Response(
        body=body,
        content_type="image/png",
        headers={"Cache-Control": "public, max-age=86400"},
    )
