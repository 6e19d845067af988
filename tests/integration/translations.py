"""Watch what Home Assistant is given to show, and look each text up in en.json."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
import json
from pathlib import Path
import string
from typing import Any
from unittest.mock import patch

from homeassistant import config_entries
from homeassistant.components.repairs.issue_handler import RepairsFlowManager
from homeassistant.components.repairs.models import RepairsFlow
from homeassistant.data_entry_flow import FlowHandler, FlowManager, FlowResultType
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er, issue_registry as ir

DOMAIN = "xbox_console"
_TRANSLATIONS = (
    Path(__file__).parents[2] / "custom_components" / DOMAIN / "translations/en.json"
)

type Missing = set[str]


@cache
def _texts() -> Mapping[str, Any]:
    texts: Mapping[str, Any] = json.loads(_TRANSLATIONS.read_text())
    return texts


def _find(path: str) -> Any:
    """Return what stands at a dotted path, None if nothing does."""
    found: Any = _texts()
    for key in path.split("."):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _check(
    missing: Missing, path: str, placeholders: Mapping[str, Any] | None = None
) -> None:
    text = _find(path)
    if not isinstance(text, str):
        missing.add(f"{path} is not in en.json")
    elif unfilled := _placeholders(text) - set(placeholders or {}):
        missing.add(f"{path} was shown without {', '.join(sorted(unfilled))}")


def _section(
    manager: FlowManager[Any, Any, Any], flow: FlowHandler[Any, Any, Any]
) -> str | None:
    """Return where in en.json the texts of this flow stand, None if it is not ours."""
    match manager, flow.handler:
        case config_entries.ConfigEntriesFlowManager(), str(domain) if domain == DOMAIN:
            return "config"
        case config_entries.OptionsFlowManager(), str(entry_id):
            entry = manager.hass.config_entries.async_get_entry(entry_id)
            return "options" if entry and entry.domain == DOMAIN else None
        case config_entries.ConfigSubentryFlowManager(), (str(entry_id), str(kind)):
            entry = manager.hass.config_entries.async_get_entry(entry_id)
            return (
                f"config_subentries.{kind}"
                if entry and entry.domain == DOMAIN
                else None
            )
        case RepairsFlowManager(), str(domain) if domain == DOMAIN and isinstance(
            flow, RepairsFlow
        ):
            issue_id = flow.issue_id
            issue = ir.async_get(manager.hass).async_get_issue(domain, issue_id)
            return f"issues.{issue.translation_key}.fix_flow" if issue else None
    return None


def _check_flow(missing: Missing, section: str, result: Mapping[str, Any]) -> None:
    placeholders = result.get("description_placeholders")
    step = f"{section}.step.{result.get('step_id')}"
    match result["type"]:
        case FlowResultType.FORM:
            _check_form(missing, section, step, result)
        case FlowResultType.MENU:
            _check(missing, f"{step}.title", placeholders)
            if not isinstance(result["menu_options"], Mapping):
                for option in result["menu_options"]:
                    _check(missing, f"{step}.menu_options.{option}", placeholders)
        case FlowResultType.SHOW_PROGRESS:
            action = result["progress_action"]
            _check(missing, f"{section}.progress.{action}", placeholders)
        case FlowResultType.ABORT if result.get("translation_domain", DOMAIN) == DOMAIN:
            _check(missing, f"{section}.abort.{result['reason']}", placeholders)


def _check_form(
    missing: Missing, section: str, step: str, result: Mapping[str, Any]
) -> None:
    placeholders = result.get("description_placeholders")
    _check(missing, f"{step}.title", placeholders)
    if _find(f"{step}.description"):
        _check(missing, f"{step}.description", placeholders)
    schema = result["data_schema"].schema if result.get("data_schema") else {}
    for field in schema:
        if not _find(f"{step}.sections.{field}"):
            _check(missing, f"{step}.data.{field}", placeholders)
    for error in (result.get("errors") or {}).values():
        _check(missing, f"{section}.error.{error}", placeholders)


@contextmanager
def watch_translations() -> Iterator[Missing]:
    """Gather the texts that are missing among what flows, errors and issues show."""
    missing: Missing = set()
    with (
        _watch_flows(missing),
        _watch_exceptions(missing),
        _watch_issues(missing),
        _watch_entities(missing),
    ):
        yield missing


@contextmanager
def _watch_flows(missing: Missing) -> Iterator[None]:
    handle_step = FlowManager._async_handle_step  # noqa: SLF001 - no public place sees every result

    async def watched(
        manager: FlowManager[Any, Any, Any],
        flow: FlowHandler[Any, Any, Any],
        step_id: str,
        user_input: Any,
    ) -> Any:
        result = await handle_step(manager, flow, step_id, user_input)
        if section := _section(manager, flow):
            _check_flow(missing, section, result)
        return result

    with patch.object(FlowManager, "_async_handle_step", watched):
        yield


@contextmanager
def _watch_exceptions(missing: Missing) -> Iterator[None]:
    make = HomeAssistantError.__init__

    def watched(error: HomeAssistantError, *args: object, **words: Any) -> None:
        make(error, *args, **words)
        if error.translation_domain == DOMAIN:
            path = f"exceptions.{error.translation_key}.message"
            _check(missing, path, error.translation_placeholders)

    with patch.object(HomeAssistantError, "__init__", watched):
        yield


@contextmanager
def _watch_issues(missing: Missing) -> Iterator[None]:
    create: Callable[..., Any] = ir.IssueRegistry.async_get_or_create

    def watched(
        registry: ir.IssueRegistry, domain: str, issue_id: str, **words: Any
    ) -> Any:
        if domain == DOMAIN:
            issue = f"issues.{words['translation_key']}"
            placeholders = words.get("translation_placeholders")
            _check(missing, f"{issue}.title", placeholders)
            if not words["is_fixable"]:
                _check(missing, f"{issue}.description", placeholders)
        return create(registry, domain, issue_id, **words)

    with patch.object(ir.IssueRegistry, "async_get_or_create", watched):
        yield


@contextmanager
def _watch_entities(missing: Missing) -> Iterator[None]:
    create: Callable[..., Any] = er.EntityRegistry.async_get_or_create

    def watched(
        registry: er.EntityRegistry,
        domain: str,
        platform: str,
        unique_id: str,
        **words: Any,
    ) -> Any:
        key = words.get("translation_key")
        if platform == DOMAIN and key and not _find(f"entity.{domain}.{key}"):
            missing.add(f"entity.{domain}.{key} is not in en.json")
        return create(registry, domain, platform, unique_id, **words)

    with patch.object(er.EntityRegistry, "async_get_or_create", watched):
        yield
