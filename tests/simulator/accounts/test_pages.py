"""The pages that a person goes through, and the control that stands in for that person."""

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import override

from aiohttp import ClientResponse
import pytest
from yarl import URL

from simulator.accounts.oauth import Grant
from simulator.world import World
from tests.simulator.sign_in_client import (
    CALLBACK,
    OWN_SCOPE,
    PUBLIC_APP,
    XBOX_APP,
    SignInClient,
)

LINK = "/www.microsoft.com/link"


class Page(HTMLParser):
    """What of a page matters: its one form, what has an id, which accounts are offered."""

    def __init__(self, text: str) -> None:
        """Read the page."""
        super().__init__()
        self.action = ""
        self.method = ""
        self.fields: dict[str, str] = {}
        self.ids: set[str] = set()
        self.accounts: list[str] = []
        self.text = text
        self.feed(text)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of an element."""
        have = {name: value or "" for name, value in attrs}
        if "id" in have:
            self.ids.add(have["id"])
        if "data-account" in have:
            self.accounts.append(have["data-account"])
        if tag == "form":
            self.action, self.method = have["action"], have["method"]
        if tag == "input":
            self.fields[have["name"]] = have.get("value", "")


async def page(response: ClientResponse) -> Page:
    """Read a page."""
    assert response.status == 200
    return Page(await response.text())


async def submit(caller: SignInClient, shown: Page, **pressed: str) -> Page:
    """Send the page's form, with what was pressed or typed."""
    assert shown.method == "post"
    return await page(await caller.http.post(shown.action, data=shown.fields | pressed))


async def test_person_signs_in_with_a_code(caller: SignInClient) -> None:
    """Code, account, allow; then the app gets its tokens."""
    started = await caller.start_device_code()
    first = await page(
        await caller.http.get(LINK, params={"otc": started["user_code"]})
    )
    assert first.fields["code"] == started["user_code"]
    assert {"code", "next"} <= first.ids
    second = await submit(caller, first)
    assert second.accounts[:2] == ["parent", "child"]
    assert "refused-2148916235" in second.accounts
    third = await submit(caller, second, account="parent")
    assert {"allow", "deny"} <= third.ids
    assert "Rowan Ashby" in third.text
    last = await submit(caller, third, decision="allow")
    assert "result" in last.ids
    assert "go back to Home Assistant" in last.text
    assert (await caller.poll(started["device_code"])).status == 200


async def test_person_declines(caller: SignInClient) -> None:
    """The app is told."""
    started = await caller.start_device_code()
    first = await page(await caller.http.get(LINK))
    second = await submit(caller, first, code=started["user_code"])
    third = await submit(caller, second, account="parent")
    assert "result" in (await submit(caller, third, decision="deny")).ids
    assert (await (await caller.poll(started["device_code"])).json())[
        "error"
    ] == "authorization_declined"


async def test_code_may_be_typed_loosely(caller: SignInClient) -> None:
    """Lower case, with a dash and spaces."""
    code = (await caller.start_device_code())["user_code"]
    first = await page(await caller.http.get(LINK))
    assert (
        await submit(caller, first, code=f" {code[:4]}-{code[4:]} ".lower())
    ).accounts


async def test_wrong_expired_and_used_codes_are_explained(
    caller: SignInClient, world: World
) -> None:
    """At whichever step it turns out."""
    first = await page(await caller.http.get(LINK))
    wrong = await submit(caller, first, code='"><script>')
    assert {"code", "next", "error"} <= wrong.ids
    assert "not known" in wrong.text
    assert "<script>" not in wrong.text

    used = (await caller.start_device_code())["user_code"]
    second = await submit(caller, first, code=used)
    await caller.approve(used)
    assert "used already" in (await submit(caller, second, account="parent")).text

    expired = (await caller.start_device_code())["user_code"]
    second = await submit(caller, first, code=expired)
    third = await submit(caller, second, account="parent")
    world.clock.offset += 901
    assert "has expired" in (await submit(caller, third, decision="allow")).text


async def test_person_lets_an_app_in_and_is_sent_back(caller: SignInClient) -> None:
    """The authorize page: account, allow, redirect with code and state."""
    query = {
        "client_id": PUBLIC_APP,
        "response_type": "code",
        "scope": OWN_SCOPE,
        "redirect_uri": CALLBACK,
        "state": "kept",
    }
    first = await page(
        await caller.http.get("/login.live.com/oauth20_authorize.srf", params=query)
    )
    assert first.method == "get"
    second = await page(
        await caller.http.get(first.action, params=first.fields | {"account": "parent"})
    )
    for decision, member in (("allow", "code"), ("deny", "error")):
        response = await caller.http.post(
            second.action, data={"decision": decision}, allow_redirects=False
        )
        location = URL(response.headers["Location"])
        assert (response.status, location.host, location.query["state"]) == (
            302,
            "localhost",
            "kept",
        )
        assert member in location.query


