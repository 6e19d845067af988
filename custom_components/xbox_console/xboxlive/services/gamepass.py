"""What Game Pass has (catalog.gamepass.com), as lists of products; needs no sign-in."""

from ..errors import UnexpectedResponse
from ..model import Model, OpenEnum
from ..service import ServiceClient, read_all
from ..session import Service


class GamePassList(OpenEnum):
    """Lists for consoles, by their ids."""

    ALL = "f6f1f99f-9b49-4ccd-b3bf-4d9767a77f5e"
    ADDED = "f13cf6b4-57e6-4459-89df-6aec18cf0538"
    COMING = "095bda36-f5cd-43f2-9ee1-0a72f371fb96"
    LEAVING = "393f05bf-e596-4ef6-9487-6d4fa0eab987"


class GamePassLine(Model):
    """A product; the first line of a list describes the list instead."""

    sigl_id: str | None = None
    id: str | None = None


class GamePass(ServiceClient):
    """Which products Game Pass has, gets and loses, in the market of the session; without any dates."""

    _service = Service("catalog.gamepass.com", signed_in=False)

    async def products(self, which: GamePassList) -> tuple[str, ...]:
        """Store ids of the products of a list. Raises UnexpectedResponse for what is no list."""
        query = {
            "id": which,
            "language": self._language.lower(),
            "market": self._session.market,
        }
        reply = await self._request("GET", t"/sigls/v2", parameters=query)
        title, *lines = read_all(reply, GamePassLine) or (None,)
        products = tuple(line.id for line in lines if line.id)
        # Even a list of nothing is described, and what names something names its products.
        if title is None or (lines and not products):
            raise UnexpectedResponse(
                reply.host, reply.status, "no list of Game Pass", reply.text
            )
        return products
