"""xnotify.xboxlive.com: what Microsoft says of its own services, for the public status page. No sign-in."""

from xml.etree import ElementTree as ET

from aiohttp import web

from simulator.serving import world_of
from simulator.world import World

HOST = "xnotify.xboxlive.com"
CATEGORIES = (
    "Account & profile",
    "Store & subscriptions",
    "Multiplayer gaming",
    "Cloud gaming & remote play",
    "Friends & social activity",
    "Mobile & other apps",
)
_WELL = "None"

routes = web.RouteTableDef()


@routes.get(f"/{HOST}/servicestatusv6/{{market}}/{{locale}}")
async def service_status(request: web.Request) -> web.Response:
    """Tell how each category is, in JSON if that is accepted, else in XML."""
    world = world_of(request)
    places = world.knobs.status_places.split(",")
    if f"{request.match_info['market']}/{request.match_info['locale']}" not in places:
        raise web.HTTPNotFound(text="")
    if "application/json" not in request.headers.get("Accept", ""):
        return _xml(world)
    categories: object = [_category(world, number) for number in range(len(CATEGORIES))]
    if world.knobs.status_categories == "member":
        categories = {"Category": categories}
    return web.json_response(
        {
            "Status": {
                "Overall": {"State": _overall(world), "LastUpdated": world.clock.iso()},
                "SelectedScenarios": {"State": _WELL, "LastUpdated": world.clock.iso()},
            },
            "CoreServices": categories,
            "Titles": [],
        }
    )


def _states(world: World) -> dict[str, str]:
    """Return the word for each category that the knob says is ill."""
    listed = filter(None, world.knobs.status_troubles.split(";"))
    return {
        name.strip(): word.strip() or "Impacted"
        for name, _, word in (item.partition(":") for item in listed)
    }


def _overall(world: World) -> str:
    return next(iter(_states(world).values()), _WELL)


def _category(world: World, number: int) -> dict[str, object]:
    name = CATEGORIES[number]
    word = _states(world).get(name, _WELL)
    body: dict[str, object] = {
        "Id": number + 1,
        "Name": name,
        "Status": {"Name": word, "Id": 0 if word == _WELL else 1},
    }
    if word != _WELL:
        body["Scenarios"] = [
            {
                "Id": 1,
                "Name": f"Using {name.lower()}",
                "Status": {"Name": word, "Id": 1},
                "Devices": [{"Id": 1, "Name": "Xbox Series X|S"}],
            }
        ]
    return body


def _xml(world: World) -> web.Response:
    root = ET.Element("ServiceStatus")
    overall = ET.SubElement(ET.SubElement(root, "Status"), "Overall")
    ET.SubElement(overall, "State").text = _overall(world)
    core = ET.SubElement(root, "CoreServices")
    for name in CATEGORIES:
        category = ET.SubElement(core, "Category")
        ET.SubElement(category, "Name").text = name
        status = ET.SubElement(category, "Status")
        ET.SubElement(status, "Name").text = _states(world).get(name, _WELL)
    return web.Response(body=ET.tostring(root), content_type="application/xml")
