"""Every release takes over what earlier ones wrote: nothing is lost, renamed, forgotten or asked for again.

Each folder beside this file is a release as `record.py` left it: files, what was shown, and what
the network knew of the tokens. The tests start from there.
"""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import deepcopy
from datetime import datetime, timedelta
import re

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.media_player import ATTR_MEDIA_VOLUME_LEVEL
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import ATTR_RESTORED
from homeassistant.core import State
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest

from tests.upgrades.home import (
    BEDROOM,
    CHILD,
    DOMAIN,
    LIVING_ROOM,
    LOUDNESS,
    PARENT,
    PLAYROOM,
    Home,
)
from tests.upgrades.release import Files, Release, releases

SOON = timedelta(minutes=1)
NEXT_DAY = timedelta(days=1)
NEXT_WEEK = timedelta(days=5)
WEEKS = timedelta(weeks=3)
"""Longer than any token lives but the refresh token."""
SHORT_LIVED = {"access", "refresh", "user", "title", "xsts"}
"""Tokens that a device has to renew within days."""
_NOT_KEPT = re.compile(
    r"image\..*|.*_(?:played_in_this_game|played_today|unread_messages)(?:_2)?"
)
"""Entities that no release brings back from memory as they were: played_today may lack a minute."""
_DOING = re.compile(r"remote\..*|sensor\..*_(?:running_app|power_state)")
"""What a console does, which is old news after a start, and unknown until somebody says it again."""
_TWIN = re.compile(r"\w+\.lanternfox2048\w*_2")
"""A person whom both accounts follow is one device since, with the account that came first."""
ACCOUNTS = {"parent", "child"}
"""Keys in the simulated world."""


@pytest.fixture(params=releases(), ids=lambda folder: folder.name)
def release(request: pytest.FixtureRequest) -> Release:
    """An earlier release, or this one."""
    return Release.load(request.param)


@pytest.fixture
def frozen(frozen: FrozenDateTimeFactory, release: Release) -> FrozenDateTimeFactory:
    """The world begins when the recorded home did."""
    frozen.move_to(release.begun)
    return frozen


@pytest.fixture
def hass_storage(hass_storage: Files, release: Release) -> Files:
    """The files that Home Assistant finds."""
    hass_storage.update(deepcopy(release.files))
    return hass_storage


@pytest.fixture
def home(home: Home, release: Release) -> Home:
    """The home at a network that knows the tokens in the files."""
    release.tokens.honoured_by(home.house.simulator.world)
    return home


async def _power_up(home: Home, moment: datetime) -> None:
    """Come back: read the files, and set nothing of ours up yet."""
    home.house.clock.skip((moment - dt_util.utcnow()).total_seconds())
    await home.read_files()


async def _set_up(home: Home) -> None:
    """Set up every account, as Home Assistant does at its start."""
    assert await home.house.clock.result(
        async_setup_component(home.hass, DOMAIN, {}), within=30
    )
    await home.house.clock.settle()


def _tell_apart(entity: er.RegistryEntry) -> tuple[object, ...]:
    """What makes an entity the same one, and what a user made of it."""
    return (
        *(entity.entity_id, entity.unique_id, entity.device_id),
        *(entity.config_entry_id, entity.config_subentry_id),
        *(entity.name, entity.icon, entity.disabled_by),
    )


async def test_every_entity_is_found(home: Home, release: Release) -> None:
    """Under its old id, as the user named it, and alive; none is there twice."""
    await _power_up(home, release.ended + SOON)
    registry = er.async_get(home.hass)
    before = {
        name: entity
        for name, entity in registry.entities.data.items()
        if not _TWIN.fullmatch(name)
    }
    assert {name for name in release.shown if not _TWIN.fullmatch(name)} < before.keys()
    await _set_up(home)
    await home.house.clock.pass_by(30)
    after = registry.entities.data
    kept = {name: _tell_apart(after[name]) for name in before if name in after}
    assert kept == {name: _tell_apart(entity) for name, entity in before.items()}
    shown = home.shown()
    dead = {
        name
        for name in release.shown
        if not _TWIN.fullmatch(name)
        and (name not in shown or shown[name].attributes.get(ATTR_RESTORED))
    }
    assert dead == set()
    again = {
        name
        for name in after.keys() - before.keys()
        if re.sub(r"_\d+$", "", name) in before and not _TWIN.fullmatch(name)
    }
    assert again == set()


