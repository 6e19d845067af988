"""Whatever the network calls a game, its captures get a file in their own folder, on any file system."""

from datetime import UTC, datetime
from pathlib import PurePosixPath, PureWindowsPath

from hypothesis import assume, example, given, strategies as st

from custom_components.xbox_console.xboxlive.captures.capture import (
    Capture,
    Kind,
    Part,
    Place,
)
from custom_components.xbox_console.xboxlive.captures.names import (
    METADATA_SUFFIX,
    UnsafeName,
    name,
    stem,
)

GAMES = (
    st.none() | st.text(max_size=80) | st.text("./\\:~ \u202e\u0000é😀", max_size=40)
)
IDS = st.uuids().map(str) | st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True)
TIMES = st.none() | st.datetimes(
    datetime(1, 1, 2), datetime(9998, 12, 31), timezones=st.just(UTC)
)
ADDRESSES = st.sampled_from(
    [
        "https://content.example/a.MP4?sig=..%2F..%2Fx",
        "https://content.example/..%2F..%2Fetc",
        "https://content.example/a.jxr/b.exe",
        "https://content.example/",
    ]
) | st.text(max_size=20).map(lambda text: f"https://content.example/{text}")
_LONGEST = 255


def _capture(
    game: str | None, content_id: str, taken: datetime | None, address: str = ""
) -> Capture:
    return Capture(
        kind=Kind.VIDEO,
        content_id=content_id,
        game=game,
        taken_at=taken,
        places={part: Place(address) for part in Part},
    )


@example("CON", "a", None, "https://content.example/a", Part.VIDEO)
@example("..", "a", None, "https://content.example/a", Part.HDR)
@given(GAMES, IDS, TIMES, ADDRESSES, st.sampled_from(Part))
def test_a_name_is_one_file_of_one_folder(
    game: str | None,
    content_id: str,
    taken: datetime | None,
    address: str,
    part: Part,
) -> None:
    """It leads nowhere else, fits, can be read, and says which capture it is."""
    try:
        called = name(_capture(game, content_id, taken, address), part)
    except UnsafeName:
        assert ".." in (game or "")
        return
    for path in (PurePosixPath(called), PureWindowsPath(called)):
        assert path.parts == (called,)
    assert len((called + METADATA_SUFFIX).encode()) <= _LONGEST
    assert called.isprintable()
    assert called == called.strip(" .")
    assert content_id in called


@given(GAMES, IDS, IDS, TIMES)
def test_two_captures_never_share_a_name(
    game: str | None, one: str, other: str, taken: datetime | None
) -> None:
    """Not even where case does not count, unless their ids differ by nothing else."""
    assume(one.casefold() != other.casefold())
    try:
        names = {stem(_capture(game, each, taken)).casefold() for each in (one, other)}
    except UnsafeName:
        return
    assert len(names) == 2


@given(IDS, st.sampled_from(["", "..", "../x", "a/b", "a\\b", "a b", "\x00", "é"]))
def test_an_id_that_leads_elsewhere_is_refused(content_id: str, added: str) -> None:
    """It is no name of anything."""
    assume(added)
    try:
        stem(_capture("Orbit", content_id + added, None))
    except UnsafeName:
        return
    raise AssertionError("it was taken")
