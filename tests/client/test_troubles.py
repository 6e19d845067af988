"""A session knows which services do not work, and for how long."""

from collections.abc import AsyncIterator

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.xbox_console.xboxlive.errors import NotFound, ServiceUnavailable
from tests.client.answers import sample
from tests.client.scripted import Said, Scripted, scripted_services


@pytest.fixture
async def scripted(socket_enabled: None) -> AsyncIterator[Scripted]:
    """Nothing is retried."""
    async with scripted_services() as running:
        yield running


async def _fail(scripted: Scripted) -> None:
    scripted.say(Said(status=503))
    with pytest.raises(ServiceUnavailable):
        await scripted.xbox.social.own()


async def test_a_trouble_lasts_from_the_first_failure_to_the_latest(
    scripted: Scripted, freezer: FrozenDateTimeFactory
) -> None:
    """One failure has no length: nobody knows what came after it."""
    await _fail(scripted)
    trouble = scripted.xbox.session.troubles["social.xboxlive.com"]
    freezer.tick(600)
    assert trouble.lasting == 0
    await _fail(scripted)
    trouble = scripted.xbox.session.troubles["social.xboxlive.com"]
    assert trouble.lasting == pytest.approx(600, abs=1)
    assert not trouble.signing_in


async def test_an_answer_ends_it(scripted: Scripted) -> None:
    """Whatever other services do."""
    await _fail(scripted)
    scripted.say(sample("catalog_search"))
    await scripted.xbox.catalog.search("boats")
    assert scripted.xbox.session.troubles.keys() == {"social.xboxlive.com"}
    scripted.say(sample("people_summary"))
    await scripted.xbox.social.own()
    assert not scripted.xbox.session.troubles


async def test_not_having_something_is_no_illness(scripted: Scripted) -> None:
    """A service that says so is well."""
    await _fail(scripted)
    scripted.say(Said(status=404))
    with pytest.raises(NotFound):
        await scripted.xbox.social.own()
    assert not scripted.xbox.session.troubles


async def test_a_sign_in_that_fails_is_known_by_its_own_host(
    scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is over once any service that needs it works."""

    async def ill() -> str:
        raise ServiceUnavailable("login.live.com", "HTTP 500")

    with monkeypatch.context() as patch:
        patch.setattr(scripted.account, "authorization", ill)
        with pytest.raises(ServiceUnavailable):
            await scripted.xbox.social.own()
    (host,) = scripted.xbox.session.troubles
    assert host == "login.live.com"
    assert scripted.xbox.session.troubles[host].signing_in
    scripted.say(sample("people_summary"))
    await scripted.xbox.social.own()
    assert not scripted.xbox.session.troubles
