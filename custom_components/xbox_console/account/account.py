"""The bridge between a config entry and the tokens of its account."""

from collections.abc import Mapping
import os
from typing import TypedDict

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import Event, HomeAssistant
from homeassistant.exceptions import ConfigEntryError
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.storage import Store

from ..const import DOMAIN, LOGGER
from ..xboxlive.auth.chain import Chain
from ..xboxlive.auth.tokens import Credentials
from ..xboxlive.client import XboxLive
from ..xboxlive.errors import XboxError
from ..xboxlive.hosts import PRODUCTION, Hosts
from ..xboxlive.model import Json
from ..xboxlive.session import Session
from ..xboxlive.transport import Transport
from .errors import setup_error
from .outages import Outages

CONF_CREDENTIALS = "credentials"
CONF_SEQUENCE = "sequence"
SIMULATOR = "XBOX_CONSOLE_SIMULATOR"
_STORAGE_VERSION = 1


class SignIn(TypedDict):
    """What of a sign-in is kept: the tokens, and a number that grows with each renewal."""

    credentials: dict[str, Json]
    sequence: int


class BadSimulatorAddress(ConfigEntryError):
    """The environment names a simulator that must not be used."""


def hosts() -> Hosts:
    """Where the Xbox network is: at Microsoft, or on this machine if the environment says so.

    Raises BadSimulatorAddress for an address that is malformed or not on this machine.
    """
    address = os.environ.get(SIMULATOR)
    if not address:
        return PRODUCTION
    try:
        behind = Hosts.behind(address)
    except ValueError as error:
        raise BadSimulatorAddress(
            translation_domain=DOMAIN,
            translation_key="bad_simulator_address",
            translation_placeholders={"variable": SIMULATOR, "reason": str(error)},
        ) from error
    LOGGER.warning("A simulated Xbox network is in use because %s is set", SIMULATOR)
    return behind


def open_transport(hass: HomeAssistant) -> Transport:
    """The way to the Xbox network. Raises BadSimulatorAddress."""
    return Transport(async_get_clientsession(hass), hosts())


class TokenJournal:
    """Keeps tokens on disk before they are used.

    Config entries are written with a delay; a crash in between would lose a rotated refresh token.
    """

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Prepare the file of an entry."""
        self._store = Store[SignIn](
            hass,
            _STORAGE_VERSION,
            f"{DOMAIN}.{entry_id}.tokens",
            private=True,
            atomic_writes=True,
        )

    async def newest(self, data: Mapping[str, object]) -> SignIn:
        """What was written last: to the journal or to the entry."""
        journal = await self._store.async_load()
        sequence, credentials = data.get(CONF_SEQUENCE), data.get(CONF_CREDENTIALS)
        entry = SignIn(
            credentials=credentials if isinstance(credentials, dict) else {},
            sequence=sequence if isinstance(sequence, int) else 0,
        )
        return journal if journal and journal["sequence"] > entry["sequence"] else entry

    async def write(self, sign_in: SignIn) -> None:
        """Return when it is on disk."""
        await self._store.async_save(sign_in)

    async def remove(self) -> None:
        """Forget everything."""
        await self._store.async_remove()


class Account:
    """A signed-in Microsoft account: the Xbox network as one object, and what keeps it open."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        sign_in: SignIn,
        transport: Transport,
    ) -> None:
        """Use `open` instead."""
        self._hass = hass
        self._entry = entry
        self._journal = TokenJournal(hass, entry.entry_id)
        self._sequence = sign_in["sequence"]
        self.chain = Chain(
            transport, Credentials.restore(sign_in["credentials"]), self._save
        )
        language, country = hass.config.language, hass.config.country or "US"
        self.session = Session(
            transport,
            self.chain,
            language=language if "-" in language else f"{language}-{country}",
            market=country,
        )
        self.xbox = XboxLive(self.session)
        self.outages = Outages(self.xbox)

    @classmethod
    async def open(cls, hass: HomeAssistant, entry: ConfigEntry) -> Account:
        """The account of an entry; makes no request.

        Raises ConfigEntryAuthFailed if the tokens are unusable, BadSimulatorAddress.
        """
        transport = open_transport(hass)
        sign_in = await TokenJournal(hass, entry.entry_id).newest(entry.data)
        try:
            account = cls(hass, entry, sign_in, transport)
        except XboxError as error:
            raise setup_error(error) from None
        # Stopping does not unload; a renewal that is cut off may lose the refresh token.
        entry.async_on_unload(
            hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, account.close)
        )
        return account

    @property
    def title(self) -> str:
        """What the entry is called: the gamertag, or what the user made of it."""
        return self._entry.title

    @property
    def way(self) -> str:
        """How the account signed in: as the Xbox app does, or with an app of the user's own."""
        return "xbox_app" if self.chain.credentials.app.title_id else "own_app"

    async def _save(self, credentials: Credentials) -> None:
        if self._entry.data.get(CONF_SEQUENCE, 0) > self._sequence:
            # The user has signed in anew: that counts, not what was still under way.
            return
        self._sequence += 1
        sign_in = SignIn(credentials=credentials.stored(), sequence=self._sequence)
        await self._journal.write(sign_in)
        self._hass.config_entries.async_update_entry(
            self._entry, data={**self._entry.data, **sign_in}
        )

    async def close(self, _: Event | None = None) -> None:
        """End the push channel; let a renewal end that is under way, and begin none any more."""
        await self.xbox.activity.close()
        await self.chain.close()
