"""Sound through another media player: its volume is the console's."""

from typing import Any, override

from homeassistant.components import conversation
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.components.media_player import (
    DOMAIN as MEDIA_PLAYER,
    MediaPlayerEntity,
    MediaPlayerEntityFeature,
    MediaPlayerState,
)
from homeassistant.core import Context, HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockEntityPlatform,
)

from simulator.demo.consoles import SERIES_X_ID
from tests.integration.house import House

PLAYER = "media_player.living_room"
REMOTE = "remote.living_room"
RECEIVER = "media_player.receiver"


class Receiver(MediaPlayerEntity):
    """A receiver as another integration would bring it."""

    _attr_should_poll = False
    _attr_unique_id = "receiver"
    _attr_name = "Receiver"
    _attr_state = MediaPlayerState.ON
    _attr_volume_level = 0.4
    _attr_is_volume_muted = False
    _attr_supported_features = (
        MediaPlayerEntityFeature.VOLUME_SET
        | MediaPlayerEntityFeature.VOLUME_STEP
        | MediaPlayerEntityFeature.VOLUME_MUTE
    )

    def change(self, **attributes: object) -> None:
        """Be something else from now on."""
        for name, value in attributes.items():
            setattr(self, f"_attr_{name}", value)
        self.async_write_ha_state()

    @override
    async def async_set_volume_level(self, volume: float) -> None:
        self.change(volume_level=volume)

    @override
    async def async_volume_up(self) -> None:
        self.change(volume_level=(self.volume_level or 0) + 0.1)

    @override
    async def async_volume_down(self) -> None:
        self.change(volume_level=(self.volume_level or 0) - 0.1)

    @override
    async def async_mute_volume(self, mute: bool) -> None:
        self.change(is_volume_muted=mute)


@pytest.fixture
async def receiver(hass: HomeAssistant, loaded: MockConfigEntry) -> Receiver:
    """A receiver that is on, at 40 %."""
    receiver = Receiver()
    platform = MockEntityPlatform(
        hass, domain=MEDIA_PLAYER, platform_name="receivers", platform=None
    )
    await platform.async_add_entities([receiver])
    return receiver


async def _choose(house: House, entry: MockConfigEntry, data: dict[str, Any]) -> Any:
    flows = house.hass.config_entries.options
    result = await flows.async_init(entry.entry_id)
    result = await flows.async_configure(result["flow_id"], {"next_step_id": "sound"})
    result = await flows.async_configure(result["flow_id"], {"console": SERIES_X_ID})
    assert result["step_id"] == "sound_player"
    assert result["description_placeholders"] == {"console": "Living room"}
    result = await flows.async_configure(result["flow_id"], data)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    await house.clock.pass_by(2)
    return result


@pytest.fixture
async def lent(house: House, loaded: MockConfigEntry, receiver: Receiver) -> Receiver:
    """The living room is heard through the receiver."""
    await _choose(house, loaded, {"player": RECEIVER})
    return receiver


def _features(house: House, entity_id: str = PLAYER) -> MediaPlayerEntityFeature:
    return MediaPlayerEntityFeature(
        house.state(entity_id).attributes["supported_features"]
    )


@pytest.mark.usefixtures("loaded")
async def test_a_console_alone_has_no_volume_to_set(house: House) -> None:
    """An honest step is better than a slider that lies."""
    assert MediaPlayerEntityFeature.VOLUME_SET not in _features(house)
    assert "volume_level" not in house.state(PLAYER).attributes


async def test_its_volume_shows(house: House, lent: Receiver) -> None:
    """And follows it."""
    assert MediaPlayerEntityFeature.VOLUME_SET in _features(house)
    assert house.state(PLAYER).attributes["volume_level"] == 0.4
    lent.change(volume_level=0.7, is_volume_muted=True)
    await house.clock.settle()
    shown = house.state(PLAYER).attributes
    assert (shown["volume_level"], shown["is_volume_muted"]) == (0.7, True)
    assert MediaPlayerEntityFeature.VOLUME_SET not in _features(
        house, "media_player.bedroom"
    )


@pytest.mark.parametrize(
    ("action", "data", "level", "muted"),
    [
        ("volume_set", {"volume_level": 0.25}, 0.25, False),
        ("volume_up", {}, 0.5, False),
        ("volume_down", {}, 0.3, False),
        ("volume_mute", {"is_volume_muted": True}, 0.4, True),
    ],
)
async def test_it_is_what_gets_louder(
    house: House,
    lent: Receiver,
    action: str,
    data: dict[str, Any],
    level: float,
    muted: bool,
) -> None:
    """The console hears nothing of it."""
    await house.act(f"media_player.{action}", PLAYER, **data)
    assert lent.volume_level == pytest.approx(level)
    assert lent.is_volume_muted is muted
    assert house.state(PLAYER).attributes["volume_level"] == pytest.approx(level)
    assert house.heard == []


