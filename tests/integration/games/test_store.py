"""What the Store tells is shown as soon as it tells it, and it is asked no more than that takes."""

from collections.abc import Callable
from typing import Any

from aiohttp import web
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator import serving
from simulator.consoles import answers
from simulator.games.titles import Title
from simulator.world import World
from tests.integration.apps import install
from tests.integration.house import House

PLAYER = "media_player.living_room"
STORE = "displaycatalog.mp.microsoft.com"
MINUTE, HOUR, DAY = 60, 3600, 86400
UNKNOWN = Title(
    key="unlisted",
    kind="Game",
    name="Unlisted",
    product_id=None,
    title_id=1_980_000_999,
    package_family_name="Nobody.Unlisted_0a1b2c3d4e5fg",
)


def _picture(house: House) -> str | None:
    picture: str | None = house.state("image.living_room_now_playing").attributes.get(
        "entity_picture"
    )
    return picture


def _asked(house: House, host: str = STORE) -> int:
    return sum(request.host == host for request in house.simulator.world.requests)


def _run(house: House, title: Title = UNKNOWN) -> None:
    """Let a game run that is not installed."""
    house.console("living_room").shell.show(title)


async def _outdate_library(house: House) -> None:
    """Let what is installed be known for so long that an unknown app is reason enough to look."""
    house.clock.skip(10 * MINUTE)
    await house.clock.pass_by(MINUTE)


async def _half_a_day(house: House) -> None:
    """Let time go by in which nobody but the console itself gives a sign of life."""
    house.clock.skip(DAY / 2)
    await house.clock.pass_by(MINUTE)
    await house.act("media_player.volume_up", PLAYER)
    await house.clock.pass_by(15)


@pytest.fixture
def entry(
    living_room_only: None, entry: MockConfigEntry, house: House
) -> MockConfigEntry:
    """An account at whose one console nobody is: who plays would be asked about, too."""
    house.console("living_room").signed_in.clear()
    return entry


@pytest.mark.parametrize(
    ("minutes", "fault"),
    [
        (2, {"kind": "status", "status": 503}),
        (2, {"kind": "drop"}),
        (2, {"kind": "html"}),
        (10, {"kind": "status", "status": 503}),
    ],
)
async def test_a_store_that_fails_at_set_up_is_asked_again(
    house: House, entry: MockConfigEntry, minutes: float, fault: dict[str, Any]
) -> None:
    """Case W4: the picture is there within minutes after the Store is well again."""
    rule = house.fail(host=STORE, **fault)
    assert await house.set_up(entry)
    await house.clock.pass_by(minutes * MINUTE)
    assert _picture(house) is None
    house.simulator.world.faults.remove(rule.id)
    await house.clock.pass_by((minutes + 2) * MINUTE)
    assert _picture(house)


async def test_a_product_that_joins_the_catalogue_is_found_the_day_after(
    house: House, entry: MockConfigEntry
) -> None:
    """Case W4: what was not found is asked for daily."""
    living_room = house.console("living_room")
    install(living_room, "Newcomer", 7, used=house.simulator.world.clock.now())
    title = living_room.installed[-1].title
    living_room.shell.show(title)
    assert await house.set_up(entry)
    house.forget_requests()
    await _half_a_day(house)
    assert _asked(house) == 0
    assert _picture(house) is None
    house.simulator.world.titles.add(title)
    await _half_a_day(house)
    assert _asked(house) == 1
    assert _picture(house)


