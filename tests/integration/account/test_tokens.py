"""No token is lost, none is asked for in vain, and none is told to anybody."""

from collections import Counter
from contextlib import suppress
import json
import logging
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.json import JSONEncoder
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
    get_diagnostics_for_device,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from syrupy.assertion import SnapshotAssertion

from custom_components.xbox_console.const import DOMAIN
from custom_components.xbox_console.xboxlive.errors import AuthError
from simulator.consoles import answers
from tests.integration.house import XCCS, House

DAY = 86400
BEDROOM = "media_player.bedroom"
"""It sleeps: nothing of what is known of it grows old in a day."""
SIGN_IN_HOSTS = {
    "login.live.com",
    "device.auth.xboxlive.com",
    "user.auth.xboxlive.com",
    "xsts.auth.xboxlive.com",
    "sisu.xboxlive.com",
}


def _sign_in_requests(house: House) -> list[str]:
    return [
        request.host
        for request in house.simulator.world.requests
        if request.host in SIGN_IN_HOSTS
    ]


def _journal(hass_storage: dict[str, Any], entry: MockConfigEntry) -> dict[str, Any]:
    journal: dict[str, Any] = hass_storage[f"{DOMAIN}.{entry.entry_id}.tokens"]["data"]
    return journal


@pytest.mark.usefixtures("living_room_only")
async def test_a_restart_makes_no_sign_in_request(
    house: House, loaded: MockConfigEntry
) -> None:
    """What was signed in an hour ago still is."""
    await house.clock.pass_by(3600)
    house.forget_requests()
    assert await house.unload(loaded)
    assert await house.set_up(loaded)
    assert house.shows("media_player.living_room") == "playing"
    assert _sign_in_requests(house) == []


@pytest.mark.usefixtures("living_room_and_bedroom")
async def test_tokens_are_renewed_in_time(
    house: House, loaded: MockConfigEntry
) -> None:
    """For a week nobody sees a refused request, and each renewal asks for little."""
    refused: list[str] = []
    sign_ins = 0
    for _ in range(14):
        house.forget_requests()
        house.clock.skip(DAY / 2)
        await house.clock.pass_by(150)
        refused += [r.path for r in house.requests() if r.status == 401]
        sign_ins += len(_sign_in_requests(house))
    assert refused == []
    assert 7 <= sign_ins <= 30
    assert house.shows(BEDROOM) == "off"


@pytest.mark.parametrize("policy", ["reuse_detection", "immediate"])
async def test_a_new_refresh_token_is_on_disk_before_it_is_used(
    house: House, loaded: MockConfigEntry, hass_storage: dict[str, Any], policy: str
) -> None:
    """Wherever a crash comes, the next start has a token that works."""
    house.simulator.world.tokens.knobs.refresh_policy = policy
    before = loaded.data["credentials"]["microsoft"]["refresh_token"]
    house.fail(kind="drop", host="sisu.xboxlive.com")
    _age(house)
    await house.clock.pass_by(30)
    journal = _journal(hass_storage, loaded)
    after = journal["credentials"]["microsoft"]["refresh_token"]
    assert after != before
    assert after in house.simulator.world.tokens.oauth.refresh
    house.simulator.world.faults.clear()
    await house.clock.pass_by(200)
    assert house.shows(BEDROOM) == "off"
    assert house.simulator.world.tokens.oauth.superseded_uses == 0


def _age(house: House) -> None:
    """Let every token but the refresh token end."""
    for kind in ("access", "user", "title", "xsts"):
        house.simulator.world.tokens.expire(kind)
    house.clock.skip(DAY)


async def test_the_newest_tokens_count(
    hass: HomeAssistant,
    house: House,
    loaded: MockConfigEntry,
    hass_storage: dict[str, Any],
) -> None:
    """A config entry that was not written before a crash does not bring back old tokens."""
    house.simulator.world.tokens.knobs.refresh_policy = "immediate"
    old = dict(loaded.data)
    _age(house)
    await house.clock.pass_by(60)
    assert _journal(hass_storage, loaded)["sequence"] > old["sequence"]
    assert await house.unload(loaded)
    hass.config_entries.async_update_entry(loaded, data=old)
    assert await house.set_up(loaded)
    _age(house)
    await house.clock.pass_by(60)
    assert house.simulator.world.tokens.oauth.superseded_uses == 0
    assert house.shows(BEDROOM) == "off"


