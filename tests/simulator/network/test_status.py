"""What Microsoft says of its own services."""

from xml.etree import ElementTree as ET

from tests.simulator.console_client import ConsoleClient

FEED = "/xnotify.xboxlive.com/servicestatusv6/US/en-US"


async def test_json_for_who_accepts_it(remote: ConsoleClient) -> None:
    """No sign-in is needed; what is ill has scenarios."""
    remote.world.knobs.status_troubles = "Store & subscriptions: Limited"
    answer = await remote.ask("GET", FEED, headers={"Accept": "application/json"})
    categories = (await answer.json())["CoreServices"]
    assert {
        category["Name"]: category["Status"]["Name"]
        for category in categories
        if "Scenarios" in category
    } == {"Store & subscriptions": "Limited"}
    assert len(categories) > 3


async def test_xml_for_everyone_else(remote: ConsoleClient) -> None:
    """With the same words."""
    remote.world.knobs.status_troubles = "Store & subscriptions: Limited"
    answer = await remote.ask("GET", FEED, headers={"Accept": "*/*"})
    assert answer.content_type == "application/xml"
    root = ET.fromstring(await answer.text())  # noqa: S314 - our own
    assert root.findtext("Status/Overall/State") == "Limited"
    words = {
        category.findtext("Name"): category.findtext("Status/Name")
        for category in root.findall("CoreServices/Category")
    }
    assert words["Store & subscriptions"] == "Limited"
    assert words["Account & profile"] == "None"
