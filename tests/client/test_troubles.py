"""A session knows which services do not work, and for how long."""

from collections.abc import AsyncIterator

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.xbox_console.xboxlive.errors import (
    ServiceUnavailable,
    SignInRequired,
    XboxError,
)
from tests.client.answers import sample
from tests.client.scripted import Said, Scripted, scripted_services

SOCIAL = "social.xboxlive.com"


@pytest.fixture
async def scripted(
    socket_enabled: None, freezer: FrozenDateTimeFactory
) -> AsyncIterator[Scripted]:
    """Nothing is retried, and time stands still."""
    async with scripted_services() as running:
        yield running


async def _fail(
    scripted: Scripted, freezer: FrozenDateTimeFactory, retry_after: str = ""
) -> None:
    """Fail once, and let the pause go by that follows."""
    headers = {"Retry-After": retry_after} if retry_after else {}
    scripted.say(Said(status=503, headers=headers))
    with pytest.raises(ServiceUnavailable) as failed:
        await scripted.xbox.social.own()
    assert failed.value.asked
    freezer.tick(scripted.session.budgets[SOCIAL].closed_for)


async def test_a_trouble_lasts_from_the_first_failure_to_the_latest(
    scripted: Scripted, freezer: FrozenDateTimeFactory
) -> None:
    """One failure has no length: nobody knows what came after it."""
    await _fail(scripted, freezer)
    freezer.tick(500)
    assert scripted.session.troubles[SOCIAL].lasting == 0
    await _fail(scripted, freezer)
    trouble = scripted.session.troubles[SOCIAL]
    assert trouble.lasting == pytest.approx(500, abs=1)
    assert not trouble.signing_in


@pytest.mark.parametrize("hours", [0.5, 5, 24])
async def test_two_failures_far_apart_are_no_long_trouble(
    scripted: Scripted, freezer: FrozenDateTimeFactory, hours: float
) -> None:
    """Case D9: what lies between them nobody knows, and after a while nobody says so."""
    await _fail(scripted, freezer)
    freezer.tick(hours * 3600)
    assert not scripted.session.troubles
    await _fail(scripted, freezer)
    assert scripted.session.troubles[SOCIAL].lasting == 0


async def test_a_pause_that_the_service_wished_for_is_no_silence(
    scripted: Scripted, freezer: FrozenDateTimeFactory
) -> None:
    """Case D9: whoever obeys cannot try in between."""
    await _fail(scripted, freezer, retry_after="3000")
    await _fail(scripted, freezer)
    assert scripted.session.troubles[SOCIAL].lasting == pytest.approx(3000, abs=1)


async def test_what_was_not_asked_has_not_failed(
    scripted: Scripted, freezer: FrozenDateTimeFactory
) -> None:
    """Those who were kept from asking make no trouble longer."""
    await _fail(scripted, freezer, retry_after="3000")
    freezer.tick(-2000)
    with pytest.raises(ServiceUnavailable) as refused:
        await scripted.xbox.social.own()
    assert not refused.value.asked
    assert scripted.session.troubles[SOCIAL].lasting == 0


async def test_an_answer_ends_it(
    scripted: Scripted, freezer: FrozenDateTimeFactory
) -> None:
    """Whatever other services do."""
    await _fail(scripted, freezer)
    scripted.say(sample("catalog_search"))
    await scripted.xbox.catalog.search("boats")
    assert scripted.session.troubles.keys() == {SOCIAL}
    scripted.say(sample("people_summary"))
    await scripted.xbox.social.own()
    assert not scripted.session.troubles


@pytest.mark.parametrize(
    "answer",
    [
        Said(status=404),
        Said(status=403),
        Said(status=429, headers={"Retry-After": "5"}),
        Said(status=418),
        Said(b"<html>"),
        Said(b"x" * (9 * 1024**2)),
    ],
    ids=["404", "403", "429", "418", "html", "huge"],
)
async def test_whoever_answers_is_not_ill(
    scripted: Scripted, freezer: FrozenDateTimeFactory, answer: Said
) -> None:
    """Case D9: a refusal, or an answer that nobody understands, shows that the service lives."""
    await _fail(scripted, freezer)
    scripted.say(answer)
    with pytest.raises(XboxError):
        await scripted.xbox.social.own()
    assert not scripted.session.troubles


async def test_a_sign_in_that_fails_is_known_by_its_own_host(
    scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is over once any service that needs it works."""

    async def ill(*, awaited: bool = False) -> str:
        raise ServiceUnavailable("login.live.com", "HTTP 500")

    with monkeypatch.context() as patch:
        patch.setattr(scripted.account, "authorization", ill)
        with pytest.raises(ServiceUnavailable):
            await scripted.xbox.social.own()
    (host,) = scripted.session.troubles
    assert host == "login.live.com"
    assert scripted.session.troubles[host].signing_in
    scripted.say(sample("people_summary"))
    await scripted.xbox.social.own()
    assert not scripted.session.troubles


async def test_a_sign_in_that_answers_says_nothing_about_the_service(
    scripted: Scripted, freezer: FrozenDateTimeFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who was not asked has shown no life."""

    async def refused(*, awaited: bool = False) -> str:
        raise SignInRequired("The password was changed")

    await _fail(scripted, freezer)
    monkeypatch.setattr(scripted.account, "authorization", refused)
    with pytest.raises(SignInRequired):
        await scripted.xbox.social.own()
    assert scripted.session.troubles.keys() == {SOCIAL}
