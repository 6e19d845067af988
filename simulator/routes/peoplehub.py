"""peoplehub.xboxlive.com: friends, and everything about people that a list can show."""

from collections.abc import Iterable

from aiohttp import web

from simulator.people.person import Person, are_friends
from simulator.routes.shared.people_bodies import person_body
from simulator.routes.shared.service import Call, refusal, service, strings

HOST = "peoplehub.xboxlive.com"
CONTRACTS = ("7", "5", "3")

routes = web.RouteTableDef()


def _answer(
    call: Call, people: Iterable[Person], *, reason: str | None = None
) -> web.Response:
    decorations = call.request.match_info.get("decorations", "")
    bodies = [
        person_body(call, person, decorations, reason)
        for person in people
        if call.world.knobs.people_told
    ]
    return call.answer(
        {
            "people": bodies,
            "recommendationSummary": {
                "friendOfFriend": len(bodies),
                "facebookFriend": 0,
                "phoneContact": 0,
                "follower": 0,
                "VIP": 0,
                "steamFriend": 0,
                "promoteSuggestions": False,
                "communitySuggestion": 0,
            }
            if reason
            else None,
            "friendFinderState": None,
            "accountLinkDetails": None,
        }
    )


def _followed(call: Call, owner: Person) -> list[Person]:
    everybody = call.world.people
    return [everybody[key] for key in owner.following if key in everybody]


@routes.get(f"/{HOST}/users/{{who}}/people/{{group:friends|social}}")
@routes.get(
    f"/{HOST}/users/{{who}}/people/{{group:friends|social}}/decoration/{{decorations}}"
)
@service(*CONTRACTS, language=True)
async def friends(call: Call) -> web.Response:
    """List somebody's friends (`friends`), or all whom somebody follows (`social`)."""
    owner = call.person()
    people = _followed(call, owner) if call.sees(owner) else []
    if call.path("group") == "friends":
        people = [person for person in people if are_friends(owner, person)]
    return _answer(call, people)


@routes.get(f"/{HOST}/users/me/people/xuids({{xuids}})/decoration/{{decorations}}")
@service(*CONTRACTS, language=True)
async def by_xuids(call: Call) -> web.Response:
    """Tell about the people with the given xuids; unknown ones are left out."""
    return _answer(call, _known(call, call.path("xuids").split(",")))


@routes.post(f"/{HOST}/users/me/people/batch/decoration/{{decorations}}")
@service(*CONTRACTS, language=True)
async def batch(call: Call) -> web.Response:
    """Tell about many people; unknown ones are left out."""
    xuids = strings((await call.json()).get("xuids"))
    if not xuids:
        raise refusal(400)
    return _answer(call, _known(call, xuids))


def _known(call: Call, xuids: list[str]) -> list[Person]:
    everybody = call.world.people_by_xuid()
    return [everybody[xuid.strip()] for xuid in xuids if xuid.strip() in everybody]


@routes.get(f"/{HOST}/users/me/people/recommendations/decoration/{{decorations}}")
@routes.get(f"/{HOST}/users/me/people/recommendations")
@service(*CONTRACTS, language=True)
async def recommendations(call: Call) -> web.Response:
    """List friends of friends whom the caller does not follow."""
    everybody, caller = call.world.people, call.account
    found = [
        person
        for person in everybody.values()
        if person is not caller
        and person.key not in caller.following
        and any(
            are_friends(caller, middle) and are_friends(middle, person)
            for middle in _followed(call, caller)
        )
    ]
    return _answer(call, found, reason="Friend of friends")


@routes.get(f"/{HOST}/users/me/people/recentplayers")
@routes.get(f"/{HOST}/users/me/people/recentplayers/decoration/{{decorations}}")
@service(*CONTRACTS, language=True)
async def recent_players(call: Call) -> web.Response:
    """List people met in multiplayer sessions."""
    met = [person for person in _followed(call, call.account) if person.in_multiplayer]
    return _answer(call, met)
