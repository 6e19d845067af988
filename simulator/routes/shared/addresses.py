"""Where a browser finds a page that the real network has on one of its own hosts."""

from aiohttp import web

from simulator.serving import world_of


def public_url(request: web.Request, url: str) -> str:
    """Return the simulator's own address for an `https` URL, or that URL if a knob asks for real addresses."""
    knobs = world_of(request).tokens.knobs
    if knobs.faithful_addresses:
        return url
    base = knobs.public_address or f"{request.scheme}://{request.host}"
    return f"{base.rstrip('/')}/{url.removeprefix('https://')}"