@pytest.mark.parametrize(
    ("country", "region", "markets"),
    [
        ("US", "US", ["US"]),
        ("AT", "US", ["AT"]),
        ("RU", "DE", ["RU", "DE"]),
        ("RU", "RU", ["RU", "US"]),
        ("RU", "by", ["RU", "BY", "US"]),
        ("BY", None, ["BY", "US"]),
        ("BY", "", ["BY", "US"]),
    ],
)
async def test_a_market_that_sells_nothing(
    house: House,
    entry: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
    country: str,
    region: str | None,
    markets: list[str],
) -> None:
    """Case W4: then the market of the console is asked, and the largest one at last."""
    asked: list[str] = []

    def listen(request: web.Request) -> World:
        asked.append(request.query["market"])
        return serving.world_of(request)

    monkeypatch.setattr("simulator.routes.catalog.world_of", listen)
    house.simulator.world.knobs.empty_markets = "RU,BY"
    house.simulator.world.accounts["parent"].console_ids = [
        house.console("living_room").id
    ]
    house.hass.config.country = country
    house.console("living_room").region = region  # type: ignore[assignment] # as services do
    assert await house.set_up(entry)
    assert list(dict.fromkeys(asked)) == markets
    assert _picture(house)
    _run(house, house.simulator.world.titles["hexagarden"])
    asked.clear()
    await house.clock.pass_by(15)
    assert house.state(PLAYER).attributes["media_title"] == "Hexagarden"
    assert list(dict.fromkeys(asked)) == markets


@pytest.mark.parametrize("fault", [{"status": 503}, {"status": 429, "retry_after": 0}])
async def test_an_unknown_app_while_the_store_fails(
    house: House, loaded: MockConfigEntry, fault: dict[str, Any]
) -> None:
    """Case W3: it is asked again in minutes, then in hours; the list of what is installed once."""
    await _outdate_library(house)
    house.fail(kind="status", host=STORE, **fault)
    house.forget_requests()
    _run(house)
    await house.clock.pass_by(HOUR / 3)
    assert 4 <= _asked(house) <= 6
    assert len(house.requests("/lists/installedApps")) == 1


async def test_an_unknown_app_that_nobody_knows(
    house: House, loaded: MockConfigEntry
) -> None:
    """Case W3: each market is asked once a day, and what is installed once for each such app."""
    await _outdate_library(house)
    house.forget_requests()
    _run(house)
    await house.clock.pass_by(HOUR / 6)
    assert _asked(house) == 1
    assert len(house.requests("/lists/installedApps")) == 1
    _run(
        house,
        Title(
            key="another",
            kind="Game",
            name="Another",
            product_id=None,
            title_id=1_980_000_998,
            package_family_name="Nobody.Another_0a1b2c3d4e5fg",
        ),
    )
    await house.clock.pass_by(HOUR / 6)
    assert _asked(house) == 2
    assert len(house.requests("/lists/installedApps")) == 2
    await _half_a_day(house)
    await _half_a_day(house)
    assert _asked(house) == 3


async def test_an_unknown_app_is_named_once_the_store_is_well(
    house: House, loaded: MockConfigEntry
) -> None:
    """Case W3: within the time that the pauses have grown to."""
    rule = house.fail(kind="status", host=STORE, status=503)
    _run(house, house.simulator.world.titles["hexagarden"])
    await house.clock.pass_by(5 * MINUTE)
    house.simulator.world.faults.remove(rule.id)
    await house.clock.pass_by(6 * MINUTE)
    assert house.state(PLAYER).attributes["media_title"] == "Hexagarden"


@pytest.mark.parametrize("change", [str.lower, str.upper])
async def test_ids_of_products_in_any_case(
    house: House,
    entry: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[str], str],
) -> None:
    """The Store and the console need not agree."""
    body = answers.apps_body

    def changed(*args: Any) -> list[dict[str, Any]]:
        apps: list[dict[str, Any]] = body(*args)
        return [
            {**app, "oneStoreProductId": change(app["oneStoreProductId"] or "") or None}
            for app in apps
        ]

    monkeypatch.setattr(answers, "apps_body", changed)
    assert await house.set_up(entry)
    assert _picture(house)
    house.forget_requests()
    for _ in range(3):
        await _half_a_day(house)
    assert _asked(house) == 0
