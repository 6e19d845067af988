"""Shapes of the lists and of a console's status."""

import pytest

from tests.simulator.console_client import XCCS, ConsoleClient


async def test_devices(remote: ConsoleClient) -> None:
    """All consoles, with drives when asked for."""
    status, body = await remote.get(
        "/lists/devices?queryCurrentDevice=false&includeStorageDevices=true"
    )
    assert status == 200
    assert body["status"] == {"errorCode": "OK", "errorMessage": None}
    assert body["agentUserId"] is None
    assert [
        (
            item["name"],
            item["consoleType"],
            item["powerState"],
            item["remoteManagementEnabled"],
        )
        for item in body["result"]
    ] == [
        ("Living room", "XboxSeriesX", "On", True),
        ("Bedroom", "XboxOneX", "ConnectedStandby", True),
        ("Playroom", "XboxSeriesS", "ConnectedStandby", False),
    ]
    _, without = await remote.get("/lists/devices?includeStorageDevices=false")
    assert without["result"][0]["storageDevices"] == []


async def test_members_of_devices(remote: ConsoleClient) -> None:
    """What is told of a console and of its drives."""
    _, body = await remote.get("/lists/devices?includeStorageDevices=true")
    living_room = body["result"][0]
    assert set(living_room) == {
        "id",
        "name",
        "locale",
        "region",
        "consoleType",
        "powerState",
        "digitalAssistantRemoteControlEnabled",
        "remoteManagementEnabled",
        "consoleStreamingEnabled",
        "wirelessWarning",
        "outOfHomeWarning",
        "storageDevices",
    }
    assert [set(drive) for drive in living_room["storageDevices"]] == 2 * [
        {
            "storageDeviceId",
            "storageDeviceName",
            "isDefault",
            "freeSpaceBytes",
            "totalSpaceBytes",
            "isGen9Compatible",
        }
    ]


async def test_devices_with_products(remote: ConsoleClient) -> None:
    """With product ids only consoles that have one of them, each with its packages."""
    _, body = await remote.get(
        "/lists/devices?oneStoreProductIds=9ZP0STC4RDWX;9ZHX6GRDN3PW"
    )
    assert [
        (item["device"]["name"], sorted(app["name"] for app in item["packages"]))
        for item in body["result"]
    ] == [("Bedroom", ["Hexagarden", "Postcard"]), ("Playroom", ["Hexagarden"])]


async def test_status(remote: ConsoleClient) -> None:
    """A console's status has all members of 2021 and later."""
    assert await remote.status(remote.on) == {
        "status": {"errorCode": "OK", "errorMessage": None},
        "id": remote.on.id,
        "name": "Living room",
        "locale": "en-US",
        "region": "US",
        "consoleType": "XboxSeriesX",
        "powerState": "On",
        "playbackState": "Stopped",
        "loginState": None,
        "focusAppAumid": "HalcyonForge.StarfallOdyssey_3x7q9v2m5k8tw!StarfallShipping",
        "isTvConfigured": False,
        "digitalAssistantRemoteControlEnabled": True,
        "consoleStreamingEnabled": True,
        "remoteManagementEnabled": True,
    }


async def test_storage_devices(remote: ConsoleClient) -> None:
    """The drives of one console."""
    status, body = await remote.get(f"/lists/storageDevices?deviceId={remote.on.id}")
    assert (status, body["deviceId"]) == (200, remote.on.id)
    assert [drive["storageDeviceName"] for drive in body["result"]] == [
        "Internal",
        "Attic drive",
    ]


async def test_installed_apps(remote: ConsoleClient) -> None:
    """Games, apps, extras with nulls, names twice, long names, other alphabets."""
    _, body = await remote.get(f"/lists/installedApps?deviceId={remote.on.id}")
    apps = body["result"]
    extra = next(app for app in apps if app["name"] == "Starfall Odyssey: Ember Moon")
    game = next(app for app in apps if app["name"] == "Starfall Odyssey")
    assert (
        extra["contentType"],
        extra["aumid"],
        extra["titleId"],
        extra["lastActiveTime"],
    ) == ("Dlc", None, 0, None)
    assert extra["parentId"] == game["uniqueId"]
    names = [app["name"] for app in apps]
    assert names.count("Skyline") == 2
    assert None in names
    assert max(len(name or "") for name in names) > 100
    assert any(not (name or "").isascii() for name in names)
    nameless = next(
        app for app in apps if app["name"] is None and app["contentType"] == "App"
    )
    assert (nameless["oneStoreProductId"], "titleId" in nameless) == (None, False)


async def test_installed_apps_of_all_consoles(remote: ConsoleClient) -> None:
    """Without a console, everything on all that allow it."""
    _, everything = await remote.get("/lists/installedApps")
    assert len(everything["result"]) == len(remote.on.installed) + len(
        remote.asleep.installed
    )


async def test_rename(remote: ConsoleClient) -> None:
    """A new name answers the bare status object and shows at once; an empty one is refused."""
    path = f"{XCCS}/consoles/{remote.on.id}/name"
    response = await remote.ask("PUT", path, json={"name": "Büro"})
    assert await response.json() == {
        "status": {"errorCode": "OK", "errorMessage": None}
    }
    assert (await remote.status(remote.on))["name"] == "Büro"
    assert (await remote.ask("PUT", path, json={"name": " "})).status == 400
    assert (await remote.ask("PUT", path, json=["name"])).status == 400


@pytest.mark.parametrize("name", ["Date", "MS-CV", "X-XblCorrelationId"])
async def test_headers_of_every_answer(remote: ConsoleClient, name: str) -> None:
    """Also of those that fail."""
    for path in ("/lists/devices", "/nowhere"):
        assert (await remote.ask("GET", f"{XCCS}{path}")).headers[name]
