"""What the routes of signed-in Xbox services share."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
import json
from typing import cast

from aiohttp import web
from aiohttp.typedefs import Handler

from simulator.accounts.account import Account
from simulator.people.person import Person
from simulator.serving import signed_in, world_of
from simulator.world import World


def refusal(status: int) -> web.HTTPException:
    """Return an answer without a body; for statuses that requests can be refused with."""
    kinds: dict[int, type[web.HTTPException]] = {
        400: web.HTTPBadRequest,
        401: web.HTTPUnauthorized,
        403: web.HTTPForbidden,
        404: web.HTTPNotFound,
        409: web.HTTPConflict,
        412: web.HTTPPreconditionFailed,
        501: web.HTTPNotImplemented,
    }
    return kinds[status](text="")


def floats(value: object) -> object:
    """Return the value with whole numbers as floats, all the way down."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return float(value)
    if isinstance(value, Mapping):
        return {key: floats(item) for key, item in value.items()}
    if isinstance(value, list):
        return [floats(item) for item in value]
    return value


@dataclass(frozen=True)
class Call:
    """A request to a service: signed in, with a contract that the service knows."""

    request: web.Request
    world: World
    account: Account
    contract: str

    def path(self, name: str) -> str:
        """Return a part of the path."""
        return self.request.match_info[name]

    def number(self, name: str, default: int) -> int:
        """Return a whole number of the query. Raises HTTPBadRequest."""
        text = self.request.query.get(name, str(default))
        if not text.isdecimal():
            raise refusal(400)
        return int(text)

    def time(self, at: float) -> str:
        """Return a time as the services write it."""
        return self.world.clock.iso(at, self.world.knobs.fraction_digits)

    async def json(self) -> dict[str, object]:
        """Return the JSON object in the body. Raises HTTPBadRequest."""
        try:
            body = json.loads(await self.request.text())
        except ValueError as error:
            raise refusal(400) from error
        if not isinstance(body, dict):
            raise refusal(400)
        return cast("dict[str, object]", body)

    def find(self, who: str) -> Person | None:
        """Return the person that `me`, `xuid(…)` or `gt(…)` means. Raises HTTPBadRequest."""
        kind, _, value = who.partition("(")
        if who == "me":
            return self.account
        if kind == "xuid" and value[:-1].isdecimal():
            return self.world.by_xuid(value[:-1])
        if kind == "gt":
            return self.world.by_gamertag(value[:-1])
        raise refusal(400)

    def person(self, name: str = "who") -> Person:
        """Return the person in the path. Raises HTTPNotFound, or HTTPBadRequest."""
        if (person := self.find(self.path(name))) is None:
            raise refusal(404)
        return person

    def own(self, name: str = "who") -> Account:
        """Return the caller, who has to be the person in the path. Raises HTTPForbidden."""
        if self.person(name) is not self.account:
            raise refusal(403)
        return self.account

    @property
    def own_app(self) -> bool:
        """Whether the caller signed in with an app that a user registered, not one of Microsoft's."""
        header = self.request.headers.get("Authorization")
        token = self.world.tokens.presented(header)
        return token is not None and token.title_id is None

    def sees(self, person: Person) -> bool:
        """Tell whether privacy lets the caller see more than the gamertag."""
        return person is self.account or not person.private

    def answer(self, body: object, status: int = 200) -> web.Response:
        """Answer in JSON."""
        if self.world.knobs.floats_for_integers:
            body = floats(body)
        return web.json_response(body, status=status)


type Service = Callable[[Call], Awaitable[web.StreamResponse]]


def service(*contracts: str, language: bool = False) -> Callable[[Service], Handler]:
    """Serve a signed-in request: 401 without a token, 400 for an unknown contract or, if due, no language."""

    def wrap(answer: Service) -> Handler:
        async def handler(request: web.Request) -> web.StreamResponse:
            account = signed_in(request)
            contract = request.headers.get("x-xbl-contract-version", "")
            if contract not in contracts or (
                language and "Accept-Language" not in request.headers
            ):
                raise refusal(400)
            return await answer(Call(request, world_of(request), account, contract))

        return handler

    return wrap


def strings(value: object) -> list[str]:
    """Return a JSON list of ids as text. Raises HTTPBadRequest."""
    if not isinstance(value, list) or not all(
        isinstance(item, str | int) for item in value
    ):
        raise refusal(400)
    return [str(item) for item in value]
