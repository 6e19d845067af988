"""What verbs ask of the services: presence, people, profiles, titles, catalogue."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from custom_components.xbox_console.xboxlive.client import XboxLive
from custom_components.xbox_console.xboxlive.model import Json
from custom_components.xbox_console.xboxlive.services.catalog import (
    AlternateId,
    Template,
)
from custom_components.xbox_console.xboxlive.services.gamepass import GamePassList
from custom_components.xbox_console.xboxlive.services.people import Decoration
from custom_components.xbox_console.xboxlive.services.presence import Level, Visibility
from custom_components.xbox_console.xboxlive.services.profile import Setting
from custom_components.xbox_console.xboxlive.services.titlehub import TitleField
from tests.client.scripted import OWN_XUID

THEM = "2533270000000102"
SCID = "00000000-0000-0000-0000-00006a1b2c3d"
PFN = "LanternWorks.PaperHarbour_q3x7n2v9k5m1p"


async def all_of[T](items: AsyncIterator[T]) -> list[T]:
    """Read a list to its end."""
    return [item async for item in items]


type Call = Callable[[XboxLive], Awaitable[Any]]

CALLS: dict[str, tuple[Call, str, str, str, str, Json]] = {
    # name: call, answer, contract, method and path, query, body
    "presence own": (
        lambda xbox: xbox.presence.own(),
        "presence_online",
        "3",
        "GET /userpresence.xboxlive.com/users/me",
        "level=all",
        None,
    ),
    "presence of": (
        lambda xbox: xbox.presence.of(THEM, Level.DEVICE),
        "presence_online",
        "3",
        f"GET /userpresence.xboxlive.com/users/xuid({THEM})",
        "level=device",
        None,
    ),
    "presence batch": (
        lambda xbox: xbox.presence.batch([THEM], online_only=True),
        "presence_list",
        "3",
        "POST /userpresence.xboxlive.com/users/batch",
        "",
        {"users": [THEM], "level": "all", "onlineOnly": True},
    ),
    "show as": (
        lambda xbox: xbox.presence.show_as(Visibility.CLOAKED),
        "",
        "3",
        f"PUT /userpresence.xboxlive.com/users/xuid({OWN_XUID})/state",
        "",
        {"state": "Cloaked"},
    ),
    "friends": (
        lambda xbox: xbox.people.friends(),
        "people_list",
        "7",
        (
            "GET /peoplehub.xboxlive.com/users/me/people/friends/decoration/"
            "preferredColor,detail,multiplayerSummary,presenceDetail"
        ),
        "",
        None,
    ),
    "friends of": (
        lambda xbox: xbox.people.friends_of(THEM, list(Decoration)[:2]),
        "people_list",
        "7",
        (
            f"GET /peoplehub.xboxlive.com/users/xuid({THEM})/people/friends/decoration/"
            "suggestion,recentPlayer"
        ),
        "",
        None,
    ),
    "people by xuid": (
        lambda xbox: xbox.people.by_xuid(THEM, "3", decorations=[Decoration.AVATAR]),
        "people_list",
        "7",
        f"GET /peoplehub.xboxlive.com/users/me/people/xuids({THEM},3)/decoration/avatar",
        "",
        None,
    ),
    "people batch": (
        lambda xbox: xbox.people.batch([THEM], [Decoration.DETAIL]),
        "people_list",
        "7",
        "POST /peoplehub.xboxlive.com/users/me/people/batch/decoration/detail",
        "",
        {"xuids": [THEM]},
    ),
    "recommendations": (
        lambda xbox: xbox.people.recommendations(),
        "people_list",
        "7",
        "GET /peoplehub.xboxlive.com/users/me/people/recommendations/decoration/detail",
        "",
        None,
    ),
    "recent players": (
        lambda xbox: xbox.people.recent_players(),
        "people_list",
        "7",
        "GET /peoplehub.xboxlive.com/users/me/people/recentplayers",
        "",
        None,
    ),
    "summary own": (
        lambda xbox: xbox.social.own(),
        "people_summary",
        "2",
        "GET /social.xboxlive.com/users/me/summary",
        "",
        None,
    ),
    "summary of": (
        lambda xbox: xbox.social.of(THEM),
        "people_summary",
        "2",
        f"GET /social.xboxlive.com/users/xuid({THEM})/summary",
        "",
        None,
    ),
    "summary of gamertag": (
        lambda xbox: xbox.social.of_gamertag("Ä/b c#1"),
        "people_summary",
        "2",
        "GET /social.xboxlive.com/users/gt(%C3%84%2Fb%20c%231)/summary",
        "",
        None,
    ),
    "profile own": (
        lambda xbox: xbox.profiles.own([Setting.GAMERTAG, Setting.BIO]),
        "profile_list",
        "3",
        "GET /profile.xboxlive.com/users/me/profile/settings",
        "settings=Gamertag,Bio",
        None,
    ),
    "profile of": (
        lambda xbox: xbox.profiles.of(THEM, [Setting.GAMERTAG]),
        "profile_list",
        "3",
        f"GET /profile.xboxlive.com/users/xuid({THEM})/profile/settings",
        "settings=Gamertag",
        None,
    ),
    "profile of gamertag": (
        lambda xbox: xbox.profiles.of_gamertag("Tin Captain", [Setting.GAMERTAG]),
        "profile_list",
        "3",
        "GET /profile.xboxlive.com/users/gt(Tin%20Captain)/profile/settings",
        "settings=Gamertag",
        None,
    ),
    "profile batch": (
        lambda xbox: xbox.profiles.batch([THEM], [Setting.GAMERTAG]),
        "profile_list",
        "3",
        "POST /profile.xboxlive.com/users/batch/profile/settings",
        "",
        {"settings": ["Gamertag"], "userIds": [THEM]},
    ),
    "title history": (
        lambda xbox: xbox.titlehub.history(THEM, limit=5),
        "titlehub_list",
        "2",
        (
            f"GET /titlehub.xboxlive.com/users/xuid({THEM})/titles/titlehistory/decoration/"
            "achievement,image,scid"
        ),
        "maxItems=5",
        None,
    ),
    "title": (
        lambda xbox: xbox.titlehub.title(THEM, "17", [TitleField.IMAGE]),
        "titlehub_list",
        "2",
        f"GET /titlehub.xboxlive.com/users/xuid({THEM})/titles/titleid(17)/decoration/image",
        "",
        None,
    ),
    "title of package": (
        lambda xbox: xbox.titlehub.title_of_package(THEM, PFN, [TitleField.IMAGE]),
        "titlehub_list",
        "2",
        f"GET /titlehub.xboxlive.com/users/xuid({THEM})/titles/pfn({PFN})/decoration/image",
        "",
        None,
    ),
    "own title": (
        lambda xbox: xbox.titlehub.own_title("17", [TitleField.IMAGE]),
        "titlehub_list",
        "2",
        f"GET /titlehub.xboxlive.com/users/xuid({OWN_XUID})/titles/titleid(17)/decoration/image",
        "",
        None,
    ),
    "own title of package": (
        lambda xbox: xbox.titlehub.own_title_of_package(PFN, [TitleField.IMAGE]),
        "titlehub_list",
        "2",
        f"GET /titlehub.xboxlive.com/users/xuid({OWN_XUID})/titles/pfn({PFN})/decoration/image",
        "",
        None,
    ),
    "title batch": (
        lambda xbox: xbox.titlehub.batch([PFN], [TitleField.IMAGE]),
        "titlehub_list",
        "2",
        "POST /titlehub.xboxlive.com/titles/batch/decoration/image",
        "",
        {"pfns": [PFN], "windowsPhoneProductIds": []},
    ),
    "products": (
        lambda xbox: xbox.catalog.products(["9A", "9B"], Template.BROWSE),
        "catalog_products",
        "",
        "GET /displaycatalog.mp.microsoft.com/v7.0/products",
        "bigIds=9A,9B&actionFilter=Browse&fieldsTemplate=browse&market=DE&languages=de-DE",
        None,
    ),
    "product by package": (
        lambda xbox: xbox.catalog.lookup(AlternateId.PACKAGE_FAMILY_NAME, PFN),
        "catalog_products",
        "",
        "GET /displaycatalog.mp.microsoft.com/v7.0/products/lookup",
        (
            f"alternateId=PackageFamilyName&value={PFN}&fieldsTemplate=details&top=25"
            "&market=DE&languages=de-DE"
        ),
        None,
    ),
    "hidden package": (
        lambda xbox: xbox.catalog.lookup(
            AlternateId.PACKAGE_FAMILY_NAME, "Microsoft.Xbox.LiveTV_8wekyb3d8bbwe"
        ),
        "catalog_products",
        "",
        "GET /displaycatalog.mp.microsoft.com/v7.0/products/lookup",
        (
            "alternateId=XboxTitleId&value=371594669&fieldsTemplate=details&top=25"
            "&market=DE&languages=de-DE"
        ),
        None,
    ),
    "game pass": (
        lambda xbox: xbox.gamepass.products(GamePassList.LEAVING),
        "gamepass_list",
        "",
        "GET /catalog.gamepass.com/sigls/v2",
        "id=393f05bf-e596-4ef6-9487-6d4fa0eab987&language=de-de&market=DE",
        None,
    ),
    "store search": (
        lambda xbox: xbox.catalog.search("paper & fog"),
        "catalog_search",
        "",
        "GET /displaycatalog.mp.microsoft.com/v7.0/productFamilies/autosuggest",
        (
            "query=paper & fog&productFamilyNames=Games,Apps&platformdependencyname=windows.xbox"
            "&topProducts=5&market=DE&languages=de-DE"
        ),
        None,
    ),
    "status page": (
        lambda xbox: xbox.status.report(),
        "status_report",
        "",
        "GET /xnotify.xboxlive.com/servicestatusv6/DE/de-DE",
        "",
        None,
    ),
}
