"""The correlation vector: random, growing, never too long."""

import re

from custom_components.xbox_console.xboxlive.correlation import CorrelationVector
from tests.client.answers import sample
from tests.client.scripted import Said, scripted_services


def test_a_vector_grows_by_one() -> None:
    """Case K: 22 characters that hold 128 random bits, and a count."""
    vector = CorrelationVector()
    base, _, count = vector.value.partition(".")
    assert re.fullmatch("[A-Za-z0-9+/]{21}[AQgw]", base)
    assert count == "0"
    assert [vector.increment() for _ in range(3)] == [f"{base}.{n}" for n in (1, 2, 3)]
    assert vector.value == f"{base}.3"
    assert CorrelationVector().value != CorrelationVector().value


def test_a_conversation_that_another_began_goes_on() -> None:
    """Until it has no room left: then it is closed, and stays as it is."""
    stem = "x" * 23 + ".7" * 51
    assert len(stem) == 125
    vector = CorrelationVector(f"{stem}.9")
    assert vector.increment() == f"{stem}.9!"
    assert vector.increment() == f"{stem}.9!"
    assert CorrelationVector(f"{stem}.9!").increment() == f"{stem}.9!"
    assert CorrelationVector("x.8").increment() == "x.9"


async def test_each_request_is_the_next_of_its_conversation(
    socket_enabled: None,
) -> None:
    """Case K: whatever service it goes to, and repeated ones too; a caller may send another."""
    async with scripted_services() as scripted:
        scripted.account.fresh = ["XBL3.0 x=hash;second"]
        scripted.say(Said(status=401), sample("people_summary"))
        await scripted.xbox.social.own()
        scripted.say(sample("catalog_search"))
        await scripted.xbox.catalog.search("boats")
        sent = [asked.headers["MS-CV"] for asked in scripted.asked]
        base = sent[0].rpartition(".")[0]
        assert sent == [f"{base}.{n}" for n in (1, 2, 3)]
        await scripted.xbox.catalog(headers={"ms-cv": "0"}).search("boats")
        assert scripted.last.headers.getall("MS-CV") == ["0"]
