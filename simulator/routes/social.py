"""social.xboxlive.com: how many people somebody follows and is followed by."""

from aiohttp import web

from simulator.people.person import Person, are_friends
from simulator.routes.shared.service import Call, service

HOST = "social.xboxlive.com"
LARGEST = 1000

routes = web.RouteTableDef()


def _status(viewer: Person, person: Person) -> str:
    if are_friends(viewer, person):
        return "MutuallyAccepted"
    if person.key in viewer.requests:
        return "OutgoingRequest"
    return "IncomingRequest" if viewer.key in person.requests else "None"


@routes.get(f"/{HOST}/users/{{who}}/summary")
@service("1", "2", "3")
async def summary(call: Call) -> web.Response:
    """Count; some numbers are only for oneself."""
    viewer, person = call.account, call.person()
    everybody = call.world.people.values()
    following, followed = person.key in viewer.following, viewer.key in person.following
    body: dict[str, object] = {
        "targetFollowingCount": len(person.following) if call.sees(person) else 0,
        "targetFollowerCount": sum(person.key in one.following for one in everybody),
        "isCallerFollowingTarget": following,
        "isTargetFollowingCaller": followed,
        "hasCallerMarkedTargetAsFavorite": person.key in viewer.favorites,
        "hasCallerMarkedTargetAsIdentityShared": False,
        "legacyFriendStatus": _status(viewer, person),
    }
    if call.world.knobs.friend_members:
        body = {"isFriend": are_friends(viewer, person)} | body
    if person is viewer:
        body |= {
            "availablePeopleSlots": max(0, LARGEST - len(person.following)),
            "recentChangeCount": len(person.following),
            "watermark": "5249000000000000001",
        }
    return call.answer(body)
