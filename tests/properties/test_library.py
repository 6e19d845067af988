"""Source lists, folders and search, whatever is installed and whatever is asked for."""

from datetime import UTC, datetime

from hypothesis import example, given, settings, strategies as st

# Imported first, or the test kit's own custom_components hides ours.
import custom_components.xbox_console  # noqa: F401
from custom_components.xbox_console.games.library import (
    HOME,
    LONGEST,
    MOST_SOURCES,
    Kind,
    Library,
)
from custom_components.xbox_console.games.media_browser import initial
from custom_components.xbox_console.games.search import (
    LIMIT,
    Match,
    match,
    search,
    words,
)
from custom_components.xbox_console.games.store_link import (
    linked_product_id,
    product_id,
)
from custom_components.xbox_console.xboxlive.services.consoles import InstalledApp
from tests.integration.homekit_names import cleanup


def an_app(**members: object) -> InstalledApp:
    """Return an installed app as the network tells of it."""
    return InstalledApp.model_validate(members)


names = st.sampled_from(
    [
        "Orbit",
        "ORBIT",
        "Orbit (2)",
        "Orbit -2-",
        "Home",
        "home",
        "Órbit™",
        "The Orbit",
        "🐟",
        "9",
        "!!!",
        " ",
        "Orbit " * 11 + "I",
        "Orbit " * 11 + "II",
        "Orbit " * 60,
    ]
) | st.text(max_size=24)
product_ids = st.from_regex(r"[9BC][0-9][0-9A-Z]{10}", fullmatch=True)
times = st.none() | st.datetimes(
    min_value=datetime(2010, 1, 1), max_value=datetime(2040, 1, 1)
).map(lambda time: time.replace(tzinfo=UTC).isoformat())
installed = st.lists(
    st.builds(
        an_app,
        oneStoreProductId=product_ids,
        name=names,
        aumid=st.none() | names.map(lambda name: f"Maker.{name}_abc!App"),
        contentType=st.sampled_from(["Game", "App"]),
        lastActiveTime=times,
    ),
    max_size=12,
)


@st.composite
def libraries(draw: st.DrawFn) -> Library:
    """A library with pins, new names and hidden apps, some of which are not installed."""
    apps = draw(installed)
    ids = [app.one_store_product_id or "" for app in apps]
    some = st.lists(st.sampled_from(ids) | product_ids) if ids else st.just([])
    return Library(
        apps,
        pinned=draw(some),
        hidden=draw(some),
        renamed={each: draw(names) for each in draw(some)},
    )


@example(Library([an_app(oneStoreProductId=" ", name=" ")]))
@example(Library([an_app(oneStoreProductId="9", name=" ", aumid=" ", titleId=" ")]))
@example(Library([an_app(oneStoreProductId="9", name="\x00", aumid=" !")]))
@example(Library([an_app(oneStoreProductId=" 9 ", name="Orbit", aumid=" M !App")]))
@given(libraries())
def test_source_names_are_unique_and_lead_back(library: Library) -> None:
    """However things are called: by any case of a name its app is found, and no other.

    Case E6: what is only white space is neither a name nor an id.
    """
    sources = list(library.sources)
    assert sources[0] == "Home"
    assert library.sources["Home"] is HOME
    assert len({source.casefold() for source in sources}) == len(sources)
    assert len({cleanup()(source) for source in sources}) == len(sources)
    assert max(map(len, sources)) <= LONGEST
    for source, app in library.sources.items():
        assert source == " ".join(source.split()) != ""
        assert library.find(source) == app
        assert library.source_of(app) == source
        assert app is HOME or library.find(app.product_id or "") is not None
        assert app is HOME or app.aumid is None or library.find(app.aumid) is not None
        assert app.title_id is None or app.title_id.strip()


@given(libraries())
def test_what_is_shown_is_a_source_in_order(library: Library) -> None:
    """Home, pins, games, apps; each once, nothing hidden."""
    home, *apps = library.sources.values()
    assert home is HOME
    pins = len(library.pinned)
    assert tuple(apps[:pins]) == library.pinned
    assert [app.kind for app in apps[pins:]] == sorted(
        (app.kind for app in apps[pins:]), reverse=True
    )
    assert set(apps) == set(library.shown)


@given(
    st.integers(0, 400), st.sets(st.integers(0, 399), max_size=95), st.integers(0, 399)
)
@settings(max_examples=30)
def test_a_long_list_is_cut_to_what_homekit_takes(
    size: int, pinned: set[int], used: int
) -> None:
    """Pins stay before what was used, what was used before the rest."""
    ids = [f"9ZTEST{number:06d}" for number in range(size)]
    library = Library(
        (
            an_app(
                oneStoreProductId=product,
                name=f"Game {product}",
                lastActiveTime="2026-01-01T00:00:00Z" if number == used else None,
            )
            for number, product in enumerate(ids)
        ),
        pinned=[ids[number] for number in pinned if number < size],
    )
    sources = library.sources.values()
    assert len(sources) == min(size + 1, MOST_SOURCES)
    kept = set(sources)
    if len(library.pinned) < MOST_SOURCES:
        assert kept.issuperset(library.pinned)
    if used < size and len(library.pinned) < MOST_SOURCES - 1:
        assert library.find(ids[used]) in kept


@given(libraries(), names)
def test_a_search_finds_only_what_is_shown(library: Library, query: str) -> None:
    """Never more than the limit, never twice, never what is hidden."""
    found = search(query, library)
    assert len(found) <= LIMIT
    assert len(set(found)) == len(found)
    assert set(found) <= set(library.shown)
    assert all(app.kind is Kind.GAME for app in search(query, library, library.games))


@given(libraries(), st.data())
def test_an_exact_name_wins(library: Library, data: st.DataObject) -> None:
    """Whatever else is installed, and however it is written."""
    if not library.shown:
        return
    app = data.draw(st.sampled_from(library.shown))
    if not words(app.name):
        return
    for query in (app.name, f" {app.name.casefold()}! "):
        first, *_ = search(query, library)
        assert any(
            match(words(query), words(name)) == (Match.EXACT, 1.0)
            for name, named in library.names
            if named == first
        )


@given(libraries())
def test_every_app_is_under_one_letter(library: Library) -> None:
    """A folder of the media browser."""
    for app in library.shown:
        letter = initial(app)
        assert letter == "#" or letter.isalpha()
        assert "/" not in letter


@given(st.text(max_size=60), product_ids)
def test_addresses_of_the_store(text: str, product: str) -> None:
    """Any text is no error, and only the Store's addresses count."""
    assert linked_product_id(text) is None or "." in text or "ms-windows" in text
    assert product_id(text) is None or len(text.strip()) == 12
    slug = "".join(filter(str.isalnum, text)) or "game"
    assert (
        linked_product_id(f"https://www.xbox.com/en-US/games/store/{slug}/{product}")
        == product
    )
    assert linked_product_id(f"https://example.com/store/{slug}/{product}") is None
    assert (
        linked_product_id(f"https://notxbox.com/store/{slug}/{product.lower()}") is None
    )
