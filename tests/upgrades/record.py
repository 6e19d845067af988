"""Record what this release writes, so that later ones are tested with it.

Run it once, before a release, with the code that is released:

    scripts/test tests/upgrades/record.py

It lives through an evening in the home against the simulator and keeps, in a folder named after
the `version` in manifest.json, the files as they were when the power was cut. Commit the folder;
`test_upgrade.py` finds it. What was recorded is never recorded again.
"""

import json
from typing import Any

from homeassistant.config_entries import SOURCE_USER, ConfigEntryState
from homeassistant.core import State
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
from homeassistant.helpers.json import JSONEncoder
from homeassistant.loader import async_get_integration
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from simulator.people.unlocks import unlock
from tests.integration.house import House
from tests.integration.sign_in_flow import SignInFlow
from tests.upgrades.home import (
    BEDROOM,
    CHILD,
    DOMAIN,
    LIVING_ROOM,
    OWN_APP,
    PARENT,
    PLAYROOM,
    Home,
)
from tests.upgrades.release import Files, Release, Shown, Tokens

MINUTE = 60.0
LIFETIME = 25 * MINUTE
"""Of the parent's first tokens: they are renewed when the evening ends."""
ADDRESS = "http://127.0.0.1:8099"
"""The simulator's usual address; in tests it has another port each time."""
KEPT = (
    "application_credentials",
    "core.config_entries",
    "core.device_registry",
    "core.entity_registry",
    "core.restore_state",
    "repairs.issue_registry",
)
"""Files of Home Assistant in which something is ours."""
_FLEETING = {"entity_picture", "entity_picture_local", "access_token"}
"""Attributes that another start of the same code would not show."""


async def _fill_in(
    house: House, flows: Any, handler: object, *answers: dict[str, object]
) -> None:
    """Go through a flow to its end, and let happen what follows from it."""
    page = await house.clock.result(
        flows.async_init(handler, context={"source": SOURCE_USER}), within=30
    )
    for answer in answers:
        page = await house.clock.result(
            flows.async_configure(page["flow_id"], answer), within=30
        )
    assert page["type"] == "create_entry", page
    await house.clock.pass_by(10)


async def _choose(
    home: Home, account: str, step: str, *forms: dict[str, object]
) -> None:
    """Open the options, and fill in what follows a choice from the menu."""
    options, entry = home.hass.config_entries.options, home.entry(account)
    menu: dict[str, object] = {"next_step_id": step}
    await _fill_in(home.house, options, entry.entry_id, menu, *forms)


async def _follow(home: Home, account: str, *people: str) -> None:
    """Follow friends by their ids, others by gamertag."""
    await _fill_in(
        home.house,
        home.hass.config_entries.subentries,
        (home.entry(account).entry_id, "person"),
        {"people": list(people)},
    )


async def _sign_in(home: Home, browser: ClientSessionGenerator) -> None:
    """The parent by code, the child with an app of the family's own."""
    knobs = home.house.simulator.world.tokens.knobs
    usual = vars(knobs).copy()
    knobs.long_access_seconds = int(LIFETIME)
    knobs.user_seconds = knobs.title_seconds = knobs.xsts_seconds = LIFETIME
    await (await SignInFlow(home.house).start()).enter_code("parent")
    vars(knobs).update(usual)
    # The parent leaves the bedroom to the child.
    await _choose(home, PARENT, "consoles", {"consoles": [LIVING_ROOM, PLAYROOM]})
    flow = SignInFlow(home.house)
    await flow.start_own_app(OWN_APP.client_id, OWN_APP.secret or "")
    await flow.come_back(browser, "child")
    await home.house.clock.pass_by(30)


