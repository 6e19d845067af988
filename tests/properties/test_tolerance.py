"""However an answer is bent, reading it does not fail, and what was not bent is still there."""

from copy import deepcopy

from hypothesis import given, settings, strategies as st

from custom_components.xbox_console.xboxlive.model import Json
from tests.client.answers import MODELS, everything, reader, sample

SAMPLES = {name: sample(name) for name in MODELS}

IDENTITIES: dict[str, set[tuple[object, ...]]] = {
    "gameclips_one": {("gameClip",), ("gameClip", "gameClipId")},
    "messages_conversation": {("conversationId",)},
    "messages_no_conversation": {("conversationId",)},
    "messages_sent": {("messageId",)},
    "presence_online": {("xuid",)},
}
"""What an answer is about: without it there is nothing to return."""
ASKED_FOR = {
    **dict.fromkeys(("achievements_360_page", "achievements_page"), "achievements"),
    **dict.fromkeys(("achievements_360_progress", "achievements_progress"), "titles"),
    "catalog_products": "Products",
    "catalog_search": "Results",
    **dict.fromkeys(("channels_list", "channels_schedule"), "Channels"),
    "gameclips_page": "gameClips",
    **dict.fromkeys(("mediahub_clips", "mediahub_screenshots"), "values"),
    "messages_inbox": "primary",
    "people_list": "people",
    "pins_list": "ListItems",
    "profile_list": "profileUsers",
    "screenshots_page": "screenshots",
    **dict.fromkeys(("smartglass_apps", "smartglass_consoles"), "result"),
    **dict.fromkeys(("smartglass_drives", "smartglass_install_events"), "result"),
    "titlehub_list": "titles",
    "usersearch_list": "results",
    "userstats_batch": "statlistscollection",
    "userstats_requested": "users",
}
"""What an answer has to tell something of; an answer of which it cannot be read is none."""

type Container = dict[str, Json] | list[Json]

WORDS = st.sampled_from(
    [
        "",
        "Unheard",
        "True",
        "2026-13-45T99:00:00Z",
        "0001-01-01T00:00:00",
        "-7",
        "é" * 40,
    ]
) | st.text(max_size=8)
LEAVES: st.SearchStrategy[Json] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    WORDS,
)
VALUES: st.SearchStrategy[Json] = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3)
    ),
    max_leaves=6,
)


def places(
    json: Json, path: tuple[object, ...] = ()
) -> list[tuple[Container, str | int, tuple[object, ...]]]:
    """Every member and item of an answer, however deep."""
    found: list[tuple[Container, str | int, tuple[object, ...]]] = []
    inside: list[tuple[str | int, Json]] = []
    if isinstance(json, dict):
        inside = list(json.items())
    elif isinstance(json, list):
        inside = list(enumerate(json))
    for key, value in inside:
        assert isinstance(json, dict | list)
        found.append((json, key, (*path, key)))
        found += places(value, (*path, key))
    return found


@st.composite
def bent_answers(draw: st.DrawFn) -> tuple[str, Json]:
    """An answer with up to six things dropped, nulled, replaced, renamed in case, or added."""
    name = draw(st.sampled_from(sorted(SAMPLES)))
    answer = deepcopy(SAMPLES[name])
    for _ in range(draw(st.integers(1, 6))):
        free = [
            (container, key)
            for container, key, path in places(answer)
            if path not in IDENTITIES.get(name, ())
        ]
        if not free:
            break
        container, key = free[draw(st.integers(0, len(free) - 1))]
        match draw(st.sampled_from(["drop", "replace", "add", "case"])):
            case "drop":
                del container[key]  # type: ignore[arg-type]  # the key is of its container
            case "replace":
                container[key] = draw(VALUES)  # type: ignore[index]  # as above
            case "add" if isinstance(container, dict):
                container[draw(WORDS)] = draw(VALUES)
            case "case" if isinstance(container, dict):
                container[str(key).swapcase()] = container.pop(str(key))
    if name in ASKED_FOR:
        _mend(answer, SAMPLES[name], ASKED_FOR[name])
    return name, answer


def _mend(answer: Json, sound: Json, key: str) -> None:
    """Let one thing be as it was in what was asked for."""
    assert isinstance(answer, dict)
    assert isinstance(sound, dict)
    whole, bent = sound[key], answer.get(key)
    if isinstance(whole, dict):
        first = next(iter(whole))
        answer[key] = {
            **(bent if isinstance(bent, dict) else {}),
            first: deepcopy(whole[first]),
        }
    else:
        assert isinstance(whole, list)
        answer[key] = [*(bent if isinstance(bent, list) else ()), deepcopy(whole[0])]


@given(bent_answers())
@settings(max_examples=400, deadline=None)
def test_no_bent_answer_fails(bent: tuple[str, Json]) -> None:
    """All that is declared can be read, and `raw()` has all that came in."""
    name, answer = bent
    kind = MODELS[name]
    models = reader(kind, answer)(answer)
    for model in models:
        for owner, member, _ in everything(model):
            getattr(owner, member)
        assert hash(model) == hash(kind.model_validate(model.raw()))
    if not isinstance(answer, list):
        assert [model.raw() for model in models] == [answer]


@given(bent_answers())
@settings(max_examples=100, deadline=None)
def test_computed_properties_never_fail(bent: tuple[str, Json]) -> None:
    """What is worked out from members copes with whatever they are."""
    name, answer = bent
    for model in reader(MODELS[name], answer)(answer):
        for owner, _, _ in everything(model):
            for kind in type(owner).__mro__:
                for attribute, computed in list(vars(kind).items()):
                    if isinstance(computed, property):
                        getattr(owner, attribute)
