"""What Microsoft says of its own services is read however it is packed."""

from collections.abc import AsyncIterator

import pytest

from custom_components.xbox_console.xboxlive.errors import (
    NotFound,
    UnexpectedResponse,
    XboxError,
)
from custom_components.xbox_console.xboxlive.model import Json
from custom_components.xbox_console.xboxlive.services.status import StatusReport
from tests.client.answers import sample
from tests.client.scripted import Said, Scripted, scripted_services

WELL: Json = {"Name": "Store", "Status": {"Name": "None", "Id": 0}}
ILL: Json = {"Name": "Accounts", "Status": {"Name": "Impacted"}, "Scenarios": []}
NEW: Json = {"Name": "Clubs", "Status": {"Name": "Melting"}}


@pytest.fixture
async def scripted(socket_enabled: None) -> AsyncIterator[Scripted]:
    """The client and scripted services."""
    async with scripted_services() as running:
        yield running


@pytest.mark.parametrize(
    ("said", "troubles"),
    [
        ({"CoreServices": [WELL]}, {}),
        (
            {"CoreServices": [WELL, ILL, NEW]},
            {"Accounts": "Impacted", "Clubs": "Melting"},
        ),
        ({"CoreServices": {"Category": [WELL, ILL]}}, {"Accounts": "Impacted"}),
        ({"coreServices": {"category": ILL}}, {"Accounts": "Impacted"}),
        ({"CoreServices": []}, {}),
        ({"CoreServices": {}}, {}),
        (
            {"CoreServices": [None, 5, {}, {"Name": None}, ILL]},
            {"Accounts": "Impacted"},
        ),
        ({"CoreServices": [{"Name": "A"}, {"Name": "B", "Status": None}]}, {}),
        ({"CoreServices": [{"Name": "C", "Status": {"Name": None}}]}, {}),
        ({"Status": {"Overall": {"State": "Warning"}}}, {"Xbox": "Warning"}),
        ({"Status": {"Overall": {"State": "none"}}}, {}),
        (
            {"Status": {"Overall": {"State": "Limited"}}, "CoreServices": [ILL]},
            {"Accounts": "Impacted"},
        ),
    ],
)
async def test_what_is_not_well(
    scripted: Scripted, said: Json, troubles: dict[str, str]
) -> None:
    """By name; unknown words mean trouble, what is no category means none."""
    scripted.say(said)
    assert (await scripted.xbox.status.report()).troubles == troubles


async def test_the_page_that_always_is(scripted: Scripted) -> None:
    """Where there is none in the user's language."""
    for missing in (Said(status=404), Said(b"<ServiceStatus/>"), Said(status=400)):
        scripted.asked.clear()
        scripted.say(missing, sample("status_report"))
        assert (await scripted.xbox.status.report()).troubles
        assert [asked.path.rpartition("v6")[2] for asked in scripted.asked] == [
            "/DE/de-DE",
            "/US/en-US",
        ]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Said(status=404), NotFound),
        (Said(b"<ServiceStatus/>"), UnexpectedResponse),
        (Said([]), UnexpectedResponse),
        (Said({}), UnexpectedResponse),
        (Said({"CoreServices": None}), UnexpectedResponse),
        (Said({"Status": {"Overall": None}}), UnexpectedResponse),
        (Said({"CoreServices": "none"}), UnexpectedResponse),
    ],
)
async def test_a_page_that_says_nothing(
    scripted: Scripted, answer: Said, error: type[XboxError]
) -> None:
    """It is an error, not a clean bill of health."""
    scripted.say(answer)
    with pytest.raises(error):
        await scripted.xbox.status.report()


def test_nothing_at_all_is_well() -> None:
    """Nobody is alarmed by an empty page."""
    assert StatusReport().troubles == {}
