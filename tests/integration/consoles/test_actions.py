"""The actions of a console, performed as automations do."""

from typing import Any

from homeassistant.auth.models import User
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
    Unauthorized,
)
from homeassistant.helpers.service import async_get_all_descriptions
from homeassistant.setup import async_setup_component
from probatio import Invalid
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.xbox_console.const import DOMAIN
from simulator.consoles.console import PowerState
from tests.integration.house import House

LIVING_ROOM = "media_player.living_room"
BEDROOM = "media_player.bedroom"


@pytest.fixture
async def installed(house: House, loaded: MockConfigEntry) -> list[dict[str, Any]]:
    """What the living room has, as the action tells it."""
    return await _installed(house, LIVING_ROOM)


async def _installed(house: House, entity_id: str) -> list[dict[str, Any]]:
    response = await house.clock.result(
        house.hass.services.async_call(
            DOMAIN,
            "get_installed_apps",
            {"entity_id": entity_id},
            blocking=True,
            return_response=True,
        ),
        within=30,
    )
    assert response is not None
    told = response[entity_id]
    assert isinstance(told, dict)
    apps: Any = told["apps"]
    return list(apps)


def _one(apps: list[dict[str, Any]], **wanted: object) -> dict[str, Any]:
    (found,) = (app for app in apps if wanted.items() <= app.items())
    return found


@pytest.mark.parametrize("app", ["Tidewater Tales", "tidewater tales", "{product_id}"])
@pytest.mark.usefixtures("loaded")
async def test_launch(house: House, app: str) -> None:
    """By name or product id, in any case."""
    title = house.simulator.world.titles["tidewater"]
    await house.act(
        "xbox_console.launch",
        LIVING_ROOM,
        app=app.format(product_id=title.product_id),
    )
    assert house.console("living_room").shell.running is title


@pytest.mark.usefixtures("loaded")
async def test_launch_home(house: House) -> None:
    """The home screen has no product id, but its name will do."""
    await house.act("xbox_console.launch", LIVING_ROOM, app="Home")
    assert house.heard == [("Shell", "GoHome", {})]


@pytest.mark.usefixtures("loaded")
async def test_launch_wakes_and_waits(house: House) -> None:
    """When the action is done, the game runs on a console that slept before."""
    await house.act(
        "xbox_console.launch", BEDROOM, app="Tidewater Tales", wait=True, timeout=30
    )
    console = house.console("bedroom")
    assert console.power is PowerState.ON
    assert console.shell.running is house.simulator.world.titles["tidewater"]


@pytest.mark.usefixtures("loaded")
async def test_a_launch_that_takes_too_long(house: House) -> None:
    """Who asked to wait is told; the app may still come."""
    house.simulator.world.knobs.launch_seconds = 45
    house.simulator.world.knobs.op_pending_seconds = 45
    before = house.clock.now
    with pytest.raises(HomeAssistantError) as error:
        await house.act(
            "xbox_console.launch",
            LIVING_ROOM,
            app="Tidewater Tales",
            wait=True,
            timeout=20,
        )
    assert error.value.translation_key == "not_started"
    assert 20 <= house.clock.now - before < 22


@pytest.mark.usefixtures("loaded")
async def test_a_launch_that_nobody_waits_for(house: House) -> None:
    """It is no error that the console needs its time."""
    house.simulator.world.knobs.launch_seconds = 45
    house.simulator.world.knobs.op_pending_seconds = 45
    await house.act("xbox_console.launch", LIVING_ROOM, app="Tidewater Tales")
    await house.clock.pass_by(40)
    assert house.state(LIVING_ROOM).attributes["media_title"] == "Tidewater Tales"


@pytest.mark.usefixtures("loaded")
async def test_an_unknown_app_wakes_nobody(house: House) -> None:
    """It is refused before anything is sent."""
    with pytest.raises(ServiceValidationError) as error:
        await house.act("xbox_console.launch", BEDROOM, app="Zzyzx 9000")
    assert error.value.translation_key == "unknown_app"
    assert house.heard == []


