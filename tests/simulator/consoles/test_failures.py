"""How requests fail: every shape that the facts tell of."""

import pytest

from simulator.accounts.account import Account
from tests.simulator.console_client import SESSION_ID, XCCS, ConsoleClient, new_id

NOTHING = {"result": None, "uiText": None, "destination": None}


@pytest.mark.parametrize("why", ["unplugged", "off", "updating"])
async def test_console_that_cannot_be_called(remote: ConsoleClient, why: str) -> None:
    """404 ErrorCallingWNS, all members null, and an opId."""
    console = remote.on
    if why == "unplugged":
        console.unplug()
    elif why == "updating":
        console.update()
    else:
        console = remote.asleep
        await remote.control(
            "POST", f"consoles/{console.id}/instant-on", {"enabled": False}
        )
    status, reply = await remote.send(console, "Power/WakeUp")
    assert len(reply.pop("opId")) == 36
    assert (status, reply) == (
        404,
        {
            "status": {
                "errorCode": "ErrorCallingWNS",
                "errorMessage": "Send command failed",
            },
            **NOTHING,
            "userInfo": None,
        },
    )


async def test_unplugged_console_keeps_its_last_state(remote: ConsoleClient) -> None:
    """The network goes on saying `On` for a console without power."""
    before = await remote.status(remote.on)
    remote.on.unplug()
    assert await remote.status(remote.on) == before
    remote.on.plug()
    assert (await remote.status(remote.on))["powerState"] == "ConnectedStandby"


async def test_unknown_console(remote: ConsoleClient) -> None:
    """XboxDataNotFound names the user in hex, has an empty userInfo and no opId."""
    status, reply = await remote.send(new_id(), "Power/WakeUp")
    user = f"{int(remote.world.accounts['parent'].xuid):016X}"
    assert (status, reply) == (
        404,
        {
            "status": {
                "errorCode": "XboxDataNotFound",
                "errorMessage": f"Xbox not found for user: {user}",
            },
            **NOTHING,
            "userInfo": {},
        },
    )


async def test_lower_case_id_is_unknown(remote: ConsoleClient) -> None:
    """Ids are compared as they are."""
    status, body = await remote.get(f"/consoles/{remote.on.id.lower()}")
    assert (status, body["status"]["errorCode"]) == (404, "XboxDataNotFound")


async def test_somebody_elses_console(remote: ConsoleClient) -> None:
    """XboxNotPaired."""
    remote.world.accounts["parent"].console_ids.remove(remote.on.id)
    status, body = await remote.get(f"/consoles/{remote.on.id}")
    assert status == 404
    assert body["status"] == {
        "errorCode": "XboxNotPaired",
        "errorMessage": "The requested Xbox is not linked to user",
    }


async def test_id_with_a_space(remote: ConsoleClient) -> None:
    """A name in place of the id: 401, though the token is good."""
    status, body = await remote.get("/consoles/Living%20room")
    assert (status, body["status"]["errorCode"]) == (401, "DataAccessError")
    assert body["status"]["errorMessage"].endswith("statusCode: Unauthorized")
    assert body["isTvConfigured"] is False
    assert {
        value
        for name, value in body.items()
        if name not in ("status", "isTvConfigured")
    } == {None}


async def test_remote_features_off(remote: ConsoleClient) -> None:
    """Commands and installedApps fail, the list says why, the state is still told."""
    status, reply = await remote.send(remote.closed, "Power/WakeUp")
    assert (status, reply["status"]["errorCode"]) == (404, "RemoteManagementDisabled")
    status, _ = await remote.get(f"/lists/installedApps?deviceId={remote.closed.id}")
    assert status == 404
    assert (await remote.status(remote.closed))["remoteManagementEnabled"] is False


async def test_bodies_are_pretty_printed_with_crlf(remote: ConsoleClient) -> None:
    """Errors are indented JSON with CRLF line ends."""
    response = await remote.ask("GET", f"{XCCS}/consoles/{new_id()}")
    assert (await response.text()).startswith('{\r\n  "status": {\r\n    "errorCode"')


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer x", "XBL3.0 x=1;nonsense"],
)
async def test_bad_token_is_401_with_an_empty_body(
    remote: ConsoleClient, authorization: str | None
) -> None:
    """No token, a wrong one, or one in a wrong form."""
    headers = remote.headers()
    del headers["Authorization"]
    if authorization is not None:
        headers["Authorization"] = authorization
    response = await remote.ask("GET", f"{XCCS}/lists/devices", headers=headers)
    assert (response.status, await response.text()) == (401, "")


