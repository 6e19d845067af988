"""The watch over translations notices what has no words."""

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er, issue_registry as ir
import pytest

from tests.integration import translations


@pytest.fixture(autouse=True)
def check_translations() -> None:
    """Stand in for the watch over every test: here, what is missing is the point."""


@pytest.fixture(autouse=True)
def texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the watch a small en.json of its own."""
    texts = {"exceptions": {"asleep": {"message": "{console} sleeps"}}}
    monkeypatch.setattr(translations, "_texts", lambda: texts)


def _error(key: str, **placeholders: str) -> HomeAssistantError:
    return HomeAssistantError(
        translation_domain=translations.DOMAIN,
        translation_key=key,
        translation_placeholders=placeholders,
    )


def test_an_error_with_words_passes() -> None:
    """A text that exists and gets all its placeholders is in order."""
    with translations.watch_translations() as missing:
        _error("asleep", console="Den")
    assert not missing


def test_an_error_without_words_is_noticed() -> None:
    """A key that is not in en.json is named."""
    with translations.watch_translations() as missing:
        _error("on_fire")
    assert missing == {"exceptions.on_fire.message is not in en.json"}


def test_an_unfilled_placeholder_is_noticed() -> None:
    """A placeholder that nobody fills is named."""
    with translations.watch_translations() as missing:
        _error("asleep")
    assert missing == {"exceptions.asleep.message was shown without console"}


async def test_an_issue_without_words_is_noticed(hass: HomeAssistant) -> None:
    """A repair issue needs a title, and a description when it has no fix flow."""
    with translations.watch_translations() as missing:
        ir.async_create_issue(
            hass,
            translations.DOMAIN,
            "on_fire",
            is_fixable=False,
            severity=ir.IssueSeverity.WARNING,
            translation_key="on_fire",
        )
    assert missing == {
        "issues.on_fire.title is not in en.json",
        "issues.on_fire.description is not in en.json",
    }


async def test_an_entity_without_words_is_noticed(
    entity_registry: er.EntityRegistry,
) -> None:
    """An entity with a translation key needs a text under it."""
    with translations.watch_translations() as missing:
        entity_registry.async_get_or_create(
            "sensor", translations.DOMAIN, "1", translation_key="warmth"
        )
    assert missing == {"entity.sensor.warmth is not in en.json"}
