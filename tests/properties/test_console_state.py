"""What a console is doing, when to ask, and what a name means: whatever the network says."""

from hypothesis import example, given, strategies as st
import pytest

# Imported first, or the test kit's own custom_components hides ours.
import custom_components.xbox_console  # noqa: F401
from custom_components.xbox_console.account import polling
from custom_components.xbox_console.consoles import commands, names
from custom_components.xbox_console.consoles.state import (
    Activity,
    ConsoleState,
    observe,
)
from custom_components.xbox_console.games.library import (
    HOME,
    Kind,
    Library,
    clean,
    readable,
)
from custom_components.xbox_console.xboxlive.services.consoles import (
    ConsoleStatus,
    InstalledApp,
    PlaybackState,
    PowerState,
)

words = st.text(max_size=20)
seen = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=20)
installed = st.builds(
    lambda **members: InstalledApp.model_validate(members),
    oneStoreProductId=st.none() | st.text(min_size=1, max_size=12),
    name=st.none() | words,
    aumid=st.none() | seen,
    contentType=st.none() | st.sampled_from(["Game", "App", "Dlc", "Durable", "New"]),
    isGame=st.none() | st.booleans(),
)
libraries = st.lists(installed, max_size=8).map(Library)
aumids = st.sampled_from(
    [
        "Xbox.Dashboard_8wekyb3d8bbwe!Xbox.Dashboard.Application",
        "Xbox.IdleScreen_8wekyb3d8bbwe!Xbox.IdleScreen.Application",
        "Xbox.Guide_8wekyb3d8bbwe!Xbox.Guide.Application",
        "Maker.Game_abc!App",
        "",
    ]
)
statuses = st.builds(
    lambda **members: ConsoleStatus.model_validate(members),
    powerState=st.sampled_from(PowerState) | words,
    playbackState=st.sampled_from(PlaybackState) | words,
    focusAppAumid=st.none() | aumids | words,
)
states = st.builds(observe, statuses, libraries)


@given(statuses, libraries)
def test_power_beats_playback_beats_the_app(
    status: ConsoleStatus, library: Library
) -> None:
    """A console that is not on plays nothing, whatever else is said of it."""
    state = observe(status, library)
    match status.power_state:
        case PowerState.ON if status.playback_state == PlaybackState.PAUSED:
            assert state.activity is Activity.PAUSED
        case PowerState.ON if status.playback_state == PlaybackState.PLAYING:
            assert state.activity is Activity.PLAYING
        case PowerState.ON:
            assert state.activity in (Activity.ON, Activity.IDLE, Activity.PLAYING)
        case PowerState.UNKNOWN:
            assert state.activity is None
        case _:
            assert state.activity is Activity.OFF
            assert state.app is None


@given(statuses, libraries, states)
def test_looking_twice_changes_nothing(
    status: ConsoleStatus, library: Library, before: ConsoleState
) -> None:
    """The same answer leads to the same state, so no state is written for nothing."""
    once = observe(status, library, before)
    assert observe(status, library, once) == once


@given(states, st.sampled_from([*commands.BY_NAME, "Power", "PlayPause", "MuteToggle"]))
def test_an_effect_is_reached_by_itself(state: ConsoleState, name: str) -> None:
    """What a command leads to needs the command no more: that is how it is confirmed."""
    command = names.meaning(name)
    if isinstance(command, commands.Toggle):
        command = command.resolve(state)
    assert isinstance(command, commands.ConsoleCommand)
    if command.effect is not None:
        reached = command.effect(state)
        assert command.effect(reached) == reached


@example([InstalledApp.model_validate({"oneStoreProductId": " ", "name": " "})])
@given(st.lists(installed, max_size=12))
def test_every_source_can_be_found_by_its_name(apps: list[InstalledApp]) -> None:
    """Names are unique, and each leads to what it names."""
    library = Library(apps)
    assert library.sources["Home"] == HOME
    assert len(library.sources) == len(library.apps) + 1
    for name, app in library.sources.items():
        assert library.find(name) == app


@example(" ")
@example("\x00!!")
@given(st.text(min_size=1, max_size=60))
def test_every_aumid_has_a_name(aumid: str) -> None:
    """Something to show, whatever the network invents."""
    assert readable(aumid) == clean(readable(aumid)) != ""
    assert Library().running(aumid).name.strip()


@given(st.text(max_size=30))
def test_no_name_is_guessed(name: str) -> None:
    """A name is known, or marked as text, or refused."""
    meaning = names.meaning(name)
    typed = (
        meaning.character != ""
        if isinstance(meaning, commands.Stroke)
        else isinstance(meaning, commands.ConsoleCommand)
        and commands.text_of(meaning) is not None
    )
    assert typed == name.casefold().startswith(("text:", "lit_"))


@given(st.booleans(), st.none() | st.floats(0, 1e6))
def test_a_console_is_never_asked_too_often(on: bool, since: float | None) -> None:
    """Once a second at most, and never forgotten."""
    interval = polling.console_interval(on=on, since_command=since)
    assert 1 <= interval <= polling.NOT_ON


@given(st.integers(1, 10**6), st.floats(1, 21600), st.none() | st.floats(0, 3600))
def test_a_failing_service_is_left_alone(
    failures: int, normal: float, retry_after: float | None
) -> None:
    """Case W1: at least as long as it asks for, and as its failures call for; never much longer."""
    wish = retry_after or 0.0
    pause = polling.retry_interval(failures, normal, retry_after)
    assert max(7.5, wish) <= pause <= max(300.0, wish + 1)


@pytest.mark.parametrize(
    ("aumid", "name"),
    [
        ("VantaLoop.NebulaDriftGT_8f2h6n4p1r5wz!Ship", "Vanta Loop Nebula Drift GT"),
        ("4DF9E0F8.Larkvision_mcm4njqhnhss8!App", "Larkvision"),
        ("Microsoft.Sketchbook_8wekyb3d8bbwe!App", "Sketchbook"),
        ("!!!", "!!!"),
    ],
)
def test_names_are_readable(aumid: str, name: str) -> None:
    """Publisher codes are left out, words are told apart."""
    assert readable(aumid) == name


def test_add_ons_cannot_be_started() -> None:
    """Only games and apps are sources."""
    library = Library(
        InstalledApp.model_validate(
            {"oneStoreProductId": kind, "name": kind, "contentType": kind}
        )
        for kind in ("Game", "App", "Dlc", "Durable")
    )
    assert [app.kind for app in library.apps] == [Kind.GAME, Kind.APP]
