"""What a model promises of any object that a service sends."""

from copy import copy, deepcopy
from datetime import UTC, datetime
import logging
import pickle

from freezegun import freeze_time
import pytest

from custom_components.xbox_console.xboxlive import model as foundation
from custom_components.xbox_console.xboxlive.hosts import PRODUCTION, Hosts, secure
from custom_components.xbox_console.xboxlive.model import (
    Items,
    Json,
    Link,
    Model,
    Moment,
    OpenEnum,
    called,
)


class Colour(OpenEnum):
    """A vocabulary."""

    RED = "Red", 3
    DEEP_BLUE = "DeepBlue"


class Boat(Model):
    """Something in a list."""

    boat_id: str
    sails: int | None = None


class Harbour(Model, names=called(boats="moored")):
    """Something with all kinds of members."""

    name: str | None = None
    depth: float | None = None
    berths: int | None = None
    open_now: bool | None = None
    colour: Colour = Colour.RED
    built: Moment = None
    picture: Link = None
    flagship: Boat | None = None
    boats: Items[Boat] = ()
    tides: tuple[int, ...] = ()
    notes: Json = None


@pytest.mark.parametrize(
    ("member", "sent", "value"),
    [
        ("name", 17, "17"),
        ("name", 17.0, "17"),
        ("berths", 17.0, 17),
        ("berths", "17", 17),
        ("berths", 1.5, None),
        ("berths", "", None),
        ("depth", 3, 3.0),
        ("openNow", "True", True),
        ("openNow", "perhaps", None),
        ("colour", "red", Colour.RED),
        ("colour", 3, Colour.RED),
        ("colour", "3", Colour.RED),
        ("colour", "deepblue", Colour.DEEP_BLUE),
        ("colour", None, Colour.RED),
        ("colour", "", Colour.RED),
        ("colour", " ", Colour.RED),
        ("colour", [], Colour.RED),
        ("colour", True, Colour.RED),
        ("built", "2026-03-02T20:11:48Z", datetime(2026, 3, 2, 20, 11, 48, tzinfo=UTC)),
        ("built", "2026-03-02T20:11:48", datetime(2026, 3, 2, 20, 11, 48, tzinfo=UTC)),
        (
            "built",
            "2026-03-02T20:11:48.0361239Z",
            datetime(2026, 3, 2, 20, 11, 48, 36123, tzinfo=UTC),
        ),
        (
            "built",
            "2026-03-02T21:11:48+01:00",
            datetime(2026, 3, 2, 20, 11, 48, tzinfo=UTC),
        ),
        ("built", "0001-01-01T00:00:00.0000000Z", None),
        ("built", "soon", None),
        ("picture", "//store.example/a b", "https://store.example/a b"),
        ("picture", "", None),
        ("flagship", {"sails": 2}, None),
        ("flagship", "boat", None),
        ("moored", None, ()),
        ("moored", {}, ()),
        ("tides", [1, "2", 3.0], (1, 2, 3)),
    ],
)
def test_forms_of_a_member(member: str, sent: Json, value: object) -> None:
    """Numbers, words, times and addresses are read in every form that services use."""
    harbour = Harbour.model_validate({member: sent})
    names = {"openNow": "open_now", "moored": "boats"}
    read = getattr(harbour, names.get(member, member))
    assert read == value or (member == "picture" and not sent and not read)
    assert harbour.raw() == {member: sent}


def test_times_are_read_whether_time_stands_still_or_not() -> None:
    """What tests put in the place of `datetime` makes no difference to what is read when."""

    class Tide(Model):
        high: Moment = None
        low: Moment = None

    moment = "2026-03-02T20:11:48Z"
    tide = Tide.model_validate({"high": moment, "low": moment})
    with freeze_time("2026-11-06"):
        assert tide.high == datetime(2026, 3, 2, 20, 11, 48, tzinfo=UTC)
    assert tide.low == datetime(2026, 3, 2, 20, 11, 48, tzinfo=UTC)


@pytest.mark.parametrize("fraction", range(8))
def test_times_have_up_to_seven_digits_of_a_second(fraction: int) -> None:
    """And are aware whatever they have."""
    digits = f".{'1234567'[:fraction]}" if fraction else ""
    built = Harbour.model_validate({"built": f"2026-03-02T20:11:48{digits}Z"}).built
    assert built is not None
    assert built.utcoffset() is not None
    assert built.microsecond == int("123456"[:fraction].ljust(6, "0"))


