"""Actions about captures: bring them home, free the network of them, end what is under way."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.service import (
    async_get_config_entry,
    async_register_admin_service,
)
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonValueType
from probatio import All, EnsureList, Exclusive, In, Invalid, Length, Optional, Schema

from ..account.errors import explained
from ..const import ATTR_GAME, DOMAIN
from ..xboxlive.captures.backup import Progress, free
from ..xboxlive.captures.capture import Kind
from .backup import Request
from .coordinator import CapturesCoordinator
from .folders import DEFAULT_FOLDER

ATTR_ALSO_NOT_BACKED_UP = "also_not_backed_up"
ATTR_BACKED_UP = "backed_up"
ATTR_CONFIG_ENTRY_ID = "config_entry_id"
ATTR_FOLDER = "folder"
ATTR_IDS = "ids"
ATTR_KINDS = "kinds"
ATTR_SINCE = "since"
_TEXT = All(cv.string, Length(min=1))
_WHICH = "which"
_UNKNOWN = "there is no such capture"

type _Object = dict[str, JsonValueType]


def _outcome(progress: Progress) -> _Object:
    failures: _Object = {**progress.failures}
    return {
        "downloaded": progress.downloaded,
        "skipped": progress.skipped,
        "failed": len(progress.failures),
        "bytes": progress.bytes,
        "cancelled": progress.cancelled,
        "failures": failures,
    }


async def _download(captures: CapturesCoordinator, call: ServiceCall) -> _Object:
    request = Request(
        folder=call.data[ATTR_FOLDER],
        since=call.data.get(ATTR_SINCE),
        game=call.data.get(ATTR_GAME),
        kinds=frozenset(call.data[ATTR_KINDS]),
    )
    run = await captures.backups.run(request, captures.all)
    if not call.return_response:
        return {}
    with explained(captures.config_entry.title):
        # Who is tired of waiting does not end what others wait for.
        return _outcome(await asyncio.shield(run))


async def _cancel(captures: CapturesCoordinator, call: ServiceCall) -> _Object:
    return {"cancelled": await captures.backups.stop()}


async def _delete(captures: CapturesCoordinator, call: ServiceCall) -> _Object:
    by_backed_up = ATTR_BACKED_UP in call.data
    with explained(captures.config_entry.title):
        known = {one.content_id: one for one in await captures.all()}
        if by_backed_up:
            at_home = await captures.folders.those(known.values())
            wanted = [one for one in known if one in at_home]
        else:
            wanted = [*dict.fromkeys(call.data[ATTR_IDS])]
        freed = await free(
            partial(captures.folders.proves, by_size=by_backed_up),
            captures.gallery,
            [known[one] for one in wanted if one in known],
            unsafe=call.data[ATTR_ALSO_NOT_BACKED_UP] and not by_backed_up,
            goes_on=lambda: not captures.backups.closing,
        )
    captures.deleted(freed.deleted)
    unknown = dict.fromkeys((one for one in wanted if one not in known), _UNKNOWN)
    reasons: _Object = {**freed.kept, **unknown}
    return {"deleted": [*freed.deleted], "kept": [*reasons], "reasons": reasons}


def _one_of_both(data: Mapping[str, Any]) -> Mapping[str, Any]:
    if ATTR_IDS not in data and ATTR_BACKED_UP not in data:
        raise Invalid(f"say {ATTR_IDS}, or {ATTR_BACKED_UP}")
    return data


@dataclass(frozen=True, slots=True, kw_only=True)
class _Action:
    """What an action does to the captures of an account, and with which data."""

    perform: Callable[[CapturesCoordinator, ServiceCall], Awaitable[_Object]]
    schema: VolDictType
    check: Callable[[Mapping[str, Any]], Mapping[str, Any]] = dict


_ACTIONS = {
    "download_captures": _Action(
        perform=_download,
        schema={
            Optional(ATTR_FOLDER, default=DEFAULT_FOLDER): _TEXT,
            Optional(ATTR_SINCE): All(cv.datetime, dt_util.as_utc),
            Optional(ATTR_GAME): _TEXT,
            Optional(ATTR_KINDS, default=list(Kind)): All(
                EnsureList(), [In(list(Kind))], Length(min=1)
            ),
        },
    ),
    "delete_captures": _Action(
        perform=_delete,
        schema={
            Exclusive(ATTR_IDS, _WHICH): All(EnsureList(), [_TEXT], Length(min=1)),
            Exclusive(ATTR_BACKED_UP, _WHICH): In([True]),
            Optional(ATTR_ALSO_NOT_BACKED_UP, default=False): cv.boolean,
        },
        check=_one_of_both,
    ),
    "cancel_download": _Action(perform=_cancel, schema={}),
}


@callback
def register(
    hass: HomeAssistant, captures_of: Callable[[ConfigEntry], CapturesCoordinator]
) -> None:
    """Register all actions; `captures_of` gives the captures of a loaded entry."""
    for name, action in _ACTIONS.items():
        schema = Schema({**action.schema, Optional(ATTR_CONFIG_ENTRY_ID): cv.string})
        async_register_admin_service(
            hass,
            DOMAIN,
            name,
            _performed(hass, action, captures_of),
            schema=All(schema, action.check),
            supports_response=SupportsResponse.OPTIONAL,
        )


def _performed(
    hass: HomeAssistant,
    action: _Action,
    captures_of: Callable[[ConfigEntry], CapturesCoordinator],
) -> Callable[[ServiceCall], Coroutine[Any, Any, ServiceResponse]]:
    """The action for the account that is named, or for the only one."""

    async def perform(call: ServiceCall) -> ServiceResponse:
        entry: ConfigEntry = async_get_config_entry(
            hass, DOMAIN, call.data.get(ATTR_CONFIG_ENTRY_ID)
        )
        return await action.perform(captures_of(entry), call)

    return perform
