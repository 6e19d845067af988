"""The gamertag of the account: whether another is free, and the change (accounts.xboxlive.com)."""

from http import HTTPStatus
from typing import Final

from ..errors import XboxError
from ..model import Json
from ..service import ServiceClient
from ..session import Service
from ..transport import Reply

_NO_FREE_CHANGE: Final = 1020


class NoFreeChange(XboxError):
    """The gamertag was changed before; another change costs money."""


def _judge_reservation(reply: Reply) -> None:
    if reply.status != HTTPStatus.CONFLICT:
        reply.raise_for_status()


def _judge_change(reply: Reply) -> None:
    if _NO_FREE_CHANGE in (reply.status, reply.members.get("code")):
        raise NoFreeChange("The account has no free gamertag change left")
    reply.raise_for_status()


class Account(ServiceClient):
    """The gamertag of the account."""

    _service = Service("accounts.xboxlive.com", contract=2, judge=_judge_change)
    _reservations = Service(
        "user.mgt.xboxlive.com", contract=1, judge=_judge_reservation
    )

    async def reserve_gamertag(self, gamertag: str) -> bool:
        """Whether a gamertag can be had; it is kept for the account for a while."""
        body: Json = {"Gamertag": gamertag, "ReservationId": await self._session.xuid()}
        path = t"/gamertags/reserve"
        reply = await self._request("POST", path, body, service=self._reservations)
        return reply.status != HTTPStatus.CONFLICT

    async def change_gamertag(self, gamertag: str, *, preview: bool = False) -> None:
        """Take a gamertag, or try whether that would work. Raises NoFreeChange."""
        body: Json = {
            "gamertag": gamertag,
            "preview": preview,
            "reservationId": int(await self._session.xuid()),
        }
        await self._do("POST", t"/users/current/profile/gamertag", body)