async def test_a_renewal_does_not_reload_the_entry(
    hass: HomeAssistant, house: House, loaded: MockConfigEntry
) -> None:
    """Nothing flickers."""
    runtime = loaded.runtime_data
    before = loaded.data["sequence"]
    _age(house)
    await house.clock.pass_by(60)
    assert loaded.data["sequence"] > before
    assert loaded.runtime_data is runtime


async def test_all_consoles_share_one_renewal(
    house: House, loaded: MockConfigEntry
) -> None:
    """However many ask at once."""
    house.forget_requests()
    _age(house)
    await house.clock.pass_by(20)
    assert len(house.requests("/consoles/")) >= 3
    assert Counter(_sign_in_requests(house)).most_common(1)[0][1] == 1


async def test_unloading_lets_a_renewal_end(
    house: House, loaded: MockConfigEntry, hass_storage: dict[str, Any]
) -> None:
    """The token that is on its way is not lost."""
    house.simulator.world.tokens.knobs.refresh_policy = "immediate"
    _age(house)
    house.fail(kind="slow", seconds=3, host="login.live.com", times=1)
    await house.clock.settle()
    assert await house.unload(loaded)
    assert await house.set_up(loaded)
    assert loaded.state is ConfigEntryState.LOADED
    assert house.simulator.world.tokens.oauth.superseded_uses == 0


@pytest.mark.parametrize("host", ["login.live.com", "sisu.xboxlive.com"])
@pytest.mark.parametrize("policy", ["reuse_detection", "immediate"])
async def test_stopping_lets_a_renewal_end(
    hass: HomeAssistant,
    house: House,
    loaded: MockConfigEntry,
    hass_storage: dict[str, Any],
    host: str,
    policy: str,
) -> None:
    """Case D7: Home Assistant has stopped when the new tokens are on disk, not before."""
    house.simulator.world.tokens.knobs.refresh_policy = policy
    before = loaded.data["credentials"]["xsts"]
    _age(house)
    house.fail(kind="slow", seconds=3, host=host, times=1)
    await house.clock.settle()
    await house.clock.result(hass.async_stop(force=True), within=40)
    kept = _journal(hass_storage, loaded)["credentials"]
    assert kept["microsoft"]["refresh_token"] in _living(house)
    assert kept["xsts"] != before


def _living(house: House) -> set[str]:
    """The refresh tokens that came last."""
    return set(list(house.simulator.world.tokens.oauth.refresh)[-1:])


@pytest.mark.parametrize("seconds", [25, 100])
async def test_stopping_waits_for_a_renewal_no_longer_than_it_may_take(
    hass: HomeAssistant, house: House, loaded: MockConfigEntry, seconds: float
) -> None:
    """Case D7: a network that does not answer does not keep Home Assistant from stopping."""
    _age(house)
    house.fail(kind="slow", seconds=seconds, host="login.live.com")
    await house.clock.settle()
    await house.clock.result(hass.async_stop(force=True), within=31)
    await house.clock.pass_by(seconds)


async def test_stopping_begins_no_renewal(
    hass: HomeAssistant, house: House, loaded: MockConfigEntry
) -> None:
    """Case D7: what would be cut off is not begun."""
    await house.clock.result(hass.async_stop(force=True), within=31)
    house.forget_requests()
    house.clock.skip(DAY)
    with pytest.raises(AuthError):
        await loaded.runtime_data.account.chain.authorization()
    assert _sign_in_requests(house) == []


async def test_a_clock_that_is_wrong_does_not_matter(
    house: House, entry: MockConfigEntry
) -> None:
    """Neither signatures nor expiry go by this machine's time alone."""
    house.simulator.world.clock.offset = 3 * 3600
    assert await house.set_up(entry)
    _age(house)
    await house.clock.pass_by(60)
    assert house.shows(BEDROOM) == "off"


def _secrets(house: House) -> set[str]:
    """What may be told to nobody: tokens, codes, console ids, XUIDs, addresses."""
    world = house.simulator.world
    return {
        *world.tokens.secrets,
        *world.consoles,
        *(account.xuid for account in world.accounts.values()),
        *(account.email for account in world.accounts.values()),
    }


def _names(house: House) -> set[str]:
    world = house.simulator.world
    return {
        *(console.name for console in world.consoles.values()),
        *(drive.name for c in world.consoles.values() for drive in c.storage),
        *(drive.id for c in world.consoles.values() for drive in c.storage),
        *(account.gamertag for account in world.accounts.values()),
        "Starfall",
    } - {"Internal"}