@pytest.mark.parametrize("name", ["openNow", "OpenNow", "opennow", "OPENNOW"])
def test_spelling_of_names(name: str) -> None:
    """Services change between camelCase and PascalCase; both are read."""
    harbour = Harbour.model_validate({name: True})
    assert harbour.open_now is True
    assert harbour.model_copy(update={"open_now": False}).raw() == {name: False}


def test_words_that_nobody_knew() -> None:
    """They are kept, equal to themselves, and told apart from known ones."""
    unheard = Harbour.model_validate({"colour": "Ultraviolet"}).colour
    assert unheard == "Ultraviolet"
    assert not unheard.known
    assert Colour("Ultraviolet") == unheard
    assert Colour.RED.known
    assert Harbour.model_validate({"colour": 99}).colour == "99"
    assert [*Colour] == [Colour.RED, Colour.DEEP_BLUE]


def test_items_without_identity_are_left_out(caplog: pytest.LogCaptureFixture) -> None:
    """The others live, and the log says it once, without the content."""
    foundation._log_once.cache_clear()  # noqa: SLF001 - a warning comes once in a process
    moored: Json = [
        {"boatId": 5},
        {"sails": 2},
        {"boatId": None},
        None,
        7,
        {"BoatId": "secret"},
    ]
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            boats = Harbour.model_validate({"moored": moored}).boats
            assert [boat.boat_id for boat in boats] == ["5", "secret"]
    assert len(caplog.records) == 1
    assert "secret" not in caplog.text


class Fleet(Model):
    """An answer whose list is what was asked for."""

    boats: Items[Boat]
    buoys: Items[Buoy] = ()


class Buoy(Model):
    """Something in a list that nothing identifies."""

    colour: Colour | None = None
    bell: bool | None = None


@pytest.mark.parametrize("sent", [[], None])
def test_nothing_is_told_by_a_list_of_nothing(sent: Json) -> None:
    """Or by null in its place: that nothing is there has been said."""
    assert Fleet.model_validate({"Boats": sent}).boats == ()


@pytest.mark.parametrize(
    "answer", [{}, {"buoys": []}, {"boats": {}}, {"boats": [{"boatId": ["b1"]}, None]}]
)
def test_a_list_that_is_not_told_is_not_empty(answer: Json) -> None:
    """Neither is one that names something of which nothing can be read."""
    with pytest.raises(ValueError, match="without boats"):
        Fleet.model_validate(answer)


def test_things_without_identity_tell_something() -> None:
    """One of them that can be read is enough; if none can, the rest of the object lives."""
    fleet: dict[str, Json] = {"boats": [{"boatId": "b1"}]}
    readable: Json = [{"bell": "perhaps"}, {"colour": ["Red"], "bell": False}]
    told = Fleet.model_validate({**fleet, "buoys": readable})
    assert [buoy.bell for buoy in told.buoys] == [None, False]
    odd: Json = [{"colour": ["Red"]}, {"flag": 1}, {"bell": None}]
    assert Fleet.model_validate({**fleet, "buoys": odd}).buoys == ()
    with pytest.raises(ValueError, match="no Buoy can be read"):
        Buoy.model_validate_named(odd)


def test_an_object_needs_its_identity() -> None:
    """There is nothing to return without."""
    answers: list[Json] = [{}, {"boatId": None}, {"boatId": {}}, [], None, "boat"]
    for answer in answers:
        with pytest.raises(ValueError, match="not a Boat"):
            Boat.model_validate(answer)
    with pytest.raises(ValueError, match="not a list of Boat"):
        Boat.model_validate_list({})


def test_making_and_changing() -> None:
    """As the service would send it; the original stays as it is."""
    boat = Boat(boat_id="b1", sails=2)
    harbour = Harbour(
        name="Paper", colour=Colour.DEEP_BLUE, boats=(boat,), flagship=boat
    )
    assert harbour.raw() == {
        "name": "Paper",
        "colour": "DeepBlue",
        "moored": [{"boatId": "b1", "sails": 2}],
        "flagship": {"boatId": "b1", "sails": 2},
    }
    renamed = harbour.model_copy(
        update={"name": "Fog", "built": datetime(2026, 1, 2, tzinfo=UTC)}
    )
    assert (renamed.name, harbour.name) == ("Fog", "Paper")
    assert renamed.built == datetime(2026, 1, 2, tzinfo=UTC)
    assert renamed.boats == harbour.boats
    with pytest.raises(TypeError, match="keel"):
        boat.model_copy(update={"keel": 1})
    with pytest.raises(TypeError, match="boat_id"):
        Boat(sails=1)  # type: ignore[call-arg]  # what is to be refused


