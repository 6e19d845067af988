"""People by the beginning of their gamertag (usersearch.xboxlive.com)."""

from ..model import Items, Link, Model
from ..service import ServiceClient
from ..session import Service


class FoundUser(Model):
    """A person; `id` is the XUID."""

    id: str
    gamertag: str | None = None
    display_pic_uri: Link = None
    score: float | None = None


class FoundUserResult(Model):
    """A person and the text that fits."""

    text: str | None = None
    result: FoundUser


class FoundUserList(Model):
    """People."""

    results: Items[FoundUserResult]


class UserSearch(ServiceClient):
    """People by the beginning of their gamertag."""

    _service = Service("usersearch.xboxlive.com", contract=1)

    async def suggest(self, text: str) -> tuple[FoundUser, ...]:
        """People whose gamertag begins like that."""
        found = await self._get(t"/suggest", FoundUserList, q=text)
        return tuple(each.result for each in found.results)