async def test_pages_bring_their_own_look(caller: SignInClient) -> None:
    """One style sheet, nothing from elsewhere."""
    text = await (await caller.http.get(LINK)).text()
    assert "http" not in text
    style = await caller.http.get("/www.microsoft.com/sign-in.css")
    assert (style.status, style.content_type) == (200, "text/css")


async def test_control_lists_and_decides_pending_codes(caller: SignInClient) -> None:
    """What a test does in place of a person."""
    started = await caller.start_device_code()
    (listed,) = await (await caller.http.get("/_simulator/device-codes")).json()
    assert (listed["user_code"], listed["client_id"]) == (
        started["user_code"],
        XBOX_APP,
    )
    assert (await caller.approve(started["user_code"], "nobody")).status == 404
    assert (await caller.approve("UNKNOWN1")).status == 404
    assert (await caller.approve(started["user_code"])).status == 200
    assert (await caller.approve(started["user_code"])).status == 404
    assert await (await caller.http.get("/_simulator/device-codes")).json() == []


async def test_control_counts_expires_and_revokes(caller: SignInClient) -> None:
    """One account's tokens or everybody's."""
    await caller.user_token("parent")
    await caller.user_token("child")
    summary = await (await caller.http.get("/_simulator/sign-in")).json()
    assert (
        summary["valid"]["user"]
        == summary["issued"]["user"]
        == summary["valid"]["refresh"]
        == 2
    )
    for path, body, ended in (
        ("expire", {"kind": "user", "account": "parent"}, 1),
        ("revoke", {"kind": "user"}, 2),
        ("revoke", {"kind": "refresh", "account": "child"}, 1),
        ("expire", {"kind": "refresh"}, 1),
    ):
        response = await caller.post(f"/_simulator/tokens/{path}", body)
        assert await response.json() == {"ended": ended}
    summary = await (await caller.http.get("/_simulator/sign-in")).json()
    assert (
        summary["valid"]["user"],
        summary["valid"]["refresh"],
        summary["issued"]["user"],
    ) == (0, 0, 2)
    bad: object
    for bad in ({"kind": "cookie"}, {"kind": "user", "account": 1}, []):
        assert (await caller.post("/_simulator/tokens/expire", bad)).status == 400


async def test_control_sets_knobs_by_name(caller: SignInClient) -> None:
    """All or none, and a reset of the world puts them back."""
    path = "/_simulator/sign-in/knobs"
    response = await caller.post(
        path, {"refresh_policy": "immediate", "device_code_interval": 1}
    )
    assert (await response.json())["refresh_policy"] == "immediate"
    for bad in ({"no_such_knob": 1}, {"device_code_interval": "1"}):
        assert (
            await caller.post(path, {"refresh_policy": "lenient", **bad})
        ).status == 400
    knobs = await (await caller.http.get(path)).json()
    assert (knobs["refresh_policy"], knobs["device_code_interval"]) == ("immediate", 1)
    caller.world.reset()
    assert (await (await caller.http.get(path)).json())["refresh_policy"] == "lenient"


@pytest.mark.parametrize("kind", ["own", "title"])
async def test_every_secret_is_known_and_none_is_shown(
    caller: SignInClient, kind: str
) -> None:
    """So that a test can look for them in logs."""
    if kind == "own":
        tokens = await caller.own_app_sign_in(scope=f"{OWN_SCOPE} openid")
        xbox = [await caller.user_token()]
    else:
        tokens = await caller.sign_in()
        body = await (
            await caller.sisu(await caller.device(), tokens["access_token"])
        ).json()
        xbox = [
            body["DeviceToken"],
            *(
                body[f"{name}Token"]["Token"]
                for name in ("Title", "User", "Authorization")
            ),
        ]
    book = caller.world.tokens
    assert {tokens["access_token"], tokens["refresh_token"], *xbox} <= book.secrets
    tables: tuple[Mapping[str, Grant], ...] = (
        book.oauth.access,
        book.oauth.refresh,
        book.oauth.codes,
        book.oauth.device_codes,
    )
    issued = [one for table in tables for one in table.values()]
    shown = repr([caller.world, book, *issued])
    assert issued
    assert not [secret for secret in book.secrets if secret in shown]