async def test_while_it_is_unavailable_the_console_takes_over_what_it_can(
    house: House, lent: Receiver
) -> None:
    """Steps and mute go to the console, a level cannot, and the features do not flicker."""
    lent.change(available=False)
    await house.clock.settle()
    assert MediaPlayerEntityFeature.VOLUME_SET in _features(house)
    assert "volume_level" not in house.state(PLAYER).attributes
    await house.act("media_player.volume_up", PLAYER)
    await house.act("media_player.volume_mute", PLAYER, is_volume_muted=True)
    assert [name for _, name, _ in house.heard] == ["Volume", "Mute"]
    with pytest.raises(HomeAssistantError) as refusal:
        await house.act("media_player.volume_set", PLAYER, volume_level=0.1)
    assert refusal.value.translation_key == "sound_unavailable"
    lent.change(available=True)
    await house.clock.settle()
    assert house.state(PLAYER).attributes["volume_level"] == 0.4


async def test_once_it_is_removed_the_console_is_alone(
    house: House, lent: Receiver
) -> None:
    """As if it had never been chosen."""
    er.async_get(house.hass).async_remove(RECEIVER)
    await house.clock.settle()
    assert MediaPlayerEntityFeature.VOLUME_SET not in _features(house)
    await house.act("media_player.volume_up", PLAYER)
    assert len(house.heard) == 1


async def test_it_may_be_renamed(house: House, lent: Receiver) -> None:
    """Its entity id is no promise."""
    er.async_get(house.hass).async_update_entity(
        RECEIVER, new_entity_id="media_player.denon"
    )
    await house.clock.settle()
    lent.change(volume_level=0.9)
    await house.clock.settle()
    assert house.state(PLAYER).attributes["volume_level"] == 0.9
    await house.act("media_player.volume_set", PLAYER, volume_level=0.2)
    assert lent.volume_level == 0.2


async def test_a_player_without_levels_lends_its_steps(
    house: House, loaded: MockConfigEntry, receiver: Receiver
) -> None:
    """What it cannot do stays with the console."""
    receiver.change(supported_features=MediaPlayerEntityFeature.VOLUME_STEP)
    await _choose(house, loaded, {"player": RECEIVER})
    assert MediaPlayerEntityFeature.VOLUME_SET not in _features(house)
    await house.act("media_player.volume_up", PLAYER)
    assert receiver.volume_level == pytest.approx(0.5)
    await house.act("media_player.volume_mute", PLAYER, is_volume_muted=True)
    assert [name for _, name, _ in house.heard] == ["Mute"]


async def test_it_can_be_taken_back(
    house: House, loaded: MockConfigEntry, lent: Receiver
) -> None:
    """An empty field means the console itself."""
    await _choose(house, loaded, {})
    assert MediaPlayerEntityFeature.VOLUME_SET not in _features(house)
    lent.change(volume_level=0.8)
    await house.clock.settle()
    assert "volume_level" not in house.state(PLAYER).attributes


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("player", [PLAYER, "media_player.bedroom", "remote.bedroom"])
async def test_a_console_cannot_be_heard_through_a_console(
    house: House, loaded: MockConfigEntry, player: str
) -> None:
    """That would go round in circles."""
    with pytest.raises(InvalidData):
        await _choose(house, loaded, {"player": player})


@pytest.mark.parametrize(
    ("sentence", "level"),
    [
        ("set living room volume to 20%", 0.2),
        ("turn up the living room volume", 0.5),
        ("increase living room volume by 15%", 0.55),
    ],
)
async def test_volume_by_voice(
    house: House, lent: Receiver, sentence: str, level: float
) -> None:
    """Which needs a volume that can be set."""
    for component in ("homeassistant", "conversation"):
        assert await async_setup_component(house.hass, component, {})
    async_expose_entity(house.hass, "conversation", PLAYER, True)
    async_expose_entity(house.hass, "conversation", RECEIVER, False)
    talk = conversation.async_converse(house.hass, sentence, None, Context())
    result = await house.clock.result(talk, within=30)
    assert result.response.error_code is None, result.response.speech
    assert lent.volume_level == pytest.approx(level)


