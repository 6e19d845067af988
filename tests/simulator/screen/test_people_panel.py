"""What people can be made to do, by request and on the page."""

from playwright.async_api import Page, expect
import pytest

from simulator.captures.gallery import signed_uri
from tests.simulator.console_client import ConsoleClient
from tests.simulator.people_client import do, person, presence


@pytest.mark.parametrize(
    ("action", "body", "reason"),
    [
        ("play", {}, "product_id or title_id: which title"),
        ("play", {"title_id": 1}, "product_id or title_id: not in the catalogue"),
        ("play", {"title_id": 1990010001, "rich_presence": 1}, "rich_presence: text"),
        ("online", {"away": "yes"}, "away: true or false"),
        ("stop", {}, "nothing is being played elsewhere than on a console here"),
        ("unlock", {}, "plays nothing; say product_id or title_id"),
        (
            "capture",
            {"title_id": 1990010001, "kind": "film"},
            "kind: screenshot or gameclip",
        ),
        ("message", {}, "text: text"),
        ("message", {"text": "x", "to": "nobody"}, "to: unknown"),
        ("rename", {"gamertag": "lantern fox 2048"}, "gamertag: somebody has it"),
        ("privacy", {}, "true or false"),
        ("progress", {"title_id": 1990010001, "percent": 100}, "percent: 0 to 99"),
    ],
)
async def test_what_makes_no_sense_is_refused(
    remote: ConsoleClient, action: str, body: object, reason: str
) -> None:
    """With the reason, and without an effect."""
    status, answer = await remote.control("POST", f"people/pip/{action}", body)
    assert status == 400
    assert reason in answer["error"]
    assert (await presence(remote, "pip"))["state"] == "Offline"


async def test_unknown_people_and_actions(remote: ConsoleClient) -> None:
    """404 that lists what there is."""
    status, answer = await remote.control("POST", "people/pip/dance")
    assert status == 404
    assert {"online", "offline", "play", "stop", "unlock", "message"} <= set(
        answer["actions"]
    )
    assert (await remote.control("POST", "people/nobody/online"))[0] == 404
    status, answer = await remote.control("POST", "people/parent/remove")
    assert (status, answer["error"]) == (400, "an account that signs in here stays")
    status, _ = await remote.control("POST", "people/oren/unfriend")
    assert status == 400


async def test_the_parent_leaves_the_console(remote: ConsoleClient) -> None:
    """Offline means signed out there; the console goes on."""
    state = await do(remote, "parent", "offline")
    assert (state["state"], state["last_seen"]["name"]) == (
        "Offline",
        "Starfall Odyssey",
    )
    assert (remote.on.is_on, remote.on.signed_in) == (True, [])
    await remote.control(
        "POST", f"consoles/{remote.on.id}/sign-in", {"account": "parent"}
    )
    record = await presence(remote, "parent")
    assert record["devices"][0]["titles"][1]["name"] == "Starfall Odyssey"


async def test_state_tells_people(remote: ConsoleClient) -> None:
    """A part of them and how many there are; the rest after a reset is gone."""
    await remote.control("POST", "friends", {"count": 1000})
    state = (await remote.control("GET", "state"))[1]
    assert (state["people_count"], len(state["people"])) == (1008, 40)
    state = (await remote.control("POST", "reset"))[1]
    assert (state["people_count"], len(state["people"])) == (8, 8)
    mika = next(one for one in state["people"] if one["key"] == "mika")
    assert (mika["running"], mika["friend"]) == ("Tidewater Tales", True)


async def test_people_on_the_page(page: Page, remote: ConsoleClient) -> None:
    """Who is there is shown, and the buttons work."""
    tove = page.locator('[data-person="tove"]')
    count = page.get_by_test_id("people-count")
    await expect(count).to_have_text("2 of 8 online")
    await expect(tove).to_contain_text("last seen: Skyline")
    await tove.locator("summary").click()
    await tove.get_by_test_id("person-title").select_option("9ZNBD7RGT2KV")
    await tove.get_by_test_id("person-device").select_option("WindowsOneCore")
    await tove.get_by_test_id("person-play").click()
    await expect(tove).to_have_attribute("data-running", "Nebula Drift GT")
    await expect(count).to_have_text("3 of 8 online")
    await tove.get_by_test_id("person-unlock").click()
    await expect(tove).to_have_attribute("data-gamerscore", "12960")
    await tove.get_by_test_id("person-stop").click()
    await expect(tove).to_have_attribute("data-running", "Xbox App")
    await tove.get_by_test_id("person-offline").click()
    await expect(tove).to_have_attribute("data-state", "Offline")
    await tove.get_by_test_id("person-online").click()
    await expect(tove).to_have_attribute("data-state", "Online")
    await tove.locator("label.switch").click()
    await expect(tove).to_have_attribute("data-private", "true")
    await tove.get_by_test_id("person-unfriend").click()
    await expect(tove).to_have_attribute("data-friend", "false")
    await expect(tove.get_by_test_id("person-unfriend")).to_have_text("Befriend")


async def test_talking_on_the_page(page: Page, remote: ConsoleClient) -> None:
    """A message and a new name are asked for."""
    answers = iter(("Dinner!", "Kite Thirty Two"))
    page.on("dialog", lambda dialog: dialog.accept(next(answers)))
    tove = page.locator('[data-person="tove"]')
    await tove.locator("summary").click()
    await tove.get_by_test_id("person-message").click()
    parent = page.locator('[data-person="parent"]')
    await expect(parent).to_have_attribute("data-unread", "2")
    messages = remote.world.messages.between(
        person(remote, "parent").xuid, person(remote, "tove").xuid
    )
    assert messages[0].text == "Dinner!"
    await tove.get_by_test_id("person-rename").click()
    await expect(tove).to_contain_text("Kite Thirty Two")


async def test_game_clips_play_in_a_browser(page: Page, remote: ConsoleClient) -> None:
    """The films are real: a browser shows different pictures at different times."""
    clip = next(one for one in remote.world.captures if one.kind == "gameclip")
    uri, _ = signed_uri(remote.world, clip, "MP4", "media.xboxlive.com")
    found = await page.evaluate(
        """async (path) => {
            const film = document.createElement("video");
            const canvas = document.createElement("canvas");
            const shot = (at) => new Promise((done, fail) => {
                film.onerror = () => fail(film.error.message);
                film.onseeked = () => {
                    canvas.getContext("2d").drawImage(film, 0, 0);
                    done(canvas.toDataURL());
                };
                film.currentTime = at;
            });
            film.src = path;
            await new Promise((done, fail) => { film.onloadeddata = done; film.onerror = () => fail(film.error.message); });
            canvas.width = film.videoWidth;
            canvas.height = film.videoHeight;
            const first = await shot(0.6), later = await shot(3.1);
            return [film.duration, film.videoWidth, film.videoHeight, first !== later];
        }""",
        uri.removeprefix("https:/"),
    )
    assert found == [clip.seconds, *clip.size, True]
