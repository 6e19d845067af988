"""Children with one tick: the family is offered first, whatever its answer looks like, or not at all."""

import pytest

from tests.integration.following import Following

SHAPES = ("members", "list", "nested", "numbers")


def _offered(form: object, field: str) -> list[str]:
    """The gamertags in a field of the dialog."""
    schema = form["data_schema"].schema  # type: ignore[index] # it is a form
    (selector,) = [schema[key] for key in schema if key == field] or [None]
    return [one["label"] for one in selector.config["options"]] if selector else []


@pytest.mark.parametrize("shape", SHAPES)
async def test_the_family_is_offered_first(following: Following, shape: str) -> None:
    """Children before others, without the account itself; friends are friends."""
    knobs = following.house.simulator.world.knobs
    knobs.update({"family": "parent,tove,child,mika", "family_children": "child,mika"})
    knobs.update({"family_shape": shape})
    form = await following.flow()
    children = ["LanternFox2048", "PocketComet4821"]
    assert _offered(form, "family") == [*children, "Paper Kite 31"]
    assert not {*children, "Paper Kite 31"} & {*_offered(form, "people")}
    assert "VelvetOrbit" in _offered(form, "people")
    done = await following.hass.config_entries.subentries.async_configure(
        form["flow_id"],
        {"family": [following.person("child").xuid], "people": []},
    )
    assert done["type"] == "create_entry"
    assert done["title"] == "PocketComet4821"
    await following.house.clock.pass_by(10)
    assert _offered(await following.flow(), "family") == [
        "LanternFox2048",
        "Paper Kite 31",
    ]


async def test_nobody_need_say_who_is_a_child(following: Following) -> None:
    """The family is offered all the same, by name."""
    knobs = following.house.simulator.world.knobs
    knobs.update({"family": "parent,tove,child,mika", "family_shape": "bare"})
    names = ["LanternFox2048", "Paper Kite 31", "PocketComet4821"]
    assert _offered(await following.flow(), "family") == names


async def test_without_a_family_there_are_friends(following: Following) -> None:
    """The dialog is what it was."""
    following.house.simulator.world.knobs.update({"family": ""})
    form = await following.flow()
    assert _offered(form, "family") == []
    assert "PocketComet4821" in _offered(form, "people")


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "status", "status": 503},
        {"kind": "status", "status": 403},
        {"kind": "malformed"},
    ],
)
async def test_a_family_that_cannot_be_read(
    following: Following, fault: dict[str, object]
) -> None:
    """The list of friends is all there is then, and nobody has to wait for more."""
    following.house.fail(host="accounts.xboxlive.com", **fault)
    form = await following.flow()
    assert _offered(form, "family") == []
    assert "PocketComet4821" in _offered(form, "people")
