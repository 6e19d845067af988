"""Who is followed by an entry: the account itself, and the people of its subentries."""

from collections.abc import Callable

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr

from ..account.devices import device_of
from ..account.ownership import ask_for, claim, release
from ..const import DOMAIN
from .followed import Followed

PERSON = "person"
"""The type of the subentries that people other than the account itself have."""


class Roster:
    """Everyone, by XUID, the account itself first; whom another account shows is left to it."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        begin: Callable[[str, str, str | None], Followed],
    ) -> None:
        """Start empty; `begin` follows somebody by XUID, gamertag and subentry id."""
        self._hass = hass
        self._entry = entry
        self._own = entry.unique_id or ""
        self._begin = begin
        self.people: dict[str, Followed] = {}

    @callback
    def update(self) -> tuple[list[Followed], list[str]]:
        """Follow the entry; returns who is new, and the XUIDs of those who are gone."""
        claim(self._hass, self._entry, self._own)
        listed = {
            subentry.unique_id: (subentry.title, subentry.subentry_id)
            for subentry in self._entry.get_subentries_of_type(PERSON)
            if subentry.unique_id
        }
        wanted: dict[str, tuple[str, str | None]] = {
            self._own: (self._entry.title, None)
        }
        for xuid, named in listed.items():
            shown_by = self._shown_by(xuid)
            if shown_by is self._entry:
                wanted[xuid] = named
            elif shown_by is not None:
                self._leave(xuid)
        gone = self.people.keys() - wanted.keys()
        for xuid in gone:
            del self.people[xuid]
        new = [
            self._begin(xuid, *named)
            for xuid, named in wanted.items()
            if xuid not in self.people
        ]
        self.people |= {person.xuid: person for person in new}
        if left := gone - listed.keys():
            # Home Assistant takes their devices and entities away first.
            self._hass.loop.call_soon(release, self._hass, self._entry, left)
        return new, list(gone)

    @callback
    def _shown_by(self, xuid: str) -> ConfigEntry | None:
        """Which account shows a person, by now or soon: who has an account of their own is shown by it."""
        entries = self._hass.config_entries
        own = entries.async_entry_for_domain_unique_id(DOMAIN, xuid)
        return own or ask_for(self._hass, self._entry, xuid)

    @callback
    def _leave(self, xuid: str) -> None:
        """Take away the device of somebody whom another account shows: one person is one device."""
        device = device_of(self._hass, self._entry, xuid)
        if device is not None:
            dr.async_get(self._hass).async_remove_device(device.id)

    def of_device(self, device: dr.AnyDeviceEntry) -> Followed | None:
        """The person that a device stands for."""
        ids = {key for domain, key in device.identifiers if domain == DOMAIN}
        return next((self.people[key] for key in ids & self.people.keys()), None)

    @callback
    def rename(self, person: Followed, before: str) -> None:
        """Rename what bears the name of a person who has a new gamertag; a title of the user's stays."""
        device = device_of(self._hass, self._entry, person.xuid)
        if device is not None and device.name != person.gamertag:
            dr.async_get(self._hass).async_update_device(
                device.id, name=person.gamertag
            )
        if before == person.gamertag:
            return
        entries, entry = self._hass.config_entries, self._entry
        subentry = entry.subentries.get(person.subentry_id or "")
        if subentry is not None and subentry.title == before:
            entries.async_update_subentry(entry, subentry, title=person.gamertag)
        elif person.xuid == self._own and entry.title == before:
            entries.async_update_entry(entry, title=person.gamertag)
