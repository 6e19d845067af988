"""Refresh tokens: they rotate, and die."""

from aiohttp import ClientResponse
import pytest

from simulator.accounts.knobs import AuthKnobs
from simulator.world import World
from tests.simulator.accounts.microsoft import refused
from tests.simulator.sign_in_client import (
    OWN_SCOPE,
    SWITCH_APP,
    TITLE_SCOPE,
    XBOX_APP,
    SignInClient,
)


async def refresh(caller: SignInClient, token: str, **fields: str) -> ClientResponse:
    """Use a refresh token."""
    return await caller.token(
        **{
            "client_id": XBOX_APP,
            "grant_type": "refresh_token",
            "refresh_token": token,
            "scope": TITLE_SCOPE,
        }
        | fields
    )


@pytest.mark.parametrize(
    ("policy", "first_again", "second_again"),
    [("lenient", 200, 200), ("reuse_detection", 400, 200), ("immediate", 400, 400)],
)
async def test_refresh_tokens_rotate(
    caller: SignInClient,
    auth_knobs: AuthKnobs,
    policy: str,
    first_again: int,
    second_again: int,
) -> None:
    """Each policy: may the first and the second of three be used again?"""
    auth_knobs.refresh_policy = policy
    tokens = [(await caller.sign_in())["refresh_token"]]
    for _ in range(2):
        response = await refresh(caller, tokens[-1])
        assert response.status == 200
        tokens.append((await response.json())["refresh_token"])
    assert len(set(tokens)) == 3
    assert caller.world.tokens.oauth.superseded_uses == 0
    assert (await refresh(caller, tokens[0])).status == first_again
    assert (await refresh(caller, tokens[1])).status == second_again
    assert caller.world.tokens.oauth.superseded_uses == 2


async def test_lost_answer_can_be_asked_for_again(
    caller: SignInClient, auth_knobs: AuthKnobs
) -> None:
    """Under reuse detection the old token lives until its successor was used."""
    auth_knobs.refresh_policy = "reuse_detection"
    first = (await caller.sign_in())["refresh_token"]
    await refresh(caller, first)
    again = await refresh(caller, first)
    assert again.status == 200
    assert (await refresh(caller, (await again.json())["refresh_token"])).status == 200
    assert await refused(await refresh(caller, first)) == "invalid_grant"


async def test_refresh_answer_may_have_no_new_token(
    caller: SignInClient, auth_knobs: AuthKnobs
) -> None:
    """Then the old one stays in use, whatever the policy."""
    auth_knobs.rotate_refresh, auth_knobs.refresh_policy = False, "immediate"
    token = (await caller.sign_in())["refresh_token"]
    for _ in range(2):
        response = await refresh(caller, token)
        assert response.status == 200
        assert "refresh_token" not in await response.json()


async def test_refresh_token_belongs_to_its_app_and_dies(
    caller: SignInClient, world: World
) -> None:
    """Another app, 90 days, or a changed password: the user has to sign in again."""
    token = (await caller.sign_in())["refresh_token"]
    assert (
        await refused(await refresh(caller, token, client_id=SWITCH_APP))
        == "invalid_grant"
    )
    assert (
        await refused(await refresh(caller, token, scope=OWN_SCOPE)) == "invalid_scope"
    )
    assert (
        await refused(await refresh(caller, "M.C500_BAY.0.U.-unknown"))
        == "invalid_grant"
    )
    other = (await caller.sign_in("child"))["refresh_token"]
    assert world.tokens.revoke_refresh("parent") == 1
    assert await refused(await refresh(caller, token)) == "invalid_grant"
    assert (await refresh(caller, other)).status == 200
    world.clock.offset += 91 * 86400
    assert await refused(await refresh(caller, other)) == "invalid_grant"
