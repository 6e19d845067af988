"""usersearch.xboxlive.com: people whose gamertag begins with what was typed."""

from aiohttp import web

from simulator.routes.shared.people_bodies import gamerpic
from simulator.routes.shared.service import Call, refusal, service
from simulator.world import plain_gamertag

HOST = "usersearch.xboxlive.com"
MOST = 20

routes = web.RouteTableDef()


@routes.get(f"/{HOST}/suggest")
@service("1")
async def suggest(call: Call) -> web.Response:
    """List matches, exact ones first."""
    query = plain_gamertag(call.request.query.get("q", ""))
    if not query:
        raise refusal(400)
    found = [
        person
        for person in call.world.people.values()
        if plain_gamertag(person.unique_gamertag).startswith(query)
        or plain_gamertag(person.gamertag).startswith(query)
    ]
    found.sort(key=lambda person: (len(person.gamertag), person.gamertag))
    return call.answer(
        {
            "results": [
                {
                    "text": person.gamertag,
                    "result": {
                        "id": person.xuid,
                        "gamertag": person.gamertag,
                        "displayPicUri": gamerpic(call, person),
                        "score": 0.0,
                    },
                }
                for person in found[:MOST]
            ]
        }
    )
