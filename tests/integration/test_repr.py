"""No object of a loaded entry shows a secret to whoever prints it: a debugger, a traceback, a log."""

from collections.abc import Iterator
import gc
from itertools import chain

from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.const import DOMAIN
from tests.integration.house import House

_OURS = f"custom_components.{DOMAIN}"


def _reachable(start: object) -> Iterator[object]:
    """Yield each object of our own classes that can be reached over our own and over containers."""
    seen, waiting = {id(start)}, [start]
    while waiting:
        one = waiting.pop()
        if type(one).__module__.startswith(_OURS):
            yield one
        elif not isinstance(one, dict | list | tuple | set | frozenset):
            continue
        for other in gc.get_referents(one):
            if id(other) not in seen and not isinstance(other, type):
                seen.add(id(other))
                waiting.append(other)


async def test_no_repr_tells_a_secret(house: House, loaded: MockConfigEntry) -> None:
    """Tokens, codes, keys, console ids, XUIDs and addresses, after a command was given."""
    await house.act("media_player.volume_up", "media_player.living_room")
    world = house.simulator.world
    secrets = {
        *chain(world.tokens.secrets, world.consoles),
        *(account.xuid for account in world.accounts.values()),
        *(account.email for account in world.accounts.values()),
    }
    objects = list(_reachable(loaded.runtime_data))
    kinds = {type(one).__name__ for one in objects}
    assert kinds >= {"Credentials", "Console", "ConsoleCoordinator", "XboxConsoleData"}
    told = {
        type(one).__name__
        for one in objects
        for text in [repr(one)]
        if any(word in text for word in secrets)
    }
    assert told == set()
