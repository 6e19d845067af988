"""Every answer of the Xbox network parses into its model, and nothing of it is lost."""

import json
import logging
from pathlib import Path

import pytest

from custom_components.xbox_console.xboxlive import model as foundation
from custom_components.xbox_console.xboxlive.model import Json, Model
from custom_components.xbox_console.xboxlive.services import mediahub
from tests.client.answers import MODELS, SAMPLES, everything, reader

RECORDED = Path(__file__).parents[3] / "shared" / "recorded"
"""Real answers; they are not part of the project and lie beside it where they are at hand."""

RECORDED_MODELS: dict[str, type[Model]] = {
    "achievements/achievements_360_recent*": MODELS["achievements_360_progress"],
    "achievements/achievements_360_*": MODELS["achievements_360_page"],
    "achievements/achievements_one_recent*": MODELS["achievements_progress"],
    "achievements/achievements_one_*": MODELS["achievements_page"],
    "catalog/catalog_search*": MODELS["catalog_search"],
    "catalog/*": MODELS["catalog_products"],
    "cqs/*": MODELS["channels_list"],
    "gameclips/*": MODELS["gameclips_page"],
    "lists/lists_get*": MODELS["pins_list"],
    "lists/*": MODELS["pins_metadata"],
    "mediahub/blog*": mediahub.Clip,
    "mediahub/*": MODELS["mediahub_screenshots"],
    "message/message_get*": MODELS["messages_inbox"],
    "message/message_new*": MODELS["messages_conversation"],
    "message/*": MODELS["messages_sent"],
    "people/people_summary*": MODELS["people_summary"],
    "people/*": MODELS["people_list"],
    "presence/*": MODELS["presence_list"],
    "profile/*": MODELS["profile_list"],
    "screenshots/*": MODELS["screenshots_page"],
    "smartglass/*command*": MODELS["smartglass_command"],
    "smartglass/*console_list*": MODELS["smartglass_consoles"],
    "smartglass/*status_*": MODELS["smartglass_status"],
    "smartglass/*console_status*": MODELS["smartglass_status"],
    "smartglass/*op_status*": MODELS["smartglass_operation_list"],
    "smartglass/*storage*": MODELS["smartglass_drives"],
    "smartglass/*nstalled*pps*": MODELS["smartglass_apps"],
    "smartglass/*404_ErrorCallingWNS*": MODELS["smartglass_command"],
    "titlehub/*": MODELS["titlehub_list"],
    "usersearch/*": MODELS["usersearch_list"],
    "userstats/*": MODELS["userstats_batch"],
}
"""By pattern, the first that fits."""

OTHERS = ["ratelimit/doc_429_body.json"]
"""Read where it is judged, not as a model."""


def recorded() -> list[Path]:
    """Every real answer that is at hand."""
    return sorted(RECORDED.glob("*/*.json"))


REAL: list[Path | str] = [*recorded()]


@pytest.fixture(params=REAL or ["none"], ids=lambda path: getattr(path, "stem", path))
def real(request: pytest.FixtureRequest) -> Path:
    """One real answer."""
    if not isinstance(request.param, Path):
        pytest.skip("no real answers lie beside the project")
    return request.param


def check_nothing_is_lost(
    kind: type[Model], answer: Json, caplog: pytest.LogCaptureFixture
) -> None:
    """Read all of an answer: no complaint, each declared member found, `raw()` as it came."""
    foundation._log_once.cache_clear()  # noqa: SLF001 - a warning comes once in a process
    with caplog.at_level(logging.WARNING):
        models = reader(kind, answer)(answer)
        for owner, name, value in [
            each for model in models for each in everything(model)
        ]:
            folded = {key.lower(): sent for key, sent in owner.raw().items()}
            sent = folded.get(name.replace("_", ""))
            if isinstance(value, tuple) and isinstance(sent, list):
                assert len(value) == len(sent), f"{type(owner).__name__}.{name}"
            if isinstance(value, Model):
                assert value.raw() in (sent, *(sent if isinstance(sent, list) else ()))
    assert not caplog.records, caplog.text
    came_in = answer if isinstance(answer, list) else [answer]
    assert [model.raw() for model in models] == came_in


@pytest.mark.parametrize("name", sorted(MODELS))
def test_samples_are_read_whole(name: str, caplog: pytest.LogCaptureFixture) -> None:
    """Our own answers in the shapes of the real ones."""
    answer = json.loads((SAMPLES / f"{name}.json").read_text())
    check_nothing_is_lost(MODELS[name], answer, caplog)


def test_every_sample_is_read_by_a_model() -> None:
    """No sample lies about unused."""
    assert {path.stem for path in SAMPLES.iterdir()} == set(MODELS)


def test_real_answers_are_read_whole(
    real: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """What the Xbox network really sent."""
    if any(real.match(other) for other in OTHERS):
        return
    kind = next(
        kind for pattern, kind in RECORDED_MODELS.items() if real.match(pattern)
    )
    check_nothing_is_lost(kind, json.loads(real.read_bytes()), caplog)
