"""What one account's session adds to an exchange: sign-in, limits, retries."""

from collections.abc import AsyncIterator

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.xbox_console.xboxlive.errors import (
    AccessDenied,
    RateLimited,
    ServiceUnavailable,
    SignInRequired,
)
from tests.client.answers import sample
from tests.client.scripted import Said, Scripted, scripted_services

SUMMARY = sample("people_summary")


@pytest.fixture
async def scripted(socket_enabled: None) -> AsyncIterator[Scripted]:
    """Retries are wanted; waiting takes no time."""
    async with scripted_services(retry_for=20) as running:
        yield running


@pytest.fixture
def pauses(
    monkeypatch: pytest.MonkeyPatch, freezer: FrozenDateTimeFactory
) -> list[float]:
    """The pauses between retries, which take no time of the test's own."""
    made: list[float] = []

    async def sleep(seconds: float) -> None:
        made.append(seconds)
        freezer.tick(seconds)

    monkeypatch.setattr(
        "custom_components.xbox_console.xboxlive.session.asyncio.sleep", sleep
    )
    return made


async def test_what_every_request_carries(scripted: Scripted) -> None:
    """Sign-in, language, contract, and that the answer be JSON."""
    scripted.say(SUMMARY)
    await scripted.xbox.social.own()
    headers = scripted.last.headers
    assert headers["Authorization"] == scripted.account.value
    assert headers["Accept-Language"] == "de-DE"
    assert headers["Accept"] == "application/json"
    assert headers["x-xbl-contract-version"] == "2"


async def test_the_catalogue_needs_no_sign_in(scripted: Scripted) -> None:
    """So none is made for it."""
    scripted.say(sample("catalog_search"))
    await scripted.xbox.catalog.search("boats")
    assert scripted.account.authorizations == 0


@pytest.mark.parametrize("status", [401, 403])
async def test_a_rejected_sign_in_is_renewed_once(
    status: int, scripted: Scripted
) -> None:
    """Then the same request goes out again."""
    scripted.account.fresh = ["XBL3.0 x=hash;second", "XBL3.0 x=hash;third"]
    scripted.say(Said(status=status), SUMMARY)
    await scripted.xbox.social.own()
    assert scripted.last.headers["Authorization"] == "XBL3.0 x=hash;second"
    scripted.asked.clear()
    scripted.say(Said(status=status))
    with pytest.raises(AccessDenied):
        await scripted.xbox.social.own()
    assert len(scripted.asked) == 2


async def test_the_xuid_comes_with_the_sign_in(scripted: Scripted) -> None:
    """A sign-in that does not say whose it is cannot be used for one's own things."""
    scripted.account.xuid = None
    with pytest.raises(SignInRequired):
        await scripted.session.xuid()
    assert scripted.account.authorizations == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408])
async def test_what_changes_nothing_is_repeated(
    status: int, scripted: Scripted, pauses: list[float]
) -> None:
    """With growing pauses, until it works."""
    scripted.say(*[Said(status=status)] * 3, SUMMARY)
    assert (await scripted.xbox.social.own()).target_following_count == 121
    assert len(pauses) == 3
    for pause, base in zip(pauses, (0.5, 1.0, 2.0), strict=True):
        assert base * 0.5 <= pause <= base * 1.5


async def test_questions_by_post_are_repeated(
    scripted: Scripted, pauses: list[float]
) -> None:
    """They only read."""
    scripted.say(Said(status=503), sample("presence_list"))
    assert await scripted.xbox.presence.batch(["1"])
    assert len(pauses) == 1


async def test_what_changes_something_is_sent_once(
    scripted: Scripted, pauses: list[float]
) -> None:
    """Nobody gets a message twice."""
    scripted.say(Said(status=503))
    with pytest.raises(ServiceUnavailable):
        await scripted.xbox.messages.send("1", "Boats?")
    assert len(scripted.asked) == 1
    assert not pauses


async def test_retries_end_at_the_deadline(
    scripted: Scripted, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pause that would go past it is not begun."""
    monkeypatch.setattr("random.uniform", lambda low, high: high)
    scripted.say(Said(status=503))
    with pytest.raises(ServiceUnavailable):
        await scripted.xbox.social(retry_for=4).own()
    assert pauses == [0.75, 1.5]
    pauses.clear()
    scripted.say(Said(status=503, headers={"Retry-After": "60"}))
    with pytest.raises(ServiceUnavailable):
        await scripted.xbox.usersearch(retry_for=30).suggest("x")
    assert not pauses


async def test_a_refusal_closes_that_service_alone(
    scripted: Scripted, pauses: list[float]
) -> None:
    """429 is not repeated, and nothing more goes to that service until it says."""
    scripted.say(Said(status=429, headers={"Retry-After": "40"}))
    with pytest.raises(RateLimited) as refused:
        await scripted.xbox.social.own()
    assert refused.value.retry_after == 40
    with pytest.raises(RateLimited) as still:
        await scripted.xbox.social.of("1")
    assert 39 < still.value.retry_after <= 40
    assert len(scripted.asked) == 1
    scripted.say(sample("people_list"))
    assert (await scripted.xbox.people.friends()).people
    assert not pauses
