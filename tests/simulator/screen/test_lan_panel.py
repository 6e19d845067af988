"""The local network on the simulator's page, and by HTTP."""

from playwright.async_api import Page, expect

from simulator.demo.consoles import ONE_X_ID
from tests.simulator.console_client import ConsoleClient
from tests.simulator.screen.cards import card

PROBE = bytes.fromhex("dd00000a000000000000000800000002")


async def test_packets_and_switches(remote: ConsoleClient, page: Page) -> None:
    """What was heard is listed, and each switch does what it says and shows it."""
    world = remote.world
    world.lan.receive(PROBE, ("127.0.0.1", 40000), 0)
    packets = page.get_by_test_id("lan-packets").locator('[data-kind="probe"]')
    await expect(packets).to_have_count(1)
    await expect(packets).to_contain_text("everybody")
    its, knobs = card(page, remote.on.id), world.lan.of(remote.on.id)
    await expect(its).to_have_attribute("data-lan-answers", "true")
    for name, member, value in (
        ("lan-answers", "answers", False),
        ("lan-asleep", "answers_asleep", True),
        ("lan-impostor", "impostor", True),
        ("lan-deaf", "wake_packets", 0),
    ):
        switch = its.get_by_test_id(name)
        before = await switch.is_checked()
        await switch.locator("..").click()
        await expect(switch).to_be_checked(checked=not before)
        assert getattr(knobs, member) == value
    await expect(its).to_have_attribute("data-lan-answers", "false")


async def test_by_http(remote: ConsoleClient) -> None:
    """Knobs by name; what is no knob is refused; what was heard, by its kind."""
    path = f"/_simulator/consoles/{ONE_X_ID}/lan"
    async with remote.http.patch(path, json={"wake_packets": 5}) as answer:
        assert (await answer.json())["wake_packets"] == 5
    async with remote.http.get(path) as answer:
        assert (await answer.json())["wake_packets"] == 5
    for body in ({"magic": 1}, {"certificate": "new"}):
        async with remote.http.patch(path, json=body) as answer:
            assert answer.status == 400
    async with remote.http.get("/_simulator/consoles/NOBODY/lan") as answer:
        assert answer.status == 404
    remote.world.lan.receive(PROBE, ("127.0.0.1", 40000), 0)
    for kind, count in (("probe", 1), ("wake", 0)):
        async with remote.http.get(f"/_simulator/lan?kind={kind}") as answer:
            assert len(await answer.json()) == count
