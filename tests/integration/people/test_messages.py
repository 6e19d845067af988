"""Messages to friends: delivered, or an error that says why not."""

from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import entity_registry as er
import pytest

from tests.integration.following import Following

MIKA = "notify.lanternfox2048_message"
SABLE = "notify.hiddengrove_message"


def _said(following: Following, key: str) -> list[str]:
    """What the parent wrote to somebody, the latest first."""
    world = following.house.simulator.world
    parent, other = world.people["parent"].xuid, world.people[key].xuid
    messages = world.messages.between(other, parent)
    return [message.text for message in messages if message.sender == parent]


@pytest.mark.parametrize("text", ["Bedtime!", "x" * 256, "Größe 🎮\nzweite Zeile"])
async def test_a_message_arrives(following: Following, text: str) -> None:
    """As it was written."""
    await following.follow("mika")
    await following.house.act("notify.send_message", MIKA, message=text)
    assert _said(following, "mika")[0] == text


@pytest.mark.parametrize("text", ["x" * 257, "", "   "])
async def test_a_message_of_impossible_length(following: Following, text: str) -> None:
    """Nothing is sent, the error says how many characters there may be."""
    await following.follow("mika")
    with pytest.raises(ServiceValidationError) as caught:
        await following.house.act("notify.send_message", MIKA, message=text)
    assert caught.value.translation_key == "message_length"
    assert caught.value.translation_placeholders == {
        "length": str(len(text)),
        "longest": "256",
    }
    assert _said(following, "mika") == []


async def test_who_wants_no_messages(following: Following) -> None:
    """The error names the person and the reason."""
    await following.follow("sable")
    with pytest.raises(HomeAssistantError) as caught:
        await following.house.act("notify.send_message", SABLE, message="Hello")
    assert caught.value.translation_key == "message_refused"
    assert caught.value.translation_placeholders == {"person": "HiddenGrove"}


@pytest.mark.parametrize(
    ("fault", "key"),
    [
        ({"status": 429, "retry_after": 20}, "rate_limited"),
        ({"status": 503}, "service_unavailable"),
        ({"status": 404}, "not_found"),
    ],
)
async def test_a_message_that_cannot_be_delivered_now(
    following: Following, fault: dict[str, float], key: str
) -> None:
    """Throttled or ill: said, not swallowed, and sent by nobody later."""
    await following.follow("mika")
    following.house.fail(
        kind="status", host="xblmessaging.xboxlive.com", method="POST", **fault
    )
    with pytest.raises(HomeAssistantError) as caught:
        await following.house.act("notify.send_message", MIKA, message="Hello")
    assert caught.value.translation_key == key
    await following.house.clock.pass_by(60)
    assert _said(following, "mika") == []


@pytest.mark.usefixtures("consoles_aside")
async def test_unread_messages_are_counted(following: Following) -> None:
    """Within half an hour, down again once they are read."""
    unread = "sensor.quietharbor77_unread_messages"
    house = following.house
    assert house.shows(unread) == "1"
    following.do("tove", "message", text="Still there?")
    await house.clock.pass_by(1900)
    assert house.shows(unread) == "2"
    following.do("parent", "read")
    await house.clock.pass_by(1900)
    assert house.shows(unread) == "0"


@pytest.mark.usefixtures("consoles_aside")
async def test_nobody_asks_for_messages_that_nobody_shows(
    following: Following,
) -> None:
    """A disabled sensor costs nothing."""
    house = following.house
    sensor = "sensor.quietharbor77_unread_messages"
    er.async_get(house.hass).async_update_entity(
        sensor, disabled_by=er.RegistryEntryDisabler.USER
    )
    await house.clock.result(
        house.hass.config_entries.async_reload(following.entry.entry_id), within=30
    )
    counts = await following.requests_within(2100)
    assert "xblmessaging.xboxlive.com" not in counts