@pytest.mark.usefixtures("loaded")
async def test_send_text(house: House) -> None:
    """To the letter."""
    await house.act("xbox_console.send_text", LIVING_ROOM, text="Ärger: 日本語")
    assert house.console("living_room").shell.typed == "Ärger: 日本語"


@pytest.mark.usefixtures("loaded")
async def test_text_for_a_console_that_is_off(house: House) -> None:
    """It is an error, in words."""
    with pytest.raises(HomeAssistantError) as error:
        await house.act("xbox_console.send_text", BEDROOM, text="hello")
    assert error.value.translation_key == "console_off"


async def test_installed_apps(house: House, installed: list[dict[str, Any]]) -> None:
    """Everything on the drives, with all that is known of it."""
    title = house.simulator.world.titles["starfall"]
    entry = house.console("living_room").installation(title)
    assert entry is not None
    game = _one(installed, name=title.name)
    assert game["last_played"].startswith("2026-11-")
    del game["last_played"]
    assert game == {
        "name": title.name,
        "kind": "game",
        "product_id": title.product_id,
        "title_id": str(title.title_id),
        "size": title.size_bytes,
        "drive": "Internal",
        "version": "1.0.1.0",
        "instance": entry.instance_id,
    }
    assert {app["kind"] for app in installed} == {"game", "app", "add_on"}
    assert {app["drive"] for app in installed} == {"Internal", "Attic drive"}
    names = [(app["name"] or "").casefold() for app in installed if app["name"]]
    assert names == sorted(names)


async def test_installed_apps_of_older_answers(
    house: House, loaded: MockConfigEntry
) -> None:
    """Members that the service no longer sends make no difference."""
    new = await _installed(house, LIVING_ROOM)
    house.simulator.world.knobs.installed_apps_shape = "2020"
    await house.act("button.press", "button.living_room_refresh_app_list")
    old = await _installed(house, LIVING_ROOM)
    assert [app["instance"] for app in old] == [app["instance"] for app in new]
    assert [app["kind"] for app in old] == [app["kind"] for app in new]


async def test_installed_apps_that_cannot_be_had(
    house: House, loaded: MockConfigEntry
) -> None:
    """A console whose remote features are off tells nothing, and that is said."""
    with pytest.raises(HomeAssistantError) as error:
        await _installed(house, "media_player.playroom")
    assert error.value.translation_key == "remote_features_disabled"


@pytest.mark.usefixtures("loaded")
async def test_rename(house: House) -> None:
    """The console and its device have the new name at once."""
    await house.act("xbox_console.rename_console", BEDROOM, name="Attic", within=5)
    assert house.simulator.world.consoles[house.console("attic").id].name == "Attic"
    assert house.state(BEDROOM).attributes["friendly_name"] == "Attic"


@pytest.mark.usefixtures("loaded")
async def test_a_name_that_is_refused(house: House) -> None:
    """It is an error, in words."""
    with pytest.raises(HomeAssistantError) as error:
        await house.act("xbox_console.rename_console", BEDROOM, name="  ")
    assert error.value.translation_key == "console_error"


@pytest.mark.parametrize(
    "product",
    [
        "{id}",
        "https://www.xbox.com/en-US/games/store/iron-lanterns/{id}",
        "ms-windows-store://pdp/?productid={id}",
    ],
)
@pytest.mark.parametrize("power", [PowerState.ON, PowerState.STANDBY])
@pytest.mark.usefixtures("loaded")
async def test_install(house: House, product: str, power: PowerState) -> None:
    """By product id or link; a console that sleeps does it without waking up."""
    console = house.console("living_room")
    console.power = power
    await house.clock.pass_by(15)
    title = house.simulator.world.titles["lanterns"]
    await house.act(
        "xbox_console.install_app",
        LIVING_ROOM,
        product=product.format(id=title.product_id),
    )
    assert console.installation(title) is not None
    assert console.power is power
    await house.clock.pass_by(5)
    assert _one(await _installed(house, LIVING_ROOM), name=title.name)


