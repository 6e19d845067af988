"""What the documents name beyond everyday use, as the whole simulated network answers it."""

import pytest

from custom_components.xbox_console.xboxlive.client import XboxLive
from custom_components.xbox_console.xboxlive.errors import (
    AccessDenied,
    ClipNotFound,
    GamertagNotFound,
    UnexpectedResponse,
)
from custom_components.xbox_console.xboxlive.services.consoles import ErrorCode
from custom_components.xbox_console.xboxlive.services.gameclips import ThumbnailType
from custom_components.xbox_console.xboxlive.services.people import Decoration
from custom_components.xbox_console.xboxlive.services.pins import Pin
from custom_components.xbox_console.xboxlive.services.profile import Setting
from custom_components.xbox_console.xboxlive.services.titlehub import TitleField

from .calls_people_titles import all_of
from .network import Network

STARFALL = "1990010001"


@pytest.mark.parametrize("skip", [0, 1, 7, 19, 20, 50])
async def test_skipping(skip: int, xbox: XboxLive) -> None:
    """Case K: what is left out is left out once, on every service and over many pages."""
    clips = [each.content_id for each in await all_of(xbox.mediahub.clips())]
    some = await all_of(xbox.mediahub.clips(page_size=6, skip=skip))
    assert [each.content_id for each in some] == clips[skip:]
    screenshots = [each.content_id async for each in xbox.mediahub.screenshots()]
    rest = await all_of(xbox.mediahub.screenshots(page_size=6, skip=skip))
    assert [each.content_id for each in rest] == screenshots[skip:]
    older = [each.game_clip_id async for each in xbox.gameclips.own()]
    later = await all_of(xbox.gameclips.own(page_size=6, skip=skip))
    assert [each.game_clip_id for each in later] == older[skip:]
    pictures = [each.screenshot_id async for each in xbox.screenshots.own()]
    left = await all_of(xbox.screenshots.own(page_size=6, skip=skip, limit=3))
    assert [each.screenshot_id for each in left] == pictures[skip : skip + 3]


async def test_a_title_of_ones_own(xbox: XboxLive) -> None:
    """Case K: without having to know whose it is."""
    (title,) = await xbox.titlehub.own_title(STARFALL, (TitleField.ACHIEVEMENT,))
    (known,) = [
        each
        for each in await xbox.titlehub.history(await xbox.session.xuid())
        if each.title_id == STARFALL
    ]
    assert title.title_history
    assert title.achievement == known.achievement
    (same,) = await xbox.titlehub.own_title_of_package(title.pfn or "")
    assert same.title_id == STARFALL


async def test_lists_of_others(xbox: XboxLive, mika: str) -> None:
    """Case K: they can be asked for; whether one may see them is the service's to say."""
    me = await xbox.session.xuid()
    own = await xbox.pins.get(xuid=me)
    assert own.list_items == (await xbox.pins.get()).list_items
    for call in (
        xbox.pins.get(xuid=mika),
        xbox.pins.insert([Pin(item_id="9A")], xuid=mika),
        xbox.pins.remove([Pin(item_id="9A")], xuid=mika),
    ):
        with pytest.raises(AccessDenied):
            await call


async def test_any_address(xbox: XboxLive) -> None:
    """Case K: what a verb asks can be asked without it."""
    address = "https://profile.xboxlive.com/users/me/profile/settings"
    reply = await xbox.session.send("GET", address, query={"settings": "Gamertag"})
    profile = await xbox.profiles.own([Setting.GAMERTAG])
    assert reply.members["profileUsers"] == [profile.raw()]


async def test_what_is_not_there_is_named(xbox: XboxLive, mika: str) -> None:
    """Case K: by the service's own refusal, or by its empty list."""
    for nobody in (
        xbox.player("Nobody At All"),
        xbox.player(xuid="2533270000099999"),
        xbox.social.of_gamertag("Nobody At All"),
    ):
        with pytest.raises(GamertagNotFound):
            await nobody
    clip = await anext(xbox.gameclips.own())
    for gone in (
        xbox.mediahub.clip("00000000-0000-4000-8000-000000000000"),
        xbox.gameclips.one(mika, clip.scid or "", "no-such-clip"),
        xbox.gameclips.delete(clip.scid or "", "no-such-clip"),
    ):
        with pytest.raises(ClipNotFound):
            await gone


@pytest.mark.parametrize("numbers", [False, True])
async def test_a_capture_at_a_glance(
    numbers: bool, xbox: XboxLive, network: Network
) -> None:
    """Case K: whether the service says its words or their numbers."""
    network.world.knobs.enums_as_integers = numbers
    clip = await anext(xbox.gameclips.own())
    assert clip.media_url == clip.game_clip_uris[0].uri
    assert clip.thumbnail(ThumbnailType.SMALL) == clip.thumbnails[0].uri
    assert clip.name == ""
    assert clip.clip_content_attributes == "None"
    screenshot = await anext(xbox.screenshots.own())
    assert screenshot.media_url == screenshot.screenshot_uris[0].uri
    assert screenshot.name == ""
    stored = await anext(xbox.mediahub.clips())
    assert stored.media_url
    assert stored.sandbox_id == "RETAIL"
    assert stored.content_segments[0].creator_xuid == await xbox.session.xuid()


async def test_what_lists_of_consoles_are_wrapped_in(xbox: XboxLive) -> None:
    """Case K: the service's own words around the consoles, their drives and apps."""
    consoles = await xbox.smartglass.console_list()
    assert consoles.result == await xbox.smartglass.consoles()
    assert consoles.status
    assert consoles.status.error_code is ErrorCode.OK
    console_id = consoles.result[0].id
    drives = await xbox.smartglass.storage_device_list(console_id)
    assert drives.device_id == console_id
    assert drives.result == await xbox.smartglass.storage_devices(console_id)
    apps = await xbox.smartglass.installed_app_list(console_id)
    assert apps.result == await xbox.smartglass.installed_apps(console_id)


async def test_everything_about_a_person(xbox: XboxLive, mika: str) -> None:
    """Case K: each decoration has its members, one of them for a title."""
    history = Decoration(f"titlehistory({STARFALL})")
    everything = (*Decoration, history)
    (person,) = (await xbox.people.by_xuid(mika, decorations=everything)).people
    assert person.is_identity_shared is False
    assert person.is_xbox_360_gamerpic is False
    assert person.color_theme == "gamerpicblur"
    assert person.social_manager
    assert person.avatar
    assert person.title_history
    assert person.title_history.title_id == STARFALL
    assert person.title_history.last_time_played


async def test_a_contract_that_is_not_spoken(xbox: XboxLive) -> None:
    """The error keeps what the service answered."""
    with pytest.raises(UnexpectedResponse) as problem:
        await xbox.profiles(contract=99).own()
    assert problem.value.status == 400