async def test_diagnostics(
    house: House,
    loaded: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    snapshot: SnapshotAssertion,
) -> None:
    """What helps to find a fault, and nothing that tells who it is about."""
    await house.act("media_player.volume_up", "media_player.living_room")
    report = await house.clock.result(
        get_diagnostics_for_config_entry(house.hass, hass_client, loaded), within=10
    )
    text = json.dumps(report, cls=JSONEncoder)
    assert [s for s in _secrets(house) | _names(house) if s in text] == []
    assert report == snapshot


async def test_device_diagnostics(
    house: House,
    loaded: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    snapshot: SnapshotAssertion,
) -> None:
    """One console."""
    device = dr.async_get(house.hass).async_get_device_by_identifier(
        (DOMAIN, house.console("bedroom").id), loaded.entry_id
    )
    assert device is not None
    report = await house.clock.result(
        get_diagnostics_for_device(house.hass, hass_client, loaded, device), within=10
    )
    text = json.dumps(report, cls=JSONEncoder)
    assert [s for s in _secrets(house) | _names(house) if s in text] == []
    assert report == snapshot


async def test_diagnostics_of_a_list_that_nobody_knows(
    house: House,
    entry: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Case E7: another case and new members: of what is not known to be harmless the names alone are told."""
    body = answers.device_body

    def pascal(*args: Any, **options: Any) -> dict[str, object]:
        said = body(*args, **options) | {
            "ownerGamertag": "QuietHarbor77",
            "serialNumber": 123456789,
            "linkedUsers": [{"xuid": "2533274790010001"}],
            "F400000000A1B001": True,
            "locale": {"secret": "QuietHarbor77"},
        }
        return {name[0].upper() + name[1:]: value for name, value in said.items()}

    monkeypatch.setattr(answers, "device_body", pascal)
    assert await house.set_up(entry)
    report: Any = await house.clock.result(
        get_diagnostics_for_config_entry(house.hass, hass_client, entry), within=10
    )
    text = json.dumps(report, cls=JSONEncoder)
    told = _secrets(house) | _names(house) | {"123456789", "Attic drive"}
    assert [s for s in told if s in text] == []
    listed = report["consoles"][0]["listed"]
    assert listed["PowerState"] == "On"
    assert {"OwnerGamertag", "SerialNumber", "Name", "Id"} <= {*listed["other_members"]}
    assert len(listed["drives"]) == 2
    assert listed["drives"][0]["freeSpaceBytes"]


async def test_diagnostics_while_everything_fails(
    house: House, loaded: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    """That is when they are needed: they say what went wrong."""
    house.fail(kind="outage")
    await house.clock.pass_by(200)
    report: Any = await house.clock.result(
        get_diagnostics_for_config_entry(house.hass, hass_client, loaded), within=10
    )
    living_room = report["consoles"][0]
    assert living_room["status"]["success"] is False
    assert living_room["status"]["problem"] == "UpdateFailed"


async def test_no_log_tells_a_secret(
    hass: HomeAssistant,
    house: House,
    loaded: MockConfigEntry,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Debug logging through a life with all kinds of trouble: ids and tokens stay out of it."""
    caplog.set_level(logging.DEBUG)
    for kind in ("status", "html", "malformed", "drop", "unauthorized", "empty"):
        house.fail(kind=kind, times=6)
        await house.clock.pass_by(130)
    for word in ("ErrorCallingWNS", "XboxDataNotFound", "XboxNotPaired"):
        rule = house.fail(kind="xccs", word=word)
        await house.clock.pass_by(30)
        with suppress(HomeAssistantError):
            await house.act("media_player.volume_up", "media_player.living_room")
        house.simulator.world.faults.remove(rule.id)
    _age(house)
    await house.clock.pass_by(60)
    house.simulator.world.tokens.revoke_refresh()
    _age(house)
    await house.clock.pass_by(60)
    ours = [
        record.getMessage()
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.name.startswith(("custom_components", "homeassistant", "aiohttp"))
        # The test kit's own: what a config entry or a state holds is no log of ours.
        and record.name not in {"homeassistant.core", "homeassistant.config_entries"}
        and "pytest" not in record.name
    ]
    assert len(ours) > 100
    assert any(XCCS in message for message in ours)
    told = {secret for secret in _secrets(house) if any(secret in m for m in ours)}
    assert told == set()