async def _make_choices(home: Home) -> None:
    """Every option there is, and friends."""
    renamed = [{"app": "Nebula Drift GT", "name": "Nebula"}]
    hidden = ["CZ27GLDNBTFC"]
    await _choose(
        home, PARENT, "apps", {"hidden_apps": hidden, "renamed_apps": renamed}
    )
    await _choose(
        home,
        PARENT,
        "sound",
        {"console": LIVING_ROOM},
        {"player": "media_player.receiver"},
    )
    await _choose(home, PARENT, "people", {"day_start": "04:00:00"})
    # The playroom stays selected: it is the parent's, as a repair issue says.
    await _choose(home, CHILD, "consoles", {"consoles": [BEDROOM, PLAYROOM]})
    renamed = [{"app": "Hexagarden", "name": "Hexes"}]
    await _choose(home, CHILD, "apps", {"renamed_apps": renamed})
    people = home.house.simulator.world.people
    friends = [people[key].xuid for key in ("mika", "tove", "juno")]
    await _follow(home, PARENT, *friends)
    await _follow(home, CHILD, people["mika"].gamertag)


async def _customise(home: Home) -> None:
    """What users change in Home Assistant itself."""
    entities, devices = er.async_get(home.hass), dr.async_get(home.hass)
    entities.async_update_entity(
        "media_player.bedroom", new_entity_id="media_player.upstairs", name="Upstairs"
    )
    entities.async_update_entity(
        "sensor.lanternfox2048_status", disabled_by=er.RegistryEntryDisabler.USER
    )
    entities.async_update_entity(
        "sensor.lanternfox2048_friends", disabled_by=None, icon="mdi:sail-boat"
    )
    living_room = devices.async_get_device_by_identifier(
        (DOMAIN, LIVING_ROOM), home.entry(PARENT).entry_id
    )
    assert living_room is not None
    devices.async_update_device(living_room.id, name_by_user="Big screen")
    for domain, issue_id in list(ir.async_get(home.hass).issues):
        if domain == DOMAIN:
            ir.async_ignore_issue(home.hass, domain, issue_id, True)
    # What was enabled comes with a reload.
    await home.house.clock.pass_by(40)


async def _until_renewed(home: Home, storage: Files) -> None:
    """Let the time go on until the parent's newest tokens are in a file of ours, but not yet in the entry."""
    book = home.house.simulator.world.tokens.oauth
    for _ in range(int(2 * LIFETIME)):
        await home.house.clock.pass_by(0.5)
        newest = list(book.refresh)[-1]
        where = {name for name in storage if newest in json.dumps(storage[name])}
        if where and "core.config_entries" not in where:
            return
    raise AssertionError("the tokens were not renewed")


def _kept(state: State) -> dict[str, Any]:
    attributes = {
        name: value for name, value in state.attributes.items() if name not in _FLEETING
    }
    return {"state": state.state, "attributes": attributes}


def _as_written[T](content: T, simulator: str) -> T:
    """A copy of what is JSON, without the simulator's port."""
    text = json.dumps(content, cls=JSONEncoder)
    copy: T = json.loads(text.replace(simulator, ADDRESS))
    return copy


@pytest.mark.usefixtures("current_request_with_host")
async def test_record(
    home: Home,
    hass_storage: Files,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    """An evening in the home, until the power is cut."""
    house, begun = home.house, dt_util.utcnow()
    await home.read_files()
    await _sign_in(home, hass_client_no_auth)
    await _make_choices(home)
    await _customise(home)
    world = house.simulator.world
    unlock(world, world.people["mika"], world.titles["tidewater"])
    # Home Assistant writes the last states every quarter of an hour.
    await house.clock.pass_by(16 * MINUTE)
    await _until_renewed(home, hass_storage)
    files = {
        name: content
        for name, content in sorted(hass_storage.items())
        if name in KEPT or name.startswith(f"{DOMAIN}.")
    }
    shown: Shown = {name: _kept(state) for name, state in home.shown().items()}
    for account in (PARENT, CHILD):
        assert home.entry(account).state is ConfigEntryState.LOADED
    integration = await async_get_integration(home.hass, DOMAIN)
    Release(
        version=str(integration.version),
        begun=begun,
        ended=dt_util.utcnow(),
        shown=_as_written(shown, house.simulator.url),
        tokens=Tokens.found_in(files, world),
        files=_as_written(files, house.simulator.url),
    ).save()
