"""The HTTP face, one file a host family; `shared/` is what they have in common.

A route module has `routes`, a table of handlers under their host's name as path prefix, or `add_routes(app)`.
"""

from importlib import import_module

from aiohttp import web

MODULES = (
    "xccs",
    "catalog",
    "gamepass",
    "art",
    "presence",
    "activity",
    "peoplehub",
    "social",
    "profile",
    "titlehub",
    "achievements",
    "userstats",
    "mediahub",
    "capture_metadata",
    "capture_content",
    "messaging",
    "lists",
    "usersearch",
    "account",
    "cqs",
    "status",
    "authorize",
    "link",
    "live",
    "entra",
    "xbox_auth",
    "sisu",
)


def add_all(app: web.Application) -> None:
    """Register every route module of the table."""
    for name in MODULES:
        module = import_module(f"{__name__}.{name}")
        if hasattr(module, "add_routes"):
            module.add_routes(app)
        else:
            app.router.add_routes(module.routes)
