"""Messages that come to the account: one event each, for whoever has switched it on."""

from typing import Any

from homeassistant.core import Event, EventStateChangedData, State, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_track_state_change_event
import pytest

from tests.integration.following import Following

pytestmark = pytest.mark.usefixtures("consoles_aside")

EVENT = "event.quietharbor77_message_received"
SOON = 190.0
"""Longer than the time between two looks at the inbox."""


class Heard:
    """Every event that is told."""

    def __init__(self, following: Following) -> None:
        """Listen from now on."""
        self.states: list[State] = []
        async_track_state_change_event(following.hass, EVENT, self._hear)

    @callback
    def _hear(self, event: Event[EventStateChangedData]) -> None:
        old, new = event.data["old_state"], event.data["new_state"]
        if old and new and "unavailable" not in (old.state, new.state):
            if new.state != "unknown" and new.attributes != old.attributes:
                self.states.append(new)

    @property
    def texts(self) -> list[Any]:
        """What was told, in order."""
        return [state.attributes["text"] for state in self.states]


@pytest.fixture
async def watching(following: Following) -> Following:
    """The account's messages are told."""
    er.async_get(following.hass).async_update_entity(EVENT, disabled_by=None)
    await following.house.clock.result(
        following.hass.config_entries.async_reload(following.entry.entry_id), within=30
    )
    # Home Assistant reloads the entry once more, half a minute later.
    await following.house.clock.pass_by(40)
    return following


async def test_it_is_off_at_first(
    following: Following, entity_registry: er.EntityRegistry
) -> None:
    """Whoever wants it switches it on; until then nothing more is asked."""
    entity = entity_registry.async_get(EVENT)
    assert entity is not None
    assert entity.disabled_by is er.RegistryEntryDisabler.INTEGRATION
    counts = await following.requests_within(3600)
    assert counts["xblmessaging.xboxlive.com"] <= 2


async def test_a_message_is_an_event(watching: Following) -> None:
    """With who wrote and what; nothing in it leads to an id of anybody."""
    await watching.follow("mika")
    heard = Heard(watching)
    watching.do("mika", "message", text="Boats at eight?")
    await watching.house.clock.pass_by(SOON)
    (state,) = heard.states
    assert state.attributes["event_type"] == "received"
    assert state.attributes["sender"] == "LanternFox2048"
    assert state.attributes["text"] == "Boats at eight?"
    device = state.attributes["sender_device_id"]
    entity = er.async_get(watching.hass).async_get("sensor.lanternfox2048_status")
    assert entity is not None
    assert entity.device_id == device
    assert watching.person("mika").xuid not in str(state.attributes)


async def test_somebody_who_is_not_followed(watching: Following) -> None:
    """Is named all the same, looked up once."""
    heard = Heard(watching)
    watching.house.forget_requests()
    for text in ("Hello?", "Anybody there?"):
        watching.do("tove", "message", text=text)
        await watching.house.clock.pass_by(SOON)
    senders = [state.attributes["sender"] for state in heard.states]
    assert senders == ["Paper Kite 31"] * 2
    assert "sender_device_id" not in heard.states[0].attributes
    asked = [one for one in watching.requests() if one.host.startswith("profile")]
    assert len(asked) == 1


async def test_what_was_there_before_is_not_told(watching: Following) -> None:
    """Neither what is unread, nor what came before a reload."""
    heard = Heard(watching)
    await watching.house.clock.pass_by(SOON)
    watching.do("mika", "message", text="First")
    await watching.house.clock.pass_by(SOON)
    assert await watching.house.unload(watching.entry)
    watching.do("mika", "message", text="Meanwhile")
    await watching.house.clock.pass_by(60)
    assert await watching.house.set_up(watching.entry)
    await watching.house.clock.pass_by(SOON)
    watching.do("mika", "message", text="Last")
    await watching.house.clock.pass_by(SOON)
    assert heard.texts == ["First", "Last"]


async def test_several_messages_are_several_events(watching: Following) -> None:
    """In the order in which they were written, whoever wrote them; one's own are none."""
    heard = Heard(watching)
    for number in range(25):
        watching.do("mika", "message", text=f"No. {number}")
        await watching.house.clock.pass_by(1)
    watching.do("parent", "message", to="mika", text="Stop it!")
    watching.do("tove", "message", text="Me, too")
    await watching.house.clock.pass_by(SOON)
    assert heard.texts == [*(f"No. {number}" for number in range(25)), "Me, too"]
    await watching.house.clock.pass_by(2 * SOON)
    assert len(heard.states) == 26


async def test_a_message_that_could_not_be_read_comes_later(
    watching: Following,
) -> None:
    """And once."""
    heard = Heard(watching)
    watching.house.fail(kind="status", host="xblmessaging.xboxlive.com", status=503)
    watching.do("mika", "message", text="Are you there?")
    await watching.house.clock.pass_by(2 * SOON)
    watching.house.simulator.world.faults.clear()
    await watching.house.clock.pass_by(600)
    assert heard.texts == ["Are you there?"]


async def test_how_often_the_inbox_is_read(watching: Following) -> None:
    """Every two minutes while the account is there, every half an hour otherwise."""
    counts = await watching.requests_within(1800)
    assert 12 <= counts["xblmessaging.xboxlive.com"] <= 15
    watching.house.console("living_room").signed_in.clear()
    await watching.house.clock.pass_by(600)
    counts = await watching.requests_within(3600)
    assert counts["xblmessaging.xboxlive.com"] <= 3


async def test_the_text_is_not_recorded(watching: Following) -> None:
    """It is nobody's business later on."""
    component = watching.hass.data["entity_components"]["event"]
    entity = component.get_entity(EVENT)
    assert "text" in entity._Entity__combined_unrecorded_attributes  # noqa: SLF001 - the recorder's own way
