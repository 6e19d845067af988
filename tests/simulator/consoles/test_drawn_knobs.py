"""Knobs as values: ranges, names, and consoles that are drawn."""

from dataclasses import FrozenInstanceError
import json
from random import Random

from freezegun.api import FrozenDateTimeFactory
from hypothesis import given
import pytest

from simulator.consoles.knobs import DEFAULTS, KINDS, CommandKnobs, ConsoleKnobs, ranges
from simulator.consoles.ranges import NEVER, Choice, Count, Seconds
from tests.console_knobs import console_knobs
from tests.simulator.console_client import ConsoleClient

SEEDS = range(40)
TOLD = SEEDS[:16]
"""Of consoles that are told many things over HTTP, which takes longer."""
DRAWS = 300
ORDERS: tuple[tuple[str, dict[str, str]], ...] = (
    ("Power/WakeUp", {}),
    ("Power/TurnOff", {}),
    ("Power/Reboot", {}),
    ("Audio/Volume", {"direction": "Up"}),
    ("Media/Pause", {}),
    ("Shell/GoHome", {}),
    ("Shell/InjectKey", {"keyType": "A"}),
    (
        "Shell/ActivateApplicationWithOneStoreProductId",
        {"oneStoreProductId": "9ZLRKV1S10NT"},
    ),
    ("Shell/InstallPackages", {"bigCatIdList": "9ZP0STC4RDWX"}),
)


@pytest.fixture(scope="module")
def drawn() -> list[ConsoleKnobs]:
    """Many consoles."""
    return [ConsoleKnobs.drawn(Random(seed)) for seed in range(DRAWS)]


@pytest.mark.parametrize("name", list(ranges()))
def test_each_knob_is_drawn_from_all_of_its_range(
    drawn: list[ConsoleKnobs], name: str
) -> None:
    """Every word, both ends, never and unset where they mean something; and nothing else."""
    values, reached = ranges()[name], {console[name] for console in drawn}
    match values:
        case Choice():
            assert reached == set(values.values)
        case Count():
            assert reached == set(range(values.highest + 1))
        case Seconds():
            numbers = {it for it in reached if isinstance(it, float) and it != NEVER}
            assert (min(numbers), max(numbers)) == (values.lowest, values.highest)
            assert len(numbers) > 20
            assert (NEVER in reached, None in reached) == (values.never, values.unset)
        case _:
            raise AssertionError(values)


def test_only_what_is_asked_for_is_drawn() -> None:
    """One knob, or all of a kind of command; a draw without NEVER leaves nothing out for ever."""
    knobs = [ConsoleKnobs.drawn(Random(seed), only={"wake"}) for seed in SEEDS]
    assert any(it.wake != CommandKnobs() for it in knobs)
    assert {name for it in knobs for name in it.differences()} <= {
        name for name in ranges() if name.startswith("wake.")
    }
    tame = [ConsoleKnobs.drawn(Random(seed), never=False) for seed in SEEDS]
    assert not [it for it in tame if it.wake.effect_seconds == NEVER]


def test_the_same_seed_draws_the_same_console() -> None:
    """And another one another."""
    first, again = ConsoleKnobs.drawn(Random(7)), ConsoleKnobs.drawn(Random(7))
    assert first == again != ConsoleKnobs.drawn(Random(8))


@given(console_knobs())
def test_json_keeps_every_knob(knobs: ConsoleKnobs) -> None:
    """Through plain JSON, in which nothing is infinite, and back."""
    text = json.dumps(knobs.as_dict(), allow_nan=False)
    assert DEFAULTS.changed(json.loads(text)) == knobs
    assert DEFAULTS.changed(knobs.differences()) == knobs


@given(console_knobs({"wake", "list_lag_seconds"}, never=False))
def test_a_strategy_draws_what_is_asked_for(knobs: ConsoleKnobs) -> None:
    """As `drawn` does."""
    changed = knobs.differences()
    assert all(name.startswith(("wake.", "list_lag_seconds")) for name in changed)
    assert "never" not in changed.values()


