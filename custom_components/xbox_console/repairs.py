"""Repair issues: what only the user can mend, said once, and taken back when it is mended."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import ClassVar, override

from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.helpers.translation import async_get_translations

from .account import ownership
from .account.account import Account
from .account.errors import error_key, placeholders
from .consoles.coordinator import ConsoleCoordinator
from .consoles.list import OWNED_ELSEWHERE
from .const import DOMAIN
from .runtime import XboxConsoleConfigEntry, XboxConsoleData
from .xboxlive.errors import ConsoleError, SignInRefused, XboxError

_ILL_FOR_LONG = 30 * 60.0
"""Seconds that a service may fail before the user is told: most trouble is over by then."""
_CHECK = timedelta(minutes=1)
_STATUS_PAGE = "https://support.xbox.com/xbox-live-status"
_REFUSED = "sign_in_refused"
_WHOSE = {
    None: "services_ill",
    True: "services_ill_microsoft",
    False: "services_ill_here",
}
"""What is said of an illness that Microsoft says nothing of, knows of, or does not have."""


def _remote_features_off(console: ConsoleCoordinator) -> bool | None:
    allowed = console.console.remote_management_enabled
    return None if allowed is None else not allowed


@dataclass(frozen=True, slots=True)
class _Issue:
    """Something about a console that its user can mend; `exists` says None where it cannot tell."""

    key: str
    exists: Callable[[ConsoleCoordinator], bool | None]


_ISSUES = (
    _Issue("remote_features_off", _remote_features_off),
    _Issue("cannot_wake", lambda console: console.unwakeable),
)


@callback
def watch(hass: HomeAssistant, entry: XboxConsoleConfigEntry) -> None:
    """Keep the issues of an entry true for as long as it is loaded."""
    _forget_others(hass, entry)

    @callback
    def watch_console(console: ConsoleCoordinator) -> None:
        judge = partial(_judge_console, hass, entry, console)
        judge()
        entry.async_on_unload(console.async_add_listener(judge))

    @callback
    def judge_account(_: datetime) -> None:
        entry.async_create_background_task(
            hass, _judge_account(hass, entry), f"{DOMAIN} repairs"
        )

    @callback
    def judge_captures() -> None:
        _judge_captures(hass, entry)

    entry.runtime_data.consoles.on_console(watch_console)
    entry.async_on_unload(
        entry.runtime_data.captures.async_add_listener(judge_captures)
    )
    entry.async_on_unload(
        async_track_time_interval(
            hass,
            judge_account,
            _CHECK,
            cancel_on_shutdown=True,
        )
    )


@callback
def _forget_others(hass: HomeAssistant, entry: XboxConsoleConfigEntry) -> None:
    """Say nothing any more about consoles that the user deselected."""
    held = entry.runtime_data.consoles.consoles
    for (domain, issue_id), issue in list(ir.async_get(hass).issues.items()):
        told = issue.data or {}
        about_console = issue.translation_key in {one.key for one in _ISSUES}
        if domain == DOMAIN and told.get("entry_id") == entry.entry_id:
            if about_console and told.get("console_id") not in held:
                ir.async_delete_issue(hass, DOMAIN, issue_id)


@callback
def _judge_console(
    hass: HomeAssistant, entry: XboxConsoleConfigEntry, console: ConsoleCoordinator
) -> None:
    for issue in _ISSUES:
        issue_id = f"{issue.key}_{entry.entry_id}_{console.console.id}"
        exists = issue.exists(console) if console.present else False
        if exists:
            ir.async_create_issue(
                hass,
                DOMAIN,
                issue_id,
                data={"entry_id": entry.entry_id, "console_id": console.console.id},
                is_fixable=True,
                severity=ir.IssueSeverity.WARNING,
                translation_key=issue.key,
                translation_placeholders={"console": console.subject},
            )
        elif exists is not None:
            ir.async_delete_issue(hass, DOMAIN, issue_id)


async def _judge_account(hass: HomeAssistant, entry: XboxConsoleConfigEntry) -> None:
    await entry.runtime_data.account.outages.look()
    _judge_services(hass, entry)
    await _judge_sign_in(hass, entry)


async def _judge_sign_in(hass: HomeAssistant, entry: XboxConsoleConfigEntry) -> None:
    """Say why the account may not sign in any more, in the words of the sign-in."""
    issue_id = f"{_REFUSED}_{entry.entry_id}"
    account = entry.runtime_data.account
    if account.chain.refused is None:
        ir.async_delete_issue(hass, DOMAIN, issue_id)
        return
    ir.async_create_issue(
        hass,
        DOMAIN,
        issue_id,
        data={"entry_id": entry.entry_id},
        is_fixable=True,
        learn_more_url=account.chain.refused.refusal.link,
        severity=ir.IssueSeverity.ERROR,
        translation_key=_REFUSED,
        translation_placeholders=await _refusal(hass, account),
    )


async def _refusal(hass: HomeAssistant, account: Account) -> dict[str, str]:
    """Whose sign-in is refused and why, in the language of Home Assistant."""
    words, refused = {"account": account.title, "problem": ""}, account.chain.refused
    if refused is not None:
        texts = await async_get_translations(
            hass, hass.config.language, "exceptions", {DOMAIN}
        )
        text = texts[f"component.{DOMAIN}.exceptions.{error_key(refused)}.message"]
        words["problem"] = text.format(**placeholders(refused))
    return words


@callback
def _judge_captures(hass: HomeAssistant, entry: XboxConsoleConfigEntry) -> None:
    issue_id = f"captures_withheld_{entry.entry_id}"
    captures = entry.runtime_data.captures
    if captures.gallery.withheld:
        ir.async_create_issue(
            hass,
            DOMAIN,
            issue_id,
            is_fixable=False,
            severity=ir.IssueSeverity.WARNING,
            translation_key="captures_withheld",
            translation_placeholders={"account": entry.title},
        )
    elif captures.last_confirmed is not None:
        ir.async_delete_issue(hass, DOMAIN, issue_id)


@callback
def _judge_services(hass: HomeAssistant, entry: XboxConsoleConfigEntry) -> None:
    issue_id = f"services_ill_{entry.entry_id}"
    outages = entry.runtime_data.account.outages
    ill = outages.ill(_ILL_FOR_LONG)
    if not ill:
        ir.async_delete_issue(hass, DOMAIN, issue_id)
        return
    ir.async_create_issue(
        hass,
        DOMAIN,
        issue_id,
        is_fixable=False,
        learn_more_url=_STATUS_PAGE,
        severity=ir.IssueSeverity.WARNING,
        translation_key=_WHOSE[None if outages.said is None else bool(outages.said)],
        translation_placeholders={
            "services": ", ".join(sorted(ill)),
            "outages": ", ".join(
                f"{name} ({word})" for name, word in (outages.said or {}).items()
            ),
        },
    )


class Dialog(RepairsFlow):
    """One page that says what to do, and looks whether it was done as soon as the user says so."""

    _gone: ClassVar[str]
    """Why it ends when what it is about goes while the user is busy."""

    def __init__(self, entry: XboxConsoleConfigEntry | None) -> None:
        """Look after an issue of an entry."""
        self._entry = entry

    async def async_step_init(
        self, user_input: Mapping[str, object] | None = None
    ) -> RepairsFlowResult:
        """Start."""
        return await self.async_step_confirm()

    async def async_step_confirm(
        self, user_input: Mapping[str, object] | None = None
    ) -> RepairsFlowResult:
        """Say what to do, or what is still in the way."""
        data = self._data
        if data is None or not self._exists(data):
            return self.async_abort(reason=self._gone)
        errors = {}
        if user_input is not None:
            problem = await self._problem(data)
            if problem is None:
                return self.async_create_entry(data={})
            errors["base"] = problem
        return self.async_show_form(
            step_id="confirm",
            errors=errors,
            description_placeholders=await self._placeholders(data),
        )

    @property
    def _data(self) -> XboxConsoleData | None:
        """What the entry holds, if it is loaded."""
        if self._entry is None or self._entry.state is not ConfigEntryState.LOADED:
            return None
        return self._entry.runtime_data

    def _exists(self, data: XboxConsoleData) -> bool:
        """Whether there still is what the issue is about."""
        return True

    @abstractmethod
    async def _problem(self, data: XboxConsoleData) -> str | None:
        """Look why the issue still exists; None if it does not."""

    @abstractmethod
    async def _placeholders(self, data: XboxConsoleData) -> dict[str, str]:
        """What the page mentions."""


class RecheckFlow(Dialog):
    """Says what to do at the console."""

    _gone = "console_gone"

    def __init__(
        self, entry: XboxConsoleConfigEntry | None, console_id: str, issue: _Issue
    ) -> None:
        """Look after one issue of one console."""
        super().__init__(entry)
        self._console_id = console_id
        self._issue = issue

    @override
    def _exists(self, data: XboxConsoleData) -> bool:
        return self._console_id in data.consoles.consoles

    @override
    async def _problem(self, data: XboxConsoleData) -> str | None:
        console = data.consoles.consoles[self._console_id]
        try:
            await data.consoles.look()
            # A console that answers nothing may still have changed in the list.
            with suppress(ConsoleError):
                await console.look()
        except XboxError:
            return "not_checked"
        return "unchanged" if self._issue.exists(console) else None

    @override
    async def _placeholders(self, data: XboxConsoleData) -> dict[str, str]:
        return {"console": data.consoles.consoles[self._console_id].subject}


class SignInFlow(Dialog):
    """Says why an account may not sign in, and lets it try at once."""

    _gone = "account_gone"

    @override
    async def _problem(self, data: XboxConsoleData) -> str | None:
        chain = data.account.chain
        chain.try_again()
        try:
            await chain.authorization()
        except SignInRefused:
            return "unchanged"
        except XboxError:
            return "not_checked"
        for coordinator in data.coordinators:
            coordinator.hint()
        return None

    @override
    async def _placeholders(self, data: XboxConsoleData) -> dict[str, str]:
        return await _refusal(self.hass, data.account)


class TakeOverFlow(Dialog):
    """Lets an account have a console that another account has in Home Assistant."""

    _gone = "nothing_to_decide"

    def __init__(
        self,
        entry: XboxConsoleConfigEntry | None,
        console_id: str,
        owner: XboxConsoleConfigEntry | None,
    ) -> None:
        """Look after one console that two accounts list."""
        super().__init__(entry)
        self._console_id = console_id
        self._owner = owner

    @property
    def _told(self) -> ir.IssueEntry | None:
        return ir.async_get(self.hass).async_get_issue(DOMAIN, self.issue_id)

    @override
    def _exists(self, data: XboxConsoleData) -> bool:
        return self._owner is not None and self._told is not None

    @override
    async def _problem(self, data: XboxConsoleData) -> str | None:
        """Deselect the console at its owner."""
        if self._owner is not None:
            ownership.deselect(self.hass, self._owner, self._console_id)
            if self._owner.state is ConfigEntryState.LOADED:
                await self.hass.config_entries.async_reload(self._owner.entry_id)
            # An account that cannot be set up has to give way, too.
            ownership.let_go(self.hass, self._owner, {self._console_id})
        return None

    @override
    async def _placeholders(self, data: XboxConsoleData) -> dict[str, str]:
        return (self._told and self._told.translation_placeholders) or {}


async def async_create_fix_flow(
    hass: HomeAssistant,
    issue_id: str,
    data: Mapping[str, str | int | float | None] | None,
) -> RepairsFlow:
    """What leads to the end of an issue."""
    told = data or {}
    get_entry = hass.config_entries.async_get_entry
    entry = get_entry(str(told.get("entry_id")))
    if issue_id.startswith(_REFUSED):
        return SignInFlow(entry)
    if issue_id.startswith(OWNED_ELSEWHERE):
        owner = get_entry(str(told.get("owner_id")))
        return TakeOverFlow(entry, str(told.get("console_id")), owner)
    issue = next(issue for issue in _ISSUES if issue_id.startswith(issue.key))
    return RecheckFlow(entry, str(told.get("console_id")), issue)
