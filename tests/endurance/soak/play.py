"""What people in the town do: by hand, at random, the same with each seed."""

from collections.abc import Callable
from contextlib import suppress
from random import Random

from simulator.consoles.console import Console, PowerState
from simulator.games.titles import Title
from simulator.people.person import Person
from simulator.screen import console_panel, people_panel
from simulator.screen.console_panel import BadRequest
from simulator.world import World
from tests.endurance.soak.town import ACCOUNTS, AUNT, CHILD, FOLLOWED, PARENT

OWN_CONSOLES = {PARENT: "Living room", CHILD: "Playroom", AUNT: "Den"}
"""Where each account plays; nobody signs in on the others."""
PLAYERS = (*ACCOUNTS, *FOLLOWED)
SHORTEST = 600.0
"""Seconds that everybody stays with what they do."""


class Play:
    """People who come, play, unlock, capture, write, and go."""

    def __init__(self, world: World, random: Random) -> None:
        """Begin with nobody there."""
        self._world, self._random = world, random
        self._since: dict[str, float] = {}
        self._acts: tuple[tuple[int, Callable[[], None]], ...] = (
            (30, self._change),
            (10, self.unlock),
            (6, self.capture),
            (2, self._write),
            (14, self._at_a_spare_console),
        )

    def act(self) -> None:
        """Let something happen."""
        weights, acts = zip(*self._acts, strict=True)
        [act] = self._random.choices(acts, weights)
        act()
        self._world.publish()

    def console(self, name: str) -> Console:
        """A console by its name."""
        return next(one for one in self._world.consoles.values() if one.name == name)

    @property
    def spare(self) -> list[Console]:
        """Consoles on which nobody signs in."""
        taken = OWN_CONSOLES.values()
        return [one for one in self._world.consoles.values() if one.name not in taken]

    def games_of(self, console: Console) -> list[Title]:
        """What somebody may play on a console."""
        return [
            one.title
            for one in console.installed
            if one.title.kind == "Game" and one.title.generation == "One"
        ]

    def calm_down(self) -> None:
        """Put every plug back."""
        for console in self._world.consoles.values():
            if not console.plugged:
                console.plug()
        self._world.publish()

    def go_to_bed(self) -> None:
        """Let everybody leave, and every console sleep."""
        for key in PLAYERS:
            self._do(key, "offline")
        for console in self._world.consoles.values():
            if console.is_on:
                console.turn_off()
        self._world.publish()

    # People.

    def _change(self) -> None:
        now = self._world.clock.elapsed()
        waiting = [
            key for key in PLAYERS if now - self._since.get(key, 0.0) >= SHORTEST
        ]
        if waiting:
            key = self._random.choice(waiting)
            self._since[key] = now
            if key in OWN_CONSOLES:
                self._change_at_console(key, self.console(OWN_CONSOLES[key]))
            else:
                self._change_elsewhere(key)

    def _change_at_console(self, key: str, console: Console) -> None:
        if not console.is_on:
            if console.power is not PowerState.ON and not console.transition:
                console.wake()
                console.signed_in[:] = [key]
            return
        console.signed_in[:] = [key]
        if console.shell.running is not None and self._random.random() < 0.5:
            self._random.choice((console.shell.home, console.turn_off))()
        else:
            console.launch(self._random.choice(self.games_of(console)))

    def _change_elsewhere(self, key: str) -> None:
        playing = bool(self._world.people[key].sessions)
        if playing and self._random.random() < 0.4:
            self._do(key, "offline")
        else:
            games = [one for one in self._world.titles if one.kind == "Game"]
            title = self._random.choice(games)
            self._do(key, "play", title_id=str(title.title_id))

    def _do(self, key: str, action: str, **words: object) -> None:
        with suppress(BadRequest):
            people_panel.ACTIONS[action](self._world, self._world.people[key], words)

    def unlock(self) -> None:
        """Let somebody who plays unlock something."""
        self._do(self._random.choice(PLAYERS), "unlock")

    def capture(self) -> None:
        """Let an account that plays take a picture or a clip."""
        kind = self._random.choice(("screenshot", "gameclip"))
        self._do(self._random.choice(ACCOUNTS), "capture", kind=kind)

    def _write(self) -> None:
        sender: Person = self._world.people[self._random.choice(FOLLOWED)]
        self._do(sender.key, "message", text="Are you there?")

    # Consoles.

    def _at_a_spare_console(self) -> None:
        console = self._random.choice(self.spare)
        title = self._random.choice(
            [one.title for one in console.installed if one.title.kind != "Dlc"]
        )
        action, words = self._random.choice(
            (
                ("press", {"button": "power"}),
                ("press", {"button": "power"}),
                ("launch", {"product_id": title.product_id}),
                ("launch", {"product_id": title.product_id}),
                ("press", {"button": "A"}),
                ("press", {"button": "B"}),
                ("reboot", {}),
                ("update", {}),
                ("maintenance", {}),
                ("plug", {}) if not console.plugged else ("unplug", {}),
            )
        )
        with suppress(BadRequest):
            console_panel.ACTIONS[action](self._world, console, words)