def test_a_model_cannot_be_changed() -> None:
    """Neither directly nor through what it gives out."""
    harbour = Harbour.model_validate({"name": "Paper", "notes": {"deep": [1]}})
    with pytest.raises(AttributeError):
        harbour.name = "Fog"  # type: ignore[misc]  # what is to be refused
    with pytest.raises(AttributeError):
        del harbour.name
    raw = harbour.raw()
    raw["notes"]["deep"].append(2)  # type: ignore[call-overload,index,union-attr]  # a known shape
    assert harbour.raw() == {"name": "Paper", "notes": {"deep": [1]}}


def test_raw_without_what_is_null() -> None:
    """Case K: nulls can be left out all the way down; a list keeps its places."""
    sent: dict[str, Json] = {
        "name": None,
        "notes": [None, {"deep": None, "wide": 0}],
        "moored": [{"boatId": "b1", "sails": None}],
        "unheard": {"of": None},
    }
    harbour = Harbour.model_validate(sent)
    assert harbour.raw() == sent
    assert harbour.raw(drop_none=True) == {
        "notes": [None, {"wide": 0}],
        "moored": [{"boatId": "b1"}],
        "unheard": {},
    }


def test_only_some_members() -> None:
    """However the service spells them; the others are gone from what came, too."""
    boat = Boat.model_validate({"BoatId": "b1", "sails": 2, "unheard": "of"})
    assert boat.only("boat_id").raw() == {"BoatId": "b1"}
    assert boat.only("boat_id", "sails").sails == 2
    with pytest.raises(ValueError, match="boat_id"):
        boat.only("sails")


def test_equality_copies_and_repr() -> None:
    """Equal if the service sent the same; the values never show."""
    one = Boat.model_validate({"boatId": "secret", "sails": 2})
    same = Boat.model_validate({"sails": 2.0, "boatId": "secret"})
    assert one == same
    assert hash(one) == hash(same)
    assert one != Boat(boat_id="other", sails=2)
    assert one != {"boatId": "secret", "sails": 2}
    assert copy(one) == deepcopy(one) == pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - our own bytes
    assert "secret" not in repr(one)
    assert "boatId" in repr(one)


@pytest.mark.parametrize(
    ("address", "secured"),
    [
        ("//a.example/x?y=1", "https://a.example/x?y=1"),
        ("http://a.example/x", "https://a.example/x"),
        ("https://a.example/x", "https://a.example/x"),
        ("a.example/x", "https://a.example/x"),
        ("http://a.example:8099/x", "http://a.example:8099/x"),
        (
            "http://images-eds.xboxlive.com/image?url=u//v&mode=Padding&w=2",
            "https://images-eds-ssl.xboxlive.com/image?url=u//v&w=2",
        ),
    ],
)
def test_addresses_become_secure(address: str, secured: str) -> None:
    """On a host whose certificate is valid."""
    assert secure(address) == secured
    assert str(PRODUCTION.locate(address)) == secured or "8099" in address


@pytest.mark.parametrize(
    ("address", "located"),
    [
        (
            "//store-images.s-microsoft.com/image/apps.1.2",
            "https://store-images.s-microsoft.com/image/apps.1.2?h=300&q=90",
        ),
        (
            "http://store-images.s-microsoft.com/image/apps.1?w=9&mode=scale&q=1",
            "https://store-images.s-microsoft.com/image/apps.1?mode=scale&h=300&q=90",
        ),
        (
            "http://images-eds.xboxlive.com/image?url=a%2Fb.c%3D&format=png&mode=Padding",
            "https://images-eds-ssl.xboxlive.com/image?url=a%2Fb.c%3D&format=png&h=300&w=300",
        ),
        ("https://a.example/x?w=2", "https://a.example/x?w=2"),
    ],
)
def test_pictures_in_the_size_that_is_shown(address: str, located: str) -> None:
    """Hosts that make pictures smaller are asked to; what else an address says stays as it is."""
    assert str(PRODUCTION.locate(address, 300)) == located


def test_addresses_behind_one_host() -> None:
    """What services give is reached the same way as they are."""
    hosts = Hosts.behind("http://127.0.0.1:8099")
    located = hosts.locate("//store.example/a%20b?c=%2F")
    assert str(located) == "http://127.0.0.1:8099/store.example/a%20b?c=%2F"
    own = "http://127.0.0.1:8099/store.example/x"
    assert str(hosts.locate(own)) == own
