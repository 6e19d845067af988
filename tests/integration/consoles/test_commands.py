"""A command is confirmed or denied, and each failure says what happened and what to do."""

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.account import polling
from simulator.consoles.console import PowerState
from tests.integration.house import House

LIVING_ROOM = "media_player.living_room"
BEDROOM = "media_player.bedroom"
PLAYROOM = "media_player.playroom"


@pytest.fixture(autouse=True)
def everything_loaded(loaded: MockConfigEntry) -> None:
    """Start with the account set up."""


async def _refusal(house: House, action: str, entity: str) -> str:
    """The translation key of the error that an action ends with."""
    with pytest.raises(HomeAssistantError) as refusal:
        await house.act(action, entity)
    words = refusal.value.translation_placeholders or {}
    assert words["console"] == house.state(entity).name
    assert refusal.value.translation_key is not None
    return refusal.value.translation_key


@pytest.mark.parametrize(
    ("word", "status", "key"),
    [
        ("ErrorCallingWNS", 404, "console_unreachable"),
        ("ErrorWNSTempDisconnected", 404, "console_temporarily_unreachable"),
        ("XboxDataNotFound", 404, "console_not_found"),
        ("XboxNotPaired", 404, "console_not_paired"),
        ("RemoteManagementDisabled", 404, "remote_features_disabled"),
        ("CurrentConsoleNotFound", 404, "console_not_found"),
        ("ThrottledTryAgain", 429, "rate_limited"),
        ("DataAccessError", 408, "service_unavailable"),
        ("DataAccessError", 401, "service_unavailable"),
        ("SomethingNew", 404, "console_error"),
    ],
)
@pytest.mark.parametrize("with_ok", [False, True])
async def test_each_failure_has_its_own_words(
    house: House, word: str, status: int, key: str, with_ok: bool
) -> None:
    """Whatever HTTP status the service's word comes with; a reply of 200 is no success."""
    house.fail(
        kind="xccs", path="/commands", word=word, status=200 if with_ok else status
    )
    assert await _refusal(house, "media_player.media_pause", LIVING_ROOM) == key
    assert house.shows(LIVING_ROOM) == "playing"


@pytest.mark.parametrize(
    ("fault", "key"),
    [
        ({"kind": "status", "status": 500}, "service_unavailable"),
        ({"kind": "status", "status": 429, "retry_after": 20}, "rate_limited"),
        ({"kind": "status", "status": 404}, "console_unreachable"),
        ({"kind": "drop"}, "cannot_connect"),
        ({"kind": "slow", "seconds": 60}, "timeout"),
        ({"kind": "html", "status": 200}, "unexpected_response"),
        ({"kind": "malformed"}, "unexpected_response"),
        ({"kind": "empty", "status": 200}, "unexpected_response"),
        ({"kind": "huge"}, "unexpected_response"),
    ],
)
async def test_each_trouble_on_the_way_has_its_own_words(
    house: House, fault: dict[str, object], key: str
) -> None:
    """A command is sent once: it must not be carried out twice."""
    house.fail(path="/commands", **fault)
    assert await _refusal(house, "media_player.media_pause", LIVING_ROOM) == key
    assert len(house.requests("/commands", "POST")) <= 1
    assert house.shows(LIVING_ROOM) == "playing"


async def test_a_console_that_is_off_hears_no_keys(house: House) -> None:
    """Nothing is sent; the error says that it is off."""
    key = await _refusal(house, "media_player.media_pause", BEDROOM)
    assert key == "console_off"
    assert house.heard == []


async def test_a_console_that_was_just_turned_on_by_hand_hears_keys(
    house: House,
) -> None:
    """What is known may be old, so the console is asked before it is refused."""
    house.console("bedroom").power = PowerState.ON
    assert house.shows(BEDROOM) == "off"
    await house.act("media_player.volume_up", BEDROOM)
    assert [name for _, name, _ in house.heard] == ["Volume"]


@pytest.mark.parametrize("body", ["word", "empty"])
async def test_remote_features_off(house: House, body: str) -> None:
    """The error says where to switch them on, even when the network gives no reason."""
    house.simulator.world.knobs.remote_features_off_body = body
    key = await _refusal(house, "media_player.turn_on", PLAYROOM)
    assert key == "remote_features_disabled"
    assert house.shows(PLAYROOM) == "off"


async def test_a_console_that_is_shut_down_cannot_be_woken(house: House) -> None:
    """The error says so at once, and the state is off as before."""
    house.console("bedroom").instant_on = False
    house.console("bedroom").power = PowerState.OFF
    await house.clock.pass_by(130)
    key = await _refusal(house, "media_player.turn_on", BEDROOM)
    assert key == "console_unreachable"
    assert len(house.heard) == 1
    assert house.shows(BEDROOM) == "off"


async def test_a_sleeping_console_that_lost_its_connection_is_woken_again(
    house: House,
) -> None:
    """After a moment it mostly works."""
    house.fail(kind="xccs", path="/commands", word="ErrorWNSTempDisconnected", times=2)
    await house.act("media_player.turn_on", BEDROOM, within=15)
    assert house.console("bedroom").power is PowerState.ON
    assert len(house.requests("/commands", "POST")) == 3