def test_knobs_cannot_be_changed_in_place() -> None:
    """What a test holds is what was in force."""
    with pytest.raises(FrozenInstanceError):
        DEFAULTS.odd_refusal = 3  # type: ignore[misc]  # it cannot be set


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("nonsense", 1),
        ("wake", {}),
        ("wake.nonsense", 1),
        ("wake.effect_seconds", -1),
        ("wake.effect_seconds", "soon"),
        ("wake.effect_seconds", True),
        ("wake.effect_seconds", float("nan")),
        ("wake.op_word", "Fine"),
        ("odd_list_age_seconds", "never"),
        ("odd_list_age_seconds", None),
        ("maintenance_after_seconds", 0),
        ("odd_refusal", 1.5),
        ("game_sessions", 1),
    ],
)
async def test_wrong_value_is_refused_by_name(
    remote: ConsoleClient, name: str, value: object
) -> None:
    """The good ones beside it are not set either."""
    with pytest.raises(ValueError, match=name.partition(".")[0]):
        DEFAULTS.changed({name: value})
    status, body = await remote.control(
        "PATCH", f"consoles/{remote.on.id}/knobs", {"odd_list": "empty", name: value}
    )
    assert status == 400
    assert body["error"].startswith(name)
    assert remote.on.behaviour == DEFAULTS


def test_a_knob_out_of_its_range_cannot_be_made() -> None:
    """Directly neither; longer than is drawn it may be."""
    with pytest.raises(ValueError, match="odd_list"):
        ConsoleKnobs(odd_list="strange")
    assert ConsoleKnobs(list_lag_seconds=1e6).list_lag_seconds == 1e6


@pytest.mark.parametrize("kind", KINDS)
async def test_knobs_over_http(remote: ConsoleClient, kind: str) -> None:
    """Described, shown, set for one console or for all."""
    name = f"{kind}.op_seconds"
    _, described = await remote.control("GET", "console-knobs")
    assert described["knobs"][name] == {
        "default": None,
        "seconds": [0.0, 90.0],
        "or": [None, "never"],
    }
    await remote.control("PATCH", f"consoles/{remote.on.id}/knobs", {name: "never"})
    _, shown = await remote.control("GET", f"consoles/{remote.on.id}/knobs")
    assert (shown[name], set(shown)) == ("never", set(described["knobs"]))
    assert remote.asleep.behaviour == DEFAULTS
    status, changed = await remote.control("PATCH", "console-knobs", {name: 3})
    assert (status, changed) == (
        200,
        {console_id: {name: 3.0} for console_id in remote.world.consoles},
    )


async def test_begin_with_a_preset_or_a_draw(remote: ConsoleClient) -> None:
    """In place of what was; the empty preset is how a console is by itself."""
    await remote.behave(remote.on, odd_list="empty")
    await remote.behave(remote.on, preset="A8", odd_refusal=3)
    assert remote.on.behaviour.wake.effect_seconds == NEVER
    assert (remote.on.behaviour.odd_list, remote.on.behaviour.odd_refusal) == ("", 3)
    await remote.behave(remote.on, seed=5)
    assert remote.on.behaviour == ConsoleKnobs.drawn(Random(5))
    await remote.behave(remote.on, preset="")
    assert remote.on.behaviour == DEFAULTS
    path = f"consoles/{remote.on.id}/knobs"
    assert (await remote.control("PATCH", path, {"preset": "Z9"}))[0] == 400
    assert (await remote.control("PATCH", path, {"seed": "x"}))[0] == 400
    assert (await remote.control("GET", "consoles/none/knobs"))[0] == 404


@pytest.mark.parametrize("seed", TOLD)
async def test_any_console_answers_in_a_known_way(
    remote: ConsoleClient, freezer: FrozenDateTimeFactory, seed: int
) -> None:
    """Whatever is drawn and told: OK or a known refusal, a history in order, and a truth that settles."""
    random = Random(seed)
    consoles = (remote.on, remote.asleep)
    for console in consoles:
        remote.world.behave(ConsoleKnobs.drawn(random), console)
    for _ in range(40):
        console = random.choice(consoles)
        order, parameters = random.choice(ORDERS)
        status, reply = await remote.send(console, order, **parameters)
        answer = reply["status"]["errorCode"]
        assert (status, answer) in {
            (200, "OK"),
            (404, "ErrorCallingWNS"),
            (404, "ErrorWNSTempDisconnected"),
        }
        assert console.history.commands[-1].answer == answer
        if status == 200:
            assert await remote.told(console, reply["opId"])
        freezer.tick(random.choice((0, 0.5, 5, 60, 500)))
        assert (await remote.status(console))["powerState"]
        assert set(await remote.listed()) <= set(remote.world.consoles)
        await remote.get(f"/lists/installedApps?deviceId={console.id}")
        if console.is_on != console.history.states.entries[-1][1].awake:
            raise AssertionError("the history does not know how the console is")
    for console in consoles:
        moments = [at for at, _ in console.history.states.entries]
        assert moments == sorted(moments)
        assert len(console.history.commands) > 5