@pytest.mark.parametrize("left_out", ["x-xbl-contract-version", "skillplatform"])
@pytest.mark.parametrize("path", ["/lists/devices", "/commands"])
async def test_missing_header_is_a_bad_request(
    remote: ConsoleClient, left_out: str, path: str
) -> None:
    """Contract and platform are required."""
    headers = remote.headers()
    del headers[left_out]
    method = "POST" if path == "/commands" else "GET"
    response = await remote.ask(method, f"{XCCS}{path}", headers=headers)
    assert response.status == 400
    assert (await response.json())["status"]["errorCode"] == "BadRequest"


@pytest.mark.parametrize(
    "change",
    [
        {"type": "Power", "command": "GoHome"},
        {"command": "Dance"},
        {"destination": "Toaster"},
        {"sessionId": "1"},
        {"parameters": [{"amount": 1}]},
        {"parameters": {"amount": "1"}},
        {"parameters": ["amount"]},
        {
            "type": "Audio",
            "command": "Volume",
            "parameters": [{"direction": "Sideways"}],
        },
        {
            "type": "Audio",
            "command": "Volume",
            "parameters": [{"direction": "Up", "amount": "x"}],
        },
        {"type": "Shell", "command": "InjectKey", "parameters": [{}]},
        {"type": "Shell", "command": "InjectString", "parameters": [{}]},
        {
            "type": "Config",
            "command": "RemoteAccess",
            "parameters": [{"enabled": "yes"}],
        },
    ],
)
async def test_command_that_is_not_one(
    remote: ConsoleClient, change: dict[str, object]
) -> None:
    """Unknown words and wrong types are 400; nothing happens."""
    body = remote.body(remote.on.id, "Shell", "GoHome", []) | change
    response = await remote.ask("POST", f"{XCCS}/commands", json=body)
    assert response.status == 400
    assert remote.on.shell.running is not None


@pytest.mark.parametrize(
    "member",
    [
        "destination",
        "type",
        "command",
        "sessionId",
        "sourceId",
        "parameters",
        "linkedXboxId",
    ],
)
async def test_every_member_of_a_command_is_required(
    remote: ConsoleClient, member: str
) -> None:
    """All seven members are sent, always."""
    body = remote.body(remote.on.id, "Shell", "GoHome", [])
    del body[member]
    response = await remote.ask("POST", f"{XCCS}/commands", json=body)
    assert response.status == 400


@pytest.mark.parametrize(
    "parameters", [[], [{}], [{"tabName": "Guide"}, {"more": "x"}]]
)
async def test_forms_of_parameters(
    remote: ConsoleClient, parameters: list[dict[str, str]]
) -> None:
    """Empty list, empty object, several objects."""
    body = remote.body(remote.on.id, "Shell", "ShowGuideTab", parameters)
    response = await remote.ask("POST", f"{XCCS}/commands", json=body)
    assert response.status == 200
    assert body["sessionId"] == SESSION_ID


async def test_current_device_of_a_stranger(remote: ConsoleClient) -> None:
    """Only a console can ask for itself."""
    status, body = await remote.get("/lists/devices?queryCurrentDevice=true")
    assert (status, body["result"]) == (404, [])
    assert body["status"]["errorCode"] == "CurrentConsoleNotFound"


async def test_account_without_consoles(remote: ConsoleClient) -> None:
    """An empty list, HTTP 200."""
    loner = Account(
        key="loner",
        xuid="2533274790019999",
        gamertag="Loner",
        modern_gamertag="Loner",
        email="loner@example.com",
        display_name="Loner",
    )
    remote.world.accounts["loner"] = loner
    remote.authorization = remote.world.tokens.authorization(loner)
    status, body = await remote.get("/lists/devices")
    assert (status, body["result"], body["agentUserId"]) == (200, [], None)


async def test_unknown_place(remote: ConsoleClient) -> None:
    """404, and it is in the log."""
    response = await remote.ask("GET", f"{XCCS}/nowhere")
    assert response.status == 404
    entry = remote.world.requests[-1]
    assert (entry.host, entry.path, entry.status, entry.account) == (
        "xccs.xboxlive.com",
        "/nowhere",
        404,
        "parent",
    )
