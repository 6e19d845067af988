"""What to renew, and when: one chain of tokens from Microsoft to the services.

    refresh token -> access token -> (device, title,) user token -> XSTS token -> Authorization

It is looked at from the right, and only what is worn out is renewed.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
import random
import time

from ..errors import (
    AuthError,
    RateLimited,
    ServiceUnavailable,
    SignInRefused,
    TokenKind,
    Treatment,
    XboxError,
)
from ..transport import Transport
from .microsoft import Microsoft
from .tokens import Credentials, MicrosoftToken, XboxToken
from .xbox import DEVICE_AUTH, SISU, USER_AUTH, XSTS_AUTH, TokenRejected, Xbox

type Save = Callable[[Credentials], Awaitable[None]]

_YOUNG = 300.0
"""Seconds in which another XSTS token would be as welcome as the one just refused."""
_PAUSES = (2.0, 300.0)
"""Seconds after the first failure, and at most."""
_FINAL_PAUSES = (3600.0, 6 * 3600.0)
"""The same where only the user can help."""
_LAST_PATIENCE = 30.0
"""Seconds for the exchanges of a renewal that is under way when the account is closed."""

_INPUTS = {
    DEVICE_AUTH: (),
    USER_AUTH: ("microsoft",),
    SISU: ("microsoft", "device"),
    XSTS_AUTH: ("user", "title"),
}
"""What a service was given, for one that refuses without saying which token it means."""
_KINDS = {
    TokenKind.DEVICE: ("device",),
    TokenKind.TITLE: ("title",),
    TokenKind.USER: ("user",),
    TokenKind.SERVICE: ("user", "title"),
}


def _is_final(error: XboxError) -> bool:
    """Whether only the user can help."""
    return (
        isinstance(error, SignInRefused) and error.refusal.treatment is Treatment.USER
    )


@dataclass(slots=True)
class _BackOff:
    """A pause after a failure, twice as long after each further one."""

    error: XboxError
    failures: int
    until: float
    closed_until: float
    """When whoever has somebody waiting may ask, without regard to a pause of our own making."""

    @classmethod
    def after(cls, error: XboxError, previous: _BackOff | None, now: float) -> _BackOff:
        """The pause after one more failure: 2, 4, 8 … seconds, or longer if the service says so.

        Hours where only the user can help: Microsoft does not want to be asked for what it refuses.
        """
        alike = previous is not None and _is_final(previous.error) == _is_final(error)
        failures = previous.failures + 1 if previous and alike else 1
        first, longest = _FINAL_PAUSES if _is_final(error) else _PAUSES
        pause = min(first * 2.0 ** min(failures - 1, 10), longest)
        pause *= random.uniform(0.75, 1.0)
        wish = (
            error.retry_after
            if isinstance(error, RateLimited | ServiceUnavailable)
            else None
        )
        until = now + max(pause, wish or 0.0)
        shortest = now + max(_PAUSES[0], wish or 0.0)
        return cls(
            error, failures, until, until if _is_final(error) else min(shortest, until)
        )

    def raise_if_pausing(self, now: float, *, awaited: bool) -> None:
        """Raise the error again as long as the pause lasts."""
        until = self.closed_until if awaited else self.until
        if now >= until:
            return
        if isinstance(self.error, RateLimited):
            raise RateLimited(self.error.host, until - now)
        raise self.error.with_traceback(None)


class Chain:
    """Keeps one account signed in, with as few requests as can be.

    All that hands out a token raises ConnectionFailed, ServiceUnavailable, RateLimited and
    UnexpectedResponse for passing faults (nothing is lost; the same error comes at once, without a
    request, until it is time to try again), SignInRequired if the user must sign in again,
    SignInRefused if the account may not, SignInMisconfigured if the app may not.
    """

    def __init__(
        self,
        transport: Transport,
        credentials: Credentials,
        save: Save,
        *,
        steady: Callable[[], float] | None = None,
    ) -> None:
        """Start from stored credentials; `save` has stored them when it returns."""
        self._clock = transport.clock
        self._xbox = Xbox(transport)
        self._microsoft = Microsoft(transport, credentials.app)
        self._credentials = credentials
        self._save = save
        self._steady = steady or time.monotonic
        self._unsaved = False
        self._minted_at: float | None = None
        self._back_off: _BackOff | None = None
        self._renewal: asyncio.Task[None] | None = None
        self._closed = False
        self.refused: SignInRefused | None = None
        """Why the account may not sign in, if only its user can change that, until it can."""

    @property
    def credentials(self) -> Credentials:
        """What is held now."""
        return self._credentials

    @property
    def xuid(self) -> str | None:
        """The Xbox user id; known as soon as an authorization was given once."""
        return self._credentials.xsts.xuid if self._credentials.xsts else None

    @property
    def gamertag(self) -> str | None:
        """The gamertag as of the last renewal."""
        return self._credentials.xsts.gamertag if self._credentials.xsts else None

    @property
    def lifetimes(self) -> dict[str, float | None]:
        """Seconds that each token will live; None for one that is not held."""
        held, now = self._credentials, self._clock.now()
        ends = {
            "microsoft": held.microsoft.expires_at,
            "device": held.device.token.not_after
            if held.device and held.device.token
            else None,
            "title": held.title.not_after if held.title else None,
            "user": held.user.not_after if held.user else None,
            "xsts": held.xsts.not_after if held.xsts else None,
        }
        return {
            name: (end - now).total_seconds() if end else None
            for name, end in ends.items()
        }

    def try_again(self) -> None:
        """Ask at the next occasion, however long the pause was to be: the user has done something."""
        self._back_off = None

    async def authorization(self, *, awaited: bool = False) -> str:
        """The header `Authorization` for a service, renewed if need be.

        If it is `awaited` by somebody, a pause of our own making is cut short.
        """
        if (held := self._fresh(self._credentials.xsts)) is None:
            held = await self._renewed(awaited=awaited)
        return held.authorization

    async def renew(self, rejected: str, *, awaited: bool = False) -> str | None:
        """Another authorization than the one a service has just rejected (401 or 403).

        None if that one is so young that another would fare no better.
        """
        if self._renewal:
            await self._renewed()
        held = self._credentials.xsts
        if held is None or held.authorization != rejected:
            return await self.authorization(awaited=awaited)
        if self._minted_at is not None and self._steady() - self._minted_at < _YOUNG:
            return None
        return (await self._renewed(awaited=awaited)).authorization

    async def token_for(self, relying_party: str) -> XboxToken:
        """A token for others than the services, such as `http://mp.microsoft.com/`; it is not kept."""
        held = self._credentials
        device = held.device
        needed = [held.user, *((held.title, device.token) if device else ())]
        if not all(map(self._fresh, needed)):
            await self._renewed()
            held = self._credentials
        if held.user is None:
            raise AssertionError("a renewal leaves a user token")
        return await self._xbox.xsts(held.user, held.device, held.title, relying_party)

    async def close(self) -> None:
        """Let a running renewal end, so that no token is lost, and begin none any more."""
        self._closed = True
        if self._renewal:
            await asyncio.wait({self._renewal}, timeout=_LAST_PATIENCE)

    async def _renewed(self, *, awaited: bool = False) -> XboxToken:
        """The XSTS token of one renewal that all callers share and none can cancel."""
        if self._renewal is None:
            if self._back_off:
                self._back_off.raise_if_pausing(self._steady(), awaited=awaited)
            if self._closed:
                raise AuthError("The account is no longer in use")
            self._renewal = asyncio.create_task(self._renew())
            self._renewal.add_done_callback(self._renewal_ended)
        renewal = self._renewal
        # Not shielded: asyncio complains about what fails after a caller has gone.
        await asyncio.wait({renewal})
        renewal.result()
        if (held := self._credentials.xsts) is None:
            raise AssertionError("a renewal ends with an XSTS token or an error")
        return held

    def _renewal_ended(self, renewal: asyncio.Task[None]) -> None:
        self._renewal = None
        if not renewal.cancelled():
            # Those who wait get the error; with nobody left asyncio would complain about it.
            renewal.exception()

    async def _renew(self) -> None:
        try:
            await self._save_if_changed()
            await self._mint_with_living_tokens()
        except XboxError as error:
            self._back_off = _BackOff.after(error, self._back_off, self._steady())
            if isinstance(error, SignInRefused) and _is_final(error):
                self.refused = error
            raise
        else:
            self._back_off = self.refused = None
            self._minted_at = self._steady()
        finally:
            # After a failure too: a new device token is worth keeping.
            await self._save_if_changed()

    async def _mint_with_living_tokens(self) -> None:
        """Mint; replace each token that turns out to be dead, but none that is already new."""
        start = self._credentials
        while True:
            try:
                return await self._mint()
            except TokenRejected as rejection:
                names = (
                    _KINDS[rejection.kind]
                    if rejection.kind
                    else _INPUTS[rejection.host]
                )
                old = [name for name in names if self._is_old(name, start)]
                if not old:
                    raise
                for name in old:
                    self._credentials = _without(self._credentials, name)

    def _is_old(self, name: str, start: Credentials) -> bool:
        held = getattr(self._credentials, name)
        return held is not None and held is getattr(start, name)

    async def _mint(self) -> None:
        """Get an XSTS token and whatever that needs."""
        held = self._credentials
        if held.device is None:
            if (user := self._fresh(held.user)) is None:
                user = await self._xbox.user(held.app, await self._microsoft_token())
                self._keep(replace(self._credentials, user=user))
            xsts = await self._xbox.xsts(user)
            self._keep(replace(self._credentials, xsts=xsts))
            return
        device, device_token = await self._xbox.with_token(held.device)
        if device is not held.device:
            self._keep(replace(held, device=device))
        title, user = self._fresh(held.title), self._fresh(held.user)
        if title and user:
            xsts = await self._xbox.xsts(user, device, title)
            self._keep(replace(self._credentials, xsts=xsts))
            return
        microsoft = await self._microsoft_token()
        sisu = await self._xbox.sisu_authorize(
            held.app, device, device_token, microsoft
        )
        self._keep(
            replace(self._credentials, title=sisu.title, user=sisu.user, xsts=sisu.xsts)
        )

    async def _microsoft_token(self) -> MicrosoftToken:
        """A Microsoft token to use; a new one is stored before."""
        token = self._credentials.microsoft
        if not token.fresh(self._clock.now()):
            token = await self._microsoft.refresh(token)
            self._keep(replace(self._credentials, microsoft=token))
            await self._save_if_changed()
        return token

    def _fresh(self, token: XboxToken | None) -> XboxToken | None:
        return token if token and token.fresh(self._clock.now()) else None

    def _keep(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._unsaved = True

    async def _save_if_changed(self) -> None:
        if self._unsaved:
            await self._save(self._credentials)
            self._unsaved = False


def _without(held: Credentials, name: str) -> Credentials:
    """The credentials without one token."""
    if name == "microsoft":
        return replace(held, microsoft=held.microsoft.spent())
    if name == "device" and held.device:
        return replace(held, device=replace(held.device, token=None))
    return replace(held, title=None) if name == "title" else replace(held, user=None)