@pytest.mark.parametrize(
    ("product", "key"),
    [("Iron Lanterns", "not_a_product"), ("9ZNOSUCHGAM3", "command_failed")],
)
@pytest.mark.usefixtures("loaded")
async def test_what_cannot_be_installed(house: House, product: str, key: str) -> None:
    """Names are too vague; what the account cannot have, the console denies."""
    with pytest.raises(HomeAssistantError) as error:
        await house.act("xbox_console.install_app", LIVING_ROOM, product=product)
    assert error.value.translation_key == key


async def test_uninstall(house: House, installed: list[dict[str, Any]]) -> None:
    """Exactly what was named goes."""
    title = house.simulator.world.titles["cassette"]
    before = len(house.console("living_room").installed)
    instance = _one(installed, name=title.name)["instance"]
    await house.act("xbox_console.uninstall_app", LIVING_ROOM, instance=instance)
    await house.clock.pass_by(5)
    console = house.console("living_room")
    assert console.installation(title) is None
    assert len(console.installed) == before - 1
    assert title.name not in house.state(LIVING_ROOM).attributes["source_list"]


@pytest.mark.parametrize("of", ["name", "product_id", "drive"])
async def test_uninstall_takes_nothing_but_an_instance(
    house: House, installed: list[dict[str, Any]], of: str
) -> None:
    """A name, an id or an instance of another console removes nothing."""
    wrong = _one(installed, name="Cassette Radio")[of]
    with pytest.raises(ServiceValidationError) as error:
        await house.act("xbox_console.uninstall_app", LIVING_ROOM, instance=wrong)
    assert error.value.translation_key == "unknown_instance"
    assert house.heard == []


async def test_what_is_gone_already_is_not_uninstalled(
    house: House, installed: list[dict[str, Any]]
) -> None:
    """The list is read anew before anything is removed."""
    console = house.console("living_room")
    title = house.simulator.world.titles["cassette"]
    entry = console.installation(title)
    assert entry is not None
    console.uninstall(entry)
    with pytest.raises(ServiceValidationError):
        await house.act(
            "xbox_console.uninstall_app", LIVING_ROOM, instance=entry.instance_id
        )
    assert house.heard == []


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("install_app", {"product": "BZQ3LNTRNSX1"}),
        ("uninstall_app", {"instance": "x"}),
        ("rename_console", {"name": "Mine"}),
    ],
)
@pytest.mark.usefixtures("loaded")
async def test_some_actions_are_for_administrators(
    house: House, hass_read_only_user: User, action: str, data: dict[str, str]
) -> None:
    """Others may neither change what is installed nor names."""
    with pytest.raises(Unauthorized):
        await house.hass.services.async_call(
            DOMAIN,
            action,
            {"entity_id": LIVING_ROOM, **data},
            blocking=True,
            context=Context(user_id=hass_read_only_user.id),
        )
    assert house.heard == []


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("launch", {}),
        ("launch", {"app": ""}),
        ("launch", {"app": "Home", "timeout": 0}),
        ("send_text", {"text": ""}),
        ("rename_console", {}),
        ("install_app", {}),
        ("uninstall_app", {}),
        ("uninstall_app", {"instance": "x", "name": "y"}),
    ],
)
@pytest.mark.usefixtures("loaded")
async def test_data_that_makes_no_sense(
    house: House, action: str, data: dict[str, Any]
) -> None:
    """It is refused before anything is sent."""
    with pytest.raises(Invalid):
        await house.act(f"xbox_console.{action}", LIVING_ROOM, **data)
    assert house.heard == []


async def test_actions_are_there_without_an_account(hass: HomeAssistant) -> None:
    """So that automations that use them stay valid, and each is described."""
    assert await async_setup_component(hass, DOMAIN, {})
    described = (await async_get_all_descriptions(hass))[DOMAIN]
    assert described.keys() == hass.services.async_services_for_domain(DOMAIN).keys()
    about_consoles = {name for name in described if "target" in described[name]}
    assert about_consoles == {
        *("launch", "send_text", "get_installed_apps"),
        *("rename_console", "install_app", "uninstall_app"),
    }
    for name in about_consoles:
        assert described[name]["target"]["entity"] == [
            {"integration": DOMAIN, "domain": ["media_player"]}
        ]
