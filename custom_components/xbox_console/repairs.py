"""Repair issues: what only the user can mend, said once, and taken back when it is mended."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.event import async_track_time_interval

from .consoles.coordinator import ConsoleCoordinator
from .const import DOMAIN
from .runtime import XboxConsoleConfigEntry
from .xboxlive.errors import ConsoleError, XboxError

_ILL_FOR_LONG = 30 * 60.0
"""Seconds that a service may fail before the user is told: most trouble is over by then."""
_CHECK = timedelta(minutes=1)
_STATUS_PAGE = "https://support.xbox.com/xbox-live-status"


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
    def judge_services(_: datetime) -> None:
        _judge_services(hass, entry)

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
            judge_services,
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
        if domain == DOMAIN and told.get("entry_id") == entry.entry_id:
            if told.get("console_id") not in held:
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
    ill = sorted(
        host
        for host, trouble in entry.runtime_data.account.session.troubles.items()
        if trouble.lasting >= _ILL_FOR_LONG
    )
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
        translation_key="services_ill",
        translation_placeholders={"services": ", ".join(ill)},
    )


class RecheckFlow(RepairsFlow):
    """Says what to do at the console, and looks whether it was done."""

    def __init__(
        self, entry: XboxConsoleConfigEntry | None, console_id: str, issue: _Issue
    ) -> None:
        """Look after one issue of one console."""
        self._entry = entry
        self._console_id = console_id
        self._issue = issue

    async def async_step_init(
        self, user_input: Mapping[str, object] | None = None
    ) -> RepairsFlowResult:
        """Start."""
        return await self.async_step_confirm()

    async def async_step_confirm(
        self, user_input: Mapping[str, object] | None = None
    ) -> RepairsFlowResult:
        """Ask, and look again as soon as the user says that it is done."""
        console = self._console
        if console is None:
            return self.async_abort(reason="console_gone")
        errors = {}
        if user_input is not None:
            problem = await self._problem(console)
            if problem is None:
                return self.async_create_entry(data={})
            errors["base"] = problem
        return self.async_show_form(
            step_id="confirm",
            errors=errors,
            description_placeholders={"console": console.subject},
        )

    @property
    def _console(self) -> ConsoleCoordinator | None:
        """The console, unless it or its entry went while the user was busy."""
        if self._entry is None or self._entry.state is not ConfigEntryState.LOADED:
            return None
        return self._entry.runtime_data.consoles.consoles.get(self._console_id)

    async def _problem(self, console: ConsoleCoordinator) -> str | None:
        """Why the issue still exists; None if it does not."""
        try:
            await console.together.look()
            # A console that answers nothing may still have changed in the list.
            with suppress(ConsoleError):
                await console.look()
        except XboxError:
            return "not_checked"
        return "unchanged" if self._issue.exists(console) else None


async def async_create_fix_flow(
    hass: HomeAssistant,
    issue_id: str,
    data: Mapping[str, str | int | float | None] | None,
) -> RepairsFlow:
    """What leads to the end of an issue."""
    told = data or {}
    entry = hass.config_entries.async_get_entry(str(told.get("entry_id")))
    issue = next(issue for issue in _ISSUES if issue_id.startswith(issue.key))
    return RecheckFlow(entry, str(told.get("console_id")), issue)
