"""The push channel on the simulated network, over a real socket."""

import asyncio
from collections.abc import AsyncIterator, Callable
import random
from typing import Any

import pytest

from custom_components.xbox_console.xboxlive.activity import protocol
from custom_components.xbox_console.xboxlive.activity.channel import Activity
from custom_components.xbox_console.xboxlive.model import Json
from custom_components.xbox_console.xboxlive.session import Service, Session
from simulator.activity.hub import Hub
from simulator.people.state import start as begin, stop
from tests.client.network import Network, Start


class Listener:
    """A channel, the network behind it, and all that was told."""

    def __init__(self, network: Network, session: Session) -> None:
        """Listen with dice that always fall the same."""
        self.network = network
        self.session = session
        self.activity = Activity(session, now=network.steady, dice=random.Random(1))
        self.activity.on_event = self._event
        self.activity.on_stale = self._stale
        self.activity.on_change = self._change
        self.events: list[tuple[str, Json]] = []
        self.stale = self.changes = 0

    def _event(self, uri: str, data: Json) -> None:
        self.events.append((uri, data))

    def _stale(self) -> None:
        self.stale += 1

    def _change(self) -> None:
        self.changes += 1

    @property
    def hub(self) -> Hub:
        """The other end."""
        return self.network.world.activity

    def xuid(self, key: str) -> str:
        """Somebody's."""
        return self.network.world.people[key].xuid

    def devices(self, *keys: str) -> set[str]:
        """What is told of people's devices."""
        return {protocol.devices(self.xuid(key)) for key in keys}

    async def until(self, true: Callable[[], object]) -> None:
        """Wait until something is so."""
        async with asyncio.timeout(5):
            while not true():
                await asyncio.sleep(0.001)

    async def listen(self, *keys: str) -> None:
        """Connect, and hold what is told of people's devices."""
        self.activity.want(self.devices(*keys))
        self.activity.start()
        await self.until(lambda: set(self.activity.held) == self.devices(*keys))

    async def pass_time(self, seconds: float) -> None:
        """Let time pass, and the channel notice."""
        self.network.pass_time(seconds)
        self.activity.want({*self.devices("juno"), f"{seconds}"})
        await asyncio.sleep(0.01)

    def move(self, key: str, device: str = "iOS", *, there: bool = True) -> None:
        """Let somebody come to a device or go from it."""
        world = self.network.world
        if there:
            begin(world, world.people[key], device, None)
        else:
            stop(world, world.people[key], device)
        world.publish()


@pytest.fixture
async def listener(network: Network, start: Start) -> AsyncIterator[Listener]:
    """A signed-in account that has not connected yet."""
    session = Session(network.transport, await start.signed_in(), language="de-DE")
    listener = Listener(network, session)
    yield listener
    await listener.activity.close()
    await listener.until(lambda: not listener.hub.sockets)


async def test_what_is_wanted_is_told(listener: Listener) -> None:
    """From one socket, signed in by header, in the account's language."""
    await listener.listen("mika", "juno")
    [socket] = listener.hub.sockets
    assert (socket.way, socket.subprotocol, socket.language) == (
        "header",
        True,
        "de-DE",
    )
    listener.move("juno")
    await listener.until(lambda: listener.events)
    assert listener.events == [(protocol.devices(listener.xuid("juno")), "iOS:true")]
    listener.activity.want(listener.devices("mika"))
    await listener.until(lambda: len(socket.subscriptions) == 1)
    listener.move("juno", there=False)
    await asyncio.sleep(0.01)
    assert len(listener.events) == 1
    assert listener.hub.sockets == [socket]


async def test_where_a_header_is_refused_a_nonce_opens(listener: Listener) -> None:
    """Percent-encoded, and without the header."""
    listener.hub.knobs.header_accepted = False
    await listener.listen("mika")
    assert [socket.way for socket in listener.hub.sockets] == ["nonce"]


@pytest.mark.parametrize("ending", ["cut", "1000", "1001"])
async def test_whatever_ends_a_socket_another_follows(
    listener: Listener, ending: Any
) -> None:
    """And tells that something may have been missed, once it holds everything."""
    await listener.listen("mika")
    assert listener.stale == 0
    await listener.pass_time(61)
    [socket] = listener.hub.sockets
    socket.end(ending)
    await listener.until(lambda: not listener.activity.connected)
    while not listener.stale:
        await listener.pass_time(1)
    assert listener.stale == 1
    assert listener.activity.connections == 2
    assert listener.hub.most_sockets == 1


@pytest.mark.parametrize("cause", ["age", "token", "doubt"])
async def test_a_socket_is_replaced_without_a_gap(
    listener: Listener, cause: str
) -> None:
    """Before the service ends it, when the sign-in is another one, and when it was silent."""
    listener.activity.want({*listener.devices("juno"), *listener.devices("mika")})
    listener.activity.start()
    await listener.until(lambda: len(listener.activity.held) == 2)
    [old] = listener.hub.sockets
    if cause == "age":
        await listener.pass_time(5400)
    elif cause == "token":
        listener.network.world.tokens.expire("xsts")
        listener.network.pass_time(86400)
        await listener.session.request(Service(protocol.HOST), "GET", "/nonce")
    else:
        await listener.pass_time(61)
        listener.activity.doubt()
        assert not listener.activity.healthy
    listener.activity.want(listener.devices("juno"))
    await listener.until(lambda: old not in listener.hub.sockets)
    await listener.until(
        lambda: [s.uris for s in listener.hub.sockets] == [[*listener.devices("juno")]]
    )
    assert listener.activity.connected
    assert listener.hub.most_sockets == 2
    assert listener.stale == 0
    listener.move("juno")
    await listener.until(lambda: listener.events)
    assert listener.activity.healthy


async def test_what_is_throttled_is_held_in_the_end(listener: Listener) -> None:
    """However many there are; what is refused for good is not asked for again."""
    everybody = ("mika", "juno", "tove", "parent", "child")
    refused = listener.xuid("mika")
    listener.hub.refuse(refused, 3)
    listener.hub.refuse("/devices", 1001, times=7)
    listener.activity.want(listener.devices(*everybody))
    listener.activity.start()
    while len(listener.activity.held) < len(everybody) - 1:
        await listener.pass_time(5)
        listener.activity.want(listener.devices(*everybody))
        await asyncio.sleep(0.01)
    assert listener.activity.refused == [3]
    assert not listener.activity.holds(protocol.devices(refused))


async def test_odd_frames_do_no_harm(listener: Listener) -> None:
    """Broken JSON, unknown words, foreign keys, repeats, fragments, bytes."""
    knobs = listener.hub.knobs
    knobs.oddities, knobs.repeats, knobs.resyncs_at_start = True, 1, 2
    await listener.listen("juno")
    for framing in ("text", "binary", "fragments"):
        knobs.framing = framing
        listener.events.clear()
        listener.move("juno", there=framing != "binary")
        await listener.until(lambda: len(listener.events) == 2)
    assert listener.stale == 2
    assert listener.activity.connections == 1


async def test_it_ends_cleanly_whatever_it_is_doing(listener: Listener) -> None:
    """While it connects, pauses, or speaks to nobody; and may be closed twice."""
    listener.activity.start()
    await listener.activity.close()
    assert not listener.activity.connected
    await listener.activity.close()
    await listener.listen("mika")
    listener.hub.knobs.deaf = True
    await listener.activity.close()
    assert not listener.activity.connected
