"""A plain client of the services about people, games and captures."""

from typing import Any

from simulator.people.person import Person
from tests.simulator.console_client import ConsoleClient, Json

ALL = (
    "suggestion,recentPlayer,follower,preferredColor,detail,multiplayerSummary,presenceDetail,titlePresence,"
    "titleSummary,presenceTitleIds,communityManagerTitles,socialManager,broadcast,tournamentSummary,avatar"
)


def person(remote: ConsoleClient, key: str) -> Person:
    """Return somebody of the sample world."""
    return remote.world.people[key]


def who(remote: ConsoleClient, key: str) -> str:
    """Return somebody's place in paths."""
    return f"xuid({person(remote, key).xuid})"


async def call(
    remote: ConsoleClient,
    method: str,
    path: str,
    contract: str,
    json: object = None,
    **headers: str,
) -> tuple[int, Any]:
    """Return the status and the JSON body; an empty body counts as None."""
    response = await remote.ask(
        method, path, headers=remote.headers(contract, **headers), json=json
    )
    text = await response.text()
    return response.status, await response.json() if text else None


async def read(remote: ConsoleClient, path: str, contract: str) -> Json:
    """Return the body of a successful answer."""
    status, body = await call(remote, "GET", path, contract)
    assert status == 200, path
    found: Json = body
    return found


async def do(remote: ConsoleClient, key: str, action: str, **body: object) -> Json:
    """Let somebody do something."""
    status, state = await remote.control("POST", f"people/{key}/{action}", body)
    assert status == 200, state
    found: Json = state
    return found


async def presence(remote: ConsoleClient, key: str, level: str = "all") -> Json:
    """Return somebody's presence record."""
    path = f"/userpresence.xboxlive.com/users/{who(remote, key)}?level={level}"
    return await read(remote, path, "3")


async def profile(remote: ConsoleClient, key: str, decorations: str = ALL) -> Json:
    """Return a person as the people service shows it."""
    path = f"/peoplehub.xboxlive.com/users/me/people/xuids({person(remote, key).xuid})"
    body = await read(remote, f"{path}/decoration/{decorations}", "7")
    [found] = body["people"]
    result: Json = found
    return result
