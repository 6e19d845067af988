"""Whom the dialog offers to follow, and whom it refuses."""

import pytest

from tests.integration.following import Following


async def test_the_list_offers_friends_that_are_not_followed(
    following: Following,
) -> None:
    """By name; who is followed is not offered again."""
    await following.follow("mika")
    page = await following.flow()
    assert page["data_schema"] is not None
    selector = page["data_schema"].schema["people"]
    labels = [option["label"] for option in selector.config["options"]]
    assert labels == [
        "FreshSprout9",
        "HiddenGrove",
        "Paper Kite 31",
        "VelvetOrbit",
    ] or ("LanternFox2048" not in labels and labels == sorted(labels, key=str.casefold))


@pytest.mark.parametrize("typed", ["SlowComet404", "slowcomet404", " SlowComet404 "])
async def test_anyone_can_be_followed_by_gamertag(
    following: Following, typed: str
) -> None:
    """Friend or not."""
    page = await following.submit(await following.flow(), typed)
    assert page["type"] == "create_entry"
    assert page["title"] == "SlowComet404"
    await following.house.clock.pass_by(5)
    assert following.house.shows("binary_sensor.slowcomet404_online") == "off"


@pytest.mark.parametrize(
    ("picked", "error"),
    [
        ("Nobody At All", "unknown_player"),
        ("QuietHarbor77", "own_account"),
        ("LanternFox2048", "already_followed"),
    ],
)
async def test_who_cannot_be_followed_is_named(
    following: Following, picked: str, error: str
) -> None:
    """The dialog stays open, with what was picked, and goes on once that is corrected."""
    await following.follow("mika")
    page = await following.submit(await following.flow(), "SlowComet404", picked)
    assert page["type"] == "form"
    assert page["errors"] == {"base": error}
    assert page["description_placeholders"] == {"gamertag": picked}
    page = await following.submit(page, "SlowComet404")
    assert page["type"] == "create_entry"


async def test_a_network_that_fails_is_said_in_the_dialog(following: Following) -> None:
    """Friends are not listed, a gamertag cannot be looked up; later it works."""
    house = following.house
    house.fail(kind="status", host="peoplehub.xboxlive.com")
    house.fail(kind="status", host="profile.xboxlive.com", status=503)
    page = await following.submit(await following.flow(), "SlowComet404")
    assert page["errors"] == {"base": "service_unavailable"}
    house.simulator.world.faults.clear()
    page = await following.submit(page, "SlowComet404")
    assert page["type"] == "create_entry"


async def test_no_one_is_followed_while_the_account_is_not_set_up(
    following: Following,
) -> None:
    """The dialog says so."""
    assert await following.house.unload(following.entry)
    page = await following.flow()
    assert (page["type"], page["reason"]) == ("abort", "not_loaded")
