"""What is asked of each service, and what shows it: the rows of the matrix."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from simulator.world import World
from tests.integration.following import Following

XCCS = "xccs.xboxlive.com"
EVERYTHING = r".*"
PEOPLE = r".*\.(quietharbor77|lanternfox2048)_.*|.*who_plays_here"
_GAME = "Tidewater Tales"
_MIKA = "LanternFox2048"
_DAY = 86400.0
_CAPTURES = 40
"""How many there are at first."""

type Stir = Callable[[Following], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something that a user does, for which the service is needed."""

    action: str
    data: Callable[[World], Mapping[str, Any]] = lambda _: {}
    entity_id: str | None = None
    done: Callable[[World], bool] | None = None
    """Whether it was done; None if it asks for something."""
    by_word: bool = False
    """Whether nothing but the service's answer, whatever it holds or if nothing, tells at first that it was done."""
    claims: Callable[[Any], bool] = lambda _: True
    """Whether what it returns says that it was done, or what was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Island:
    """A service, and what is its own."""

    host: str
    shows: str
    """What may suffer from it: a pattern for ids of entities."""
    at_set_up: bool = True
    """Whether it is asked when an account is set up for the first time."""
    signs_in: bool = False
    stir: Stir | None = None
    """What makes it be asked by itself; None if it is asked again and again."""
    polled: bool = True
    within: float = 130.0
    """Seconds in which it is asked then."""
    act: Act | None = None
    interval: float = 300.0
    """The longest pause between two questions while it is ill."""


def _ask(name: str, gives: str, **data: Any) -> Act:
    return Act(
        action=f"xbox_console.{name}",
        data=lambda _: data,
        claims=lambda answer: bool(answer[gives]),
    )


def _plays(world: World) -> bool:
    running = next(iter(world.consoles.values())).shell.running
    return running is not None and running.name == _GAME


_PLAY = Act(
    action="media_player.select_source",
    entity_id="media_player.living_room",
    data=lambda _: {"source": _GAME},
    done=_plays,
)


def _written(world: World) -> bool:
    own, other = world.people["parent"].xuid, world.people["mika"].xuid
    return any(one.text == "Ahoy" for one in world.messages.between(own, other))


def _expire(*kinds: str) -> Stir:
    """Let tokens be over, and those that Microsoft gave, too."""

    def expire(following: Following) -> None:
        for kind in kinds:
            following.house.simulator.world.tokens.expire(kind)
        if "device" in kinds:
            following.house.clock.skip(_DAY)

    return expire


def _signing_in(host: str, *kinds: str) -> Island:
    return Island(
        host=host, shows=EVERYTHING, signs_in=True, stir=_expire(*kinds), act=_PLAY
    )


_ALL = ("device", "title", "user", "xsts")

SERVICES = {
    island.host: island
    for island in (
        Island(host=XCCS, shows=r".*\.(living_room|bedroom|playroom).*", act=_PLAY),
        Island(
            host="displaycatalog.mp.microsoft.com",
            shows=r"(media_player|image|select)\.(living_room|bedroom|playroom).*"
            r"|sensor\.living_room_running_app|.*now_playing",
            stir=lambda it: it.house.console("living_room").shell.show(
                it.house.simulator.world.titles["hexagarden"]
            ),
        ),
        Island(
            host="userpresence.xboxlive.com",
            shows=PEOPLE,
            act=Act(
                action="switch.turn_on",
                entity_id="switch.quietharbor77_appear_offline",
                done=lambda world: world.people["parent"].cloaked,
                by_word=True,
            ),
        ),
        Island(
            host="peoplehub.xboxlive.com",
            shows=PEOPLE,
            within=520.0,
            interval=3600.0,
            stir=lambda _: None,
            act=_ask("get_friends", "friends"),
        ),
        Island(
            host="titlehub.xboxlive.com",
            shows=PEOPLE,
            interval=3600.0,
            stir=lambda it: it.do("mika", "play", title="starfall"),
            act=_ask("get_recent_titles", "titles", player=_MIKA),
        ),
        Island(
            host="achievements.xboxlive.com",
            shows=PEOPLE,
            within=520.0,
            interval=3600.0,
            stir=lambda it: it.do("mika", "unlock"),
            act=_ask("get_achievements", "achievements", player=_MIKA),
        ),
        Island(
            host="userstats.xboxlive.com",
            shows=PEOPLE,
            interval=3600.0,
            stir=lambda it: it.do("mika", "play", title="starfall"),
            act=_ask("get_stats", "players", players=[_MIKA], game="1990010003"),
        ),
        Island(
            host="xblmessaging.xboxlive.com",
            shows=r".*quietharbor77_(unread_messages|message_received)",
            stir=lambda it: it.do("mika", "message", text="Are you there?"),
            interval=3600.0,
            act=Act(
                action="xbox_console.send_message",
                data=lambda _: {"player": _MIKA, "message": "Ahoy"},
                done=_written,
            ),
        ),
        Island(
            host="mediahub.xboxlive.com",
            shows=r".*capture.*|image\.quietharbor77_latest_screenshot",
            stir=lambda it: it.house.console("living_room").shell.show(
                it.house.simulator.world.titles["nebula"]
            ),
            interval=6 * 3600.0,
            act=Act(
                action="xbox_console.delete_captures",
                data=lambda world: {
                    "ids": [world.captures[-1].id],
                    "also_not_backed_up": True,
                },
                done=lambda world: len(world.captures) < _CAPTURES,
                claims=lambda answer: bool(answer["deleted"]),
            ),
        ),
        Island(
            host="eplists.xboxlive.com",
            shows=r"(media_player|select)\.(living_room|bedroom|playroom).*",
            polled=False,
        ),
        Island(
            host="rta.xboxlive.com",
            shows="$",
            stir=lambda it: it.house.simulator.world.activity.end(),
        ),
        Island(
            host="profile.xboxlive.com",
            shows="$",
            at_set_up=False,
            polled=False,
            act=_ask("get_player", "gamertag", player=_MIKA),
        ),
        Island(
            host="social.xboxlive.com",
            shows="$",
            at_set_up=False,
            polled=False,
            act=_ask("get_player", "gamertag", player=_MIKA),
        ),
        Island(
            host="usersearch.xboxlive.com",
            shows="$",
            at_set_up=False,
            polled=False,
            act=_ask("search_players", "players", text="Lantern"),
        ),
        _signing_in("login.live.com", *_ALL),
        _signing_in("device.auth.xboxlive.com", *_ALL),
        _signing_in("sisu.xboxlive.com", *_ALL),
        _signing_in("xsts.auth.xboxlive.com", "xsts"),
    )
}