async def test_every_device_is_found(home: Home, release: Release) -> None:
    """With the name that the user gave it, in the entry and subentry where it was."""
    await _power_up(home, release.ended + SOON)
    registry = dr.async_get(home.hass)
    entries = [home.entry(account).entry_id for account in (PARENT, CHILD)]

    def devices() -> dict[str, tuple[object, ...]]:
        return {
            device.id: (
                *(device.identifiers, device.name, device.name_by_user),
                *(device.config_entry_id, device.config_subentry_id),
            )
            for entry_id in entries
            for device in dr.async_entries_for_config_entry(registry, entry_id)
        }

    before = devices()
    seen = Counter(str(identifiers) for identifiers, *_ in before.values())
    child = home.entry(CHILD).entry_id
    before = {
        id_: told
        for id_, told in before.items()
        # Version 0.1.0 showed whom both accounts follow twice.
        if seen[str(told[0])] == 1 or told[3] != child
    }
    assert "Big screen" in {name_by_user for _, _, name_by_user, *_ in before.values()}
    await _set_up(home)
    await home.house.clock.pass_by(30)
    after = devices()
    assert {id_: after.get(id_) for id_ in before} == before


async def test_the_options_are_in_force(home: Home, release: Release) -> None:
    """What was hidden, renamed and heard through a receiver still is."""
    await _power_up(home, release.ended + SOON)
    await _set_up(home)
    await home.house.clock.pass_by(30)
    living_room = home.house.state("media_player.living_room").attributes
    sources = living_room["source_list"]
    assert "Golden Boot 27" not in sources
    assert "Nebula Drift GT" not in sources
    assert "Nebula" in sources
    assert (
        "Hexes" in home.house.state("media_player.upstairs").attributes["source_list"]
    )
    assert living_room[ATTR_MEDIA_VOLUME_LEVEL] == 0.4
    home.hass.states.async_set(LOUDNESS, "on", {"level": 0.7})
    await home.house.clock.settle()
    living_room = home.house.state("media_player.living_room").attributes
    assert living_room[ATTR_MEDIA_VOLUME_LEVEL] == 0.7


@pytest.mark.parametrize("order", ["as it was", "reversed"])
async def test_each_console_stays_where_it_was(
    home: Home, release: Release, hass_storage: Files, order: str
) -> None:
    """Deselected ones are left alone, and a shared one stays with its account, whichever comes first.

    What the user has read about that is not said again.
    """
    if order == "reversed":
        hass_storage["core.config_entries"]["data"]["entries"].reverse()
    await _power_up(home, release.ended + SOON)
    issues = ir.async_get(home.hass).issues
    told = {issue_id for domain, issue_id in issues if domain == DOMAIN}
    await _set_up(home)
    # The lists of consoles have been asked for by then.
    await home.house.clock.pass_by(30)
    registry = dr.async_get(home.hass)
    consoles = {LIVING_ROOM, BEDROOM, PLAYROOM}
    where = {
        account: {
            identifier
            for device in dr.async_entries_for_config_entry(
                registry, home.entry(account).entry_id
            )
            for _, identifier in device.identifiers
        }
        & consoles
        for account in (PARENT, CHILD)
    }
    assert where == {PARENT: {LIVING_ROOM, PLAYROOM}, CHILD: {BEDROOM}}
    issues = ir.async_get(home.hass).issues
    active = {
        issue_id
        for (domain, issue_id), issue in issues.items()
        if domain == DOMAIN and issue.active
    }
    assert active == told
    assert len(active) == 2
    assert all(issues[DOMAIN, issue_id].dismissed_version for issue_id in active)


async def test_the_day_begins_when_the_user_said(home: Home, release: Release) -> None:
    """At four: what was played in the evening belongs to the same day until then."""
    evening = release.ended.astimezone(dt_util.get_default_time_zone())
    morning = evening.replace(hour=3, minute=55, second=0) + timedelta(days=1)
    await _power_up(home, morning)
    await _set_up(home)
    played = "sensor.lanternfox2048_played_today"
    # The last minute may not have been written when the power was cut.
    before = int(release.shown[played]["state"]) - 1
    assert before > 15
    assert int(home.house.shows(played)) >= before
    await home.house.clock.pass_by(4 * 60)
    assert int(home.house.shows(played)) >= before
    await home.house.clock.pass_by(6 * 60)
    assert int(home.house.shows(played)) < 10


@asynccontextmanager
async def _silence(home: Home) -> AsyncIterator[None]:
    """The network answers, but not within the next seconds."""
    home.house.fail(kind="slow", seconds=20)
    try:
        yield
    finally:
        # Nothing ends while an answer is on its way.
        home.house.simulator.world.faults.clear()
        await home.house.clock.pass_by(30)


