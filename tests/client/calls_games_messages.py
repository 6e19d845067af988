"""What verbs ask of the services: achievements, statistics, messages, lists."""

from datetime import UTC, datetime

from custom_components.xbox_console.xboxlive.model import Json
from custom_components.xbox_console.xboxlive.services.pins import Pin
from tests.client.calls_people_titles import SCID, THEM, Call, all_of
from tests.client.scripted import OWN_XUID

CALLS: dict[str, tuple[Call, str, str, str, str, Json]] = {
    # name: call, answer, contract, method and path, query, body
    "achievements": (
        lambda xbox: all_of(xbox.achievements.of_title(THEM, "17")),
        "achievements_page",
        "4",
        f"GET /achievements.xboxlive.com/users/xuid({THEM})/achievements",
        "titleId=17&maxItems=100",
        None,
    ),
    "latest achievements": (
        lambda xbox: all_of(xbox.achievements.latest(THEM)),
        "achievements_page",
        "4",
        f"GET /achievements.xboxlive.com/users/xuid({THEM})/achievements",
        "unlockedOnly=true&orderBy=UnlockTime&maxItems=32",
        None,
    ),
    "achievement": (
        lambda xbox: xbox.achievements.one(THEM, SCID, "5"),
        "achievements_page",
        "4",
        f"GET /achievements.xboxlive.com/users/xuid({THEM})/achievements/{SCID}/5",
        "",
        None,
    ),
    "progress": (
        lambda xbox: all_of(xbox.achievements.progress(THEM)),
        "achievements_progress",
        "4",
        f"GET /achievements.xboxlive.com/users/xuid({THEM})/history/titles",
        "maxItems=32",
        None,
    ),
    "achievements 360": (
        lambda xbox: all_of(xbox.achievements_360.of_title(THEM, "17")),
        "achievements_360_page",
        "3",
        f"GET /achievements.xboxlive.com/users/xuid({THEM})/titleachievements",
        "titleId=17",
        None,
    ),
    "earned 360": (
        lambda xbox: all_of(xbox.achievements_360.earned(THEM, "17")),
        "achievements_360_page",
        "3",
        f"GET /achievements.xboxlive.com/users/xuid({THEM})/achievements",
        "titleId=17",
        None,
    ),
    "latest 360": (
        lambda xbox: all_of(xbox.achievements_360.latest(THEM, 3)),
        "achievements_360_page",
        "3",
        f"GET /achievements.xboxlive.com/users/xuid({THEM})/achievements",
        "unlockedOnly=true&orderBy=UnlockTime&maxItems=3",
        None,
    ),
    "progress 360": (
        lambda xbox: all_of(xbox.achievements_360.progress(THEM)),
        "achievements_360_progress",
        "3",
        f"GET /achievements.xboxlive.com/users/xuid({THEM})/history/titles",
        "maxItems=32",
        None,
    ),
    "statistics": (
        lambda xbox: xbox.userstats.of(THEM, SCID, ["A", "B"]),
        "userstats_batch",
        "2",
        f"GET /userstats.xboxlive.com/users/xuid({THEM})/scids/{SCID}/stats/A,B",
        "",
        None,
    ),
    "statistics with metadata": (
        lambda xbox: xbox.userstats.with_metadata(THEM, SCID),
        "userstats_batch",
        "3",
        f"GET /userstats.xboxlive.com/users/xuid({THEM})/scids/{SCID}/stats/MinutesPlayed",
        "include=valuemetadata",
        None,
    ),
    "statistics batch": (
        lambda xbox: xbox.userstats.batch([THEM], "17"),
        "userstats_batch",
        "2",
        "POST /userstats.xboxlive.com/batch",
        "",
        {
            "arrangebyfield": "xuid",
            "groups": [{"name": "Hero", "titleId": "17"}],
            "stats": [{"name": "MinutesPlayed", "titleId": "17"}],
            "xuids": [THEM],
        },
    ),
    "statistics batch by scid": (
        lambda xbox: xbox.userstats.batch_by_scid([THEM], SCID, ["A"]),
        "userstats_batch",
        "2",
        "POST /userstats.xboxlive.com/batch",
        "",
        {
            "arrangebyfield": "xuid",
            "groups": [{"name": "Hero", "scid": SCID}],
            "stats": [{"name": "A", "scid": SCID}],
            "xuids": [THEM],
        },
    ),
    "requested statistics": (
        lambda xbox: xbox.userstats.requested([THEM], {SCID: ["A", "B"]}),
        "userstats_requested",
        "1",
        "POST /userstats.xboxlive.com/batch",
        "",
        {
            "requestedusers": [int(THEM)],
            "requestedscids": [{"scid": SCID, "requestedstats": ["A", "B"]}],
        },
    ),
    "inbox": (
        lambda xbox: xbox.messages.inbox(),
        "messages_inbox",
        "1",
        "GET /xblmessaging.xboxlive.com/network/Xbox/users/me/inbox",
        "maxItems=100",
        None,
    ),
    "conversation": (
        lambda xbox: xbox.messages.conversation(THEM),
        "messages_conversation",
        "1",
        (
            "GET /xblmessaging.xboxlive.com/network/Xbox/users/me/conversations/users/"
            f"xuid({THEM})"
        ),
        "maxItems=100",
        None,
    ),
    "messages": (
        lambda xbox: all_of(xbox.messages.messages(THEM)),
        "messages_conversation",
        "1",
        (
            "GET /xblmessaging.xboxlive.com/network/Xbox/users/me/conversations/users/"
            f"xuid({THEM})"
        ),
        "maxItems=100",
        None,
    ),
    "send": (
        lambda xbox: xbox.messages.send(THEM, "Boats?"),
        "messages_sent",
        "1",
        (
            "POST /xblmessaging.xboxlive.com/network/Xbox/users/me/conversations/users/"
            f"xuid({THEM})"
        ),
        "",
        {"parts": [{"contentType": "text", "version": 0, "text": "Boats?"}]},
    ),
    "delete message": (
        lambda xbox: xbox.messages.delete_message("a/b", "7"),
        "",
        "1",
        "DELETE /xblmessaging.xboxlive.com/network/Xbox/users/me/conversations/a%2Fb/messages/7",
        "",
        None,
    ),
    "delete conversation": (
        lambda xbox: xbox.messages.delete_conversation("c", "9"),
        "",
        "2",
        "PUT /xblmessaging.xboxlive.com/network/Xbox/users/me/conversations/horizon",
        "",
        {
            "conversations": [
                {
                    "conversationId": "c",
                    "conversationType": "OneToOne",
                    "horizonType": "Delete",
                    "horizon": "9",
                }
            ]
        },
    ),
    "pins": (
        lambda xbox: xbox.pins.get(),
        "pins_list",
        "2",
        f"GET /eplists.xboxlive.com/users/xuid({OWN_XUID})/lists/PINS/XBLPins",
        "",
        None,
    ),
    "pins of": (
        lambda xbox: xbox.pins.get(xuid=THEM),
        "pins_list",
        "2",
        f"GET /eplists.xboxlive.com/users/xuid({THEM})/lists/PINS/XBLPins",
        "",
        None,
    ),
    "pin for": (
        lambda xbox: xbox.pins.insert([Pin(item_id="9A")], xuid=THEM),
        "pins_metadata",
        "2",
        f"POST /eplists.xboxlive.com/users/xuid({THEM})/lists/PINS/XBLPins",
        "",
        {"Items": [{"ItemId": "9A"}]},
    ),
    "unpin for": (
        lambda xbox: xbox.pins.remove([Pin(item_id="9A")], xuid=THEM),
        "pins_metadata",
        "2",
        f"DELETE /eplists.xboxlive.com/users/xuid({THEM})/lists/PINS/XBLPins",
        "",
        {"Items": [{"ItemId": "9A"}]},
    ),
    "pin": (
        lambda xbox: xbox.pins.insert([Pin(item_id="9A", content_type="DGame")]),
        "pins_metadata",
        "2",
        f"POST /eplists.xboxlive.com/users/xuid({OWN_XUID})/lists/PINS/XBLPins",
        "",
        {"Items": [{"ItemId": "9A", "ContentType": "DGame"}]},
    ),
    "unpin": (
        lambda xbox: xbox.pins.remove([Pin(item_id="9A")], "Other"),
        "pins_metadata",
        "2",
        f"DELETE /eplists.xboxlive.com/users/xuid({OWN_XUID})/lists/PINS/Other",
        "",
        {"Items": [{"ItemId": "9A"}]},
    ),
    "user search": (
        lambda xbox: xbox.usersearch.suggest("Lan"),
        "usersearch_list",
        "1",
        "GET /usersearch.xboxlive.com/suggest",
        "q=Lan",
        None,
    ),
    "reserve gamertag": (
        lambda xbox: xbox.account.reserve_gamertag("Tin Admiral"),
        "",
        "1",
        "POST /user.mgt.xboxlive.com/gamertags/reserve",
        "",
        {"Gamertag": "Tin Admiral", "ReservationId": OWN_XUID},
    ),
    "change gamertag": (
        lambda xbox: xbox.account.change_gamertag("Tin Admiral", preview=True),
        "",
        "2",
        "POST /accounts.xboxlive.com/users/current/profile/gamertag",
        "",
        {"gamertag": "Tin Admiral", "preview": True, "reservationId": int(OWN_XUID)},
    ),
    "channels": (
        lambda xbox: xbox.channels.channels("h 1"),
        "channels_list",
        "1.b",
        "GET /cqs.xboxlive.com/epg/de-DE/lineups/h%201/channels",
        "desired=vesper_mobile_lineup",
        None,
    ),
    "schedule": (
        lambda xbox: xbox.channels.schedule(
            "h1", datetime(2026, 3, 20, 23, 0, tzinfo=UTC), 60, skip=2, count=3
        ),
        "channels_schedule",
        "1.b",
        "GET /cqs.xboxlive.com/epg/de-DE/lineups/h1/programs",
        (
            "startDate=2026-03-20T23:00:00.000Z&durationMinutes=60&channelSkip=2&channelCount=3"
            "&desired=vesper_mobile_schedule"
        ),
        None,
    ),
}