async def test_waking_is_not_tried_for_ever(house: House) -> None:
    """After a few tries within 20 seconds the user hears why."""
    house.fail(kind="xccs", path="/commands", word="ErrorWNSTempDisconnected")
    with pytest.raises(HomeAssistantError) as refusal:
        await house.act("media_player.turn_on", BEDROOM, within=20)
    assert refusal.value.translation_key == "console_temporarily_unreachable"
    assert 3 <= len(house.requests("/commands", "POST")) <= 6
    assert house.shows(BEDROOM) == "off"


@pytest.mark.parametrize(
    ("outcome", "key"),
    [
        ("Error", "command_failed"),
        ("TimedOut", "command_failed"),
        ("OffConsoleError", "console_off"),
        ("SomethingNew", "command_failed"),
    ],
)
async def test_a_denied_command_is_taken_back(
    house: House, outcome: str, key: str
) -> None:
    """The expected state is shown until the console says no; then the user hears why."""
    house.simulator.world.knobs.op_outcome = outcome
    house.simulator.world.knobs.sleep_seconds = 1000.0
    house.simulator.world.knobs.op_pending_seconds = 3.0
    operations = house.simulator.world.operations
    call = house.begin("media_player.turn_off", LIVING_ROOM)
    await house.clock.settle()
    assert house.shows(LIVING_ROOM) == "off"
    sent = operations.latest(house.console("living_room").id)
    assert sent is not None
    sent.done_at = house.clock.now + 3
    with pytest.raises(HomeAssistantError) as denial:
        await house.clock.result(call, within=10)
    await house.clock.settle()
    assert denial.value.translation_key == key
    assert house.shows(LIVING_ROOM) == "playing"


async def test_a_denial_nobody_waits_for_is_logged(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """A pause returns at once; that the console refused it is worth a warning."""
    house.simulator.world.knobs.op_outcome = "Error"
    await house.act("media_player.media_pause", LIVING_ROOM, within=1)
    await house.clock.pass_by(3)
    assert house.shows(LIVING_ROOM) == "playing"
    assert "The console did not do Pause: Error" in caplog.text


async def test_no_answer_is_no_error(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """The wait is bounded; afterwards the state is what the console shows."""
    house.simulator.world.knobs.op_outcome = "Pending"
    house.simulator.world.knobs.wake_seconds = 1000.0
    before = house.clock.now
    await house.act("media_player.turn_on", BEDROOM, within=31)
    assert house.clock.now - before >= 30
    assert "WakeUp was sent, but not confirmed" in caplog.text
    assert house.shows(BEDROOM) == "on"
    await house.clock.pass_by(60)
    assert house.shows(BEDROOM) == "off"


@pytest.mark.parametrize("unknown", ["empty", "404"])
async def test_a_forgotten_operation_does_not_hurt(house: House, unknown: str) -> None:
    """What the console does counts as well."""
    house.simulator.world.knobs.unknown_op = unknown
    house.simulator.world.knobs.op_kept_seconds = 0.0
    await house.act("media_player.turn_on", BEDROOM, within=15)
    assert house.shows(BEDROOM) == "on"


async def test_a_failing_operation_status_does_not_hurt(house: House) -> None:
    """It is asked for on the side."""
    house.fail(kind="status", path="/opStatus")
    await house.act("media_player.turn_on", BEDROOM, within=15)
    assert house.shows(BEDROOM) == "on"


@pytest.mark.parametrize("shape", ["2020", "2025", "2026"])
async def test_replies_of_every_year_are_understood(house: House, shape: str) -> None:
    """A new shape of the reply never fails a command."""
    house.simulator.world.knobs.destination_shape = shape  # type: ignore[assignment] # parametrized
    await house.act("media_player.turn_off", LIVING_ROOM, within=8)
    assert house.shows(LIVING_ROOM) == "off"


async def test_a_later_command_replaces_an_earlier_one(house: House) -> None:
    """Case A9: who turns it off while it wakes up wants it off; the first caller hears so."""
    first = house.begin("media_player.turn_on", BEDROOM)
    await house.clock.pass_by(2)
    await house.act("media_player.turn_off", BEDROOM)
    assert first.done()
    with pytest.raises(HomeAssistantError) as replaced:
        await house.clock.result(first, within=1)
    assert replaced.value.translation_key == "command_replaced"
    await house.clock.pass_by(60)
    assert house.shows(BEDROOM) == "off"
    assert house.console("bedroom").power is PowerState.STANDBY


async def test_after_a_command_the_console_is_watched_closely(house: House) -> None:
    """Often at first, then less often, then as usual."""
    house.simulator.world.knobs.op_outcome = "Pending"
    house.simulator.world.activity.knobs.available = False
    house.simulator.world.activity.end()
    path = f"/consoles/{house.console('living_room').id}"
    counts = []
    await house.act("media_player.volume_up", LIVING_ROOM, within=1)
    for _ in range(4):
        house.forget_requests()
        await house.clock.pass_by(polling.AFTER_COMMAND)
        counts.append(len(house.requests(path)))
    assert counts[0] >= 8
    assert counts[1] <= 5
    assert counts[2] == counts[3] == 3


async def test_the_system_version_is_learned_from_replies(
    house: House, loaded: MockConfigEntry, hass: HomeAssistant
) -> None:
    """Only a command's reply tells it; the device then shows it."""
    await house.act("media_player.volume_up", LIVING_ROOM)
    device = dr.async_get(hass).async_get_device_by_identifier(
        ("xbox_console", house.console("living_room").id), loaded.entry_id
    )
    assert device is not None
    assert device.sw_version == "10.0.26100.7010"