@pytest.mark.parametrize(
    ("action", "entity_id", "data", "level", "muted"),
    [
        ("remote.send_command", REMOTE, {"command": "VolumeUp"}, 0.5, False),
        ("remote.send_command", REMOTE, {"command": "volume_down"}, 0.3, False),
        ("remote.send_command", REMOTE, {"command": ["VolumeUp"] * 3}, 0.7, False),
        ("remote.send_command", REMOTE, {"command": "Mute"}, 0.4, True),
        ("remote.send_command", REMOTE, {"command": "MuteToggle"}, 0.4, True),
        ("button.press", "button.living_room_mute", {}, 0.4, True),
    ],
)
async def test_every_way_goes_to_it(
    house: House,
    lent: Receiver,
    action: str,
    entity_id: str,
    data: dict[str, Any],
    level: float,
    muted: bool,
) -> None:
    """Case E8: remote and buttons, too; what is no volume goes to the console."""
    await house.act(action, entity_id, **data)
    assert lent.volume_level == pytest.approx(level)
    assert lent.is_volume_muted is muted
    assert house.heard == []
    await house.act("remote.send_command", REMOTE, command=["A"])
    assert len(house.heard) == 1


async def test_muting_and_unmuting_look_at_its_state(
    house: House, lent: Receiver
) -> None:
    """Case E8: a toggle means the opposite of what the player shows, whoever muted it."""
    lent.change(is_volume_muted=True)
    await house.act("remote.send_command", REMOTE, command=["MuteToggle"])
    assert lent.is_volume_muted is False
    lent.change(is_volume_muted=True)
    await house.act("button.press", "button.living_room_unmute")
    assert lent.is_volume_muted is False
    assert house.heard == []


async def test_homekit_turns_it_up(house: House, lent: Receiver) -> None:
    """Case E8: the volume buttons of the Home app call the media player's own actions; a key goes to the console."""
    await house.act("media_player.volume_up", PLAYER)
    house.hass.bus.async_fire(
        "homekit_tv_remote_key_pressed", {"key_name": "select", "entity_id": PLAYER}
    )
    await house.clock.settle()
    assert lent.volume_level == pytest.approx(0.5)
    assert len(house.heard) == 1


async def _group(house: House, *members: str) -> str:
    """A group of media players, as a user makes it."""
    name = "Downstairs"
    options = {
        "group_type": MEDIA_PLAYER,
        "name": name,
        "entities": list(members),
        "hide_members": False,
    }
    group = MockConfigEntry(domain="group", title=name, options=options)
    group.add_to_hass(house.hass)
    assert await house.set_up(group)
    return "media_player.downstairs"


async def test_a_group_with_the_console_cannot_be_chosen(
    house: House, loaded: MockConfigEntry, receiver: Receiver
) -> None:
    """Case E8: the form says why."""
    flows = house.hass.config_entries.options
    result = await flows.async_init(loaded.entry_id)
    result = await flows.async_configure(result["flow_id"], {"next_step_id": "sound"})
    result = await flows.async_configure(result["flow_id"], {"console": SERIES_X_ID})
    group = await _group(house, RECEIVER, PLAYER)
    result = await flows.async_configure(result["flow_id"], {"player": group})
    assert result["errors"] == {"player": "contains_console"}


async def test_a_group_to_which_the_console_is_added_later(
    house: House, loaded: MockConfigEntry, receiver: Receiver
) -> None:
    """Case E8: it does not go round in circles: each member takes its own part."""
    hass = house.hass
    hass.config_entries.async_update_entry(
        loaded, options={"sound_through": {SERIES_X_ID: "media_player.downstairs"}}
    )
    assert await hass.config_entries.async_reload(loaded.entry_id)
    group = await _group(house, RECEIVER, PLAYER)
    await house.act("media_player.volume_mute", group, is_volume_muted=True)
    assert receiver.is_volume_muted is True
    assert [name for _, name, _ in house.heard] == ["Mute"]
    await house.act("media_player.volume_up", PLAYER)
    assert receiver.volume_level == pytest.approx(0.4)
    assert [name for _, name, _ in house.heard] == ["Mute", "Volume"]
    assert "volume_level" not in house.state(PLAYER).attributes


async def test_a_player_that_calls_back_does_not_recurse(
    house: House, lent: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case E8: whatever a player does with a step, the console passes it on once."""

    async def back(*_: object) -> None:
        await house.hass.services.async_call(
            MEDIA_PLAYER, "volume_up", {"entity_id": PLAYER}, blocking=True
        )

    monkeypatch.setattr(Receiver, "async_volume_up", back)
    await house.act("media_player.volume_up", PLAYER)
    assert [name for _, name, _ in house.heard] == ["Volume"]