async def test_nothing_has_to_be_awaited(home: Home, release: Release) -> None:
    """What was shown when the power was cut is shown before the network has said a word."""
    await _power_up(home, release.ended + SOON)
    clock = home.house.clock
    async with _silence(home):
        begun = clock.now
        await _set_up(home)
        assert clock.now - begun < 1
        assert not home.house.simulator.world.requests
        shown = {name: _remembered(state) for name, state in home.shown().items()}
    expected = {
        name: _remembered(State(name, state["state"], state["attributes"]))
        for name, state in release.shown.items()
        if not _NOT_KEPT.fullmatch(name) and not _TWIN.fullmatch(name)
    }
    assert {name: shown.get(name) for name in expected} == expected


def _remembered(state: State) -> tuple[object, ...]:
    """What is to be the same after a start; what a console does may be another thing by then."""
    kept = tuple(map(state.attributes.get, ("source_list", "name")))
    doing = _DOING.fullmatch(state.entity_id) or state.attributes.get("source_list")
    return kept if doing else (state.state, state.attributes.get("source"), *kept)


@pytest.mark.parametrize(
    ("after", "renewed"),
    [
        pytest.param(SOON, set(), id="soon"),
        pytest.param(NEXT_DAY, {"xsts"}, id="next day"),
        pytest.param(NEXT_WEEK, SHORT_LIVED, id="next week"),
        pytest.param(WEEKS, {*SHORT_LIVED, "device"}, id="after weeks"),
    ],
)
async def test_nobody_has_to_sign_in(
    home: Home, release: Release, after: timedelta, renewed: set[str]
) -> None:
    """What still counts is used; the rest is renewed with it, for the device that is known already."""
    await _power_up(home, release.ended + after)
    world = home.house.simulator.world
    before, devices = _issued(home), _devices(home)
    await _set_up(home)
    await home.house.clock.pass_by(60)
    assert {r.account for r in world.requests if r.status == 200} >= ACCOUNTS
    assert not [request for request in world.requests if request.status == 401]
    assert _issued_since(before, home) <= renewed
    assert len(devices) == 1
    assert _devices(home) == devices
    _check_that_all_is_well(home)


async def test_a_ticket_that_still_counts_is_used(home: Home, release: Release) -> None:
    """Even if the network wants everything else anew."""
    await _power_up(home, release.ended + SOON)
    for kind in ("user", "xsts"):
        home.house.simulator.world.tokens.expire(kind)
    before = _issued(home)
    await _set_up(home)
    await home.house.clock.pass_by(60)
    assert _issued_since(before, home) == {"user", "title", "xsts"}
    _check_that_all_is_well(home)


@pytest.mark.parametrize("policy", ["lenient", "reuse_detection", "immediate"])
async def test_the_tokens_that_were_written_last_count(
    home: Home, release: Release, policy: str
) -> None:
    """The entry's were older than the journal's when the power was cut: they are never used."""
    book = home.house.simulator.world.tokens
    book.knobs.refresh_policy = policy
    assert any(token.predecessor for token in release.tokens.refresh)
    await _power_up(home, release.ended + WEEKS)
    await _set_up(home)
    await home.house.clock.pass_by(60)
    assert [token.used for token in release.tokens.refresh] == [True, True]
    assert book.oauth.superseded_uses == 0
    _check_that_all_is_well(home)


def _issued(home: Home) -> dict[str, int]:
    """How many tokens of each kind the network has issued."""
    issued = home.house.simulator.world.tokens.summary()["issued"]
    assert isinstance(issued, dict)
    return issued


def _issued_since(before: dict[str, int], home: Home) -> set[str]:
    return {kind for kind, count in _issued(home).items() if count > before[kind]}


def _devices(home: Home) -> set[str]:
    """What the network knows of devices that signed in."""
    book = home.house.simulator.world.tokens
    found = (book.find("device", value) for value in book.secrets)
    return {token.device_id for token in found if token is not None}


def _check_that_all_is_well(home: Home) -> None:
    for account in (PARENT, CHILD):
        assert home.entry(account).state is ConfigEntryState.LOADED
    assert not home.hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert home.house.shows("media_player.living_room") == "playing"
    assert home.house.shows("media_player.upstairs") == "off"
    assert home.house.shows("sensor.lanternfox2048_now_playing") == "Tidewater Tales"
