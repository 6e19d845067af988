"""What people do and for how long: whatever the network says, and whenever somebody looks."""

from datetime import UTC, datetime, time, timedelta

from hypothesis import example, given, strategies as st

# Imported first, or the test kit's own custom_components hides ours.
import custom_components.xbox_console  # noqa: F401
from custom_components.xbox_console.account import polling
from custom_components.xbox_console.games.facts import TitleFacts
from custom_components.xbox_console.people.followed import Followed
from custom_components.xbox_console.people.play_time import MIDNIGHT, PlayTime, day_of
from custom_components.xbox_console.people.state import playing, there
from custom_components.xbox_console.people.titles import Titles
from custom_components.xbox_console.xboxlive.services.presence import PresenceRecord
from custom_components.xbox_console.xboxlive.services.titlehub import Title, TitleType

START = datetime(2026, 11, 6, 18, tzinfo=UTC)
HOME, GAME, APP = "750323071", "1001", "1002"
TITLES = {
    GAME: Title(title_id=GAME, name="A game", type=TitleType.GAME),
    APP: Title(title_id=APP, name="An app", type=TitleType.APPLICATION),
}


def _known_titles() -> Titles:
    """A game and an app, as the network described them."""
    titles = Titles(TitleFacts())
    for title_id, title in TITLES.items():
        titles.describe(title_id, title)
    return titles


def _somebody() -> Followed:
    return Followed(
        "1", "Somebody", None, titles=_known_titles(), now=START, day_start=MIDNIGHT
    )


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "name", "type", "titles", "state", "timestamp"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
titles = st.fixed_dictionaries(
    {"id": st.sampled_from([HOME, GAME, APP, "1003"])},
    optional={
        "name": st.text(max_size=5) | junk,
        "placement": st.sampled_from(["Full", "Background", "Fill", "New"]) | junk,
        "state": st.sampled_from(["Active", "Inactive"]) | junk,
        "activity": junk,
    },
)
devices = st.fixed_dictionaries(
    {}, optional={"type": st.text(max_size=5), "titles": st.lists(titles | junk)}
)
records = st.fixed_dictionaries(
    {"xuid": st.just("1")},
    optional={
        "state": st.sampled_from(["Online", "Away", "Offline", "Busy"]) | junk,
        "devices": st.lists(devices | junk, max_size=3) | junk,
        "lastSeen": junk,
    },
).map(PresenceRecord.model_validate)


@example(PresenceRecord.model_validate({"xuid": "1", "state": " "}))
@given(records)
def test_whatever_is_told_of_a_person_can_be_shown(record: PresenceRecord) -> None:
    """Nothing breaks, and who is not online plays nothing."""
    person = _somebody()
    person.hear(record, START)
    person.settle(START)
    shown = person.snapshot(START)
    assert (shown.playing is None) or there(record)
    assert (shown.game is None) or shown.online
    assert shown.status is None or shown.status.strip()


@given(records)
def test_a_game_comes_before_an_app(record: PresenceRecord) -> None:
    """Home is nothing that is played, nor is what waits in the background."""
    known = _known_titles()
    found = playing(record, lambda title_id: known.known("1", title_id))
    assert found is None or found.title_id != HOME
    if found is not None and found.title_id == APP:
        assert not found.game
        fronts = {
            title.id
            for device in record.devices
            for title in device.titles
            if title.placement != "Background" and title.state in (None, "Active")
        }
        assert fronts <= {HOME, APP, None}


looks = st.lists(st.tuples(st.floats(1, 2000), st.booleans()), min_size=1, max_size=30)


@given(looks)
def test_only_what_two_looks_confirm_is_counted(
    looks: list[tuple[float, bool]],
) -> None:
    """Never more than the time that passed while both saw a game, nothing over long gaps."""
    person = _somebody()
    now, before, confirmed = START, False, 0.0
    for seconds, plays in looks:
        now += timedelta(seconds=seconds)
        front = {"id": GAME, "placement": "Full", "state": "Active"}
        body = {"xuid": "1", "state": "Online", "devices": [{"titles": [front]}]}
        record = PresenceRecord.model_validate(
            body if plays else {"xuid": "1", "state": "Offline"}
        )
        person.hear(record, now)
        person.settle(now)
        if before and plays and seconds <= polling.LONGEST_UNSEEN:
            confirmed += seconds
        before = plays
    assert person.snapshot(now).minutes_today <= confirmed / 60 + 0.001
    same_day = day_of(START) == day_of(now)
    assert not same_day or person.snapshot(now).minutes_today == int(confirmed // 60)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),
    st.floats(0, 300),
    st.times(),
)
def test_a_day_holds_only_its_own_time(
    moment: datetime, seconds: float, day_start: time
) -> None:
    """What was played before the day began belongs to the day before."""
    end = moment.replace(tzinfo=UTC)
    start = end - timedelta(seconds=seconds)
    counted = PlayTime(day_of(start, day_start)).add(start, end, day_start)
    assert counted.day == day_of(end, day_start)
    assert counted.seconds <= seconds + 0.001
    if day_of(start, day_start) == counted.day:
        assert abs(counted.seconds - seconds) < 0.001


@given(st.booleans(), st.booleans())
def test_people_are_asked_for_no_more_often_than_needed(
    elsewhere: bool, online: bool
) -> None:
    """Half a minute, a minute, or three."""
    interval = polling.people_interval(elsewhere=elsewhere, online=online)
    assert interval == (30 if elsewhere else 60 if online else 180)
