"""Which model reads which answer, and how to read all of one."""

from annotationlib import Format, get_annotations
from collections.abc import Callable, Iterator
import json
from pathlib import Path

from custom_components.xbox_console.xboxlive.model import Json, Model
from custom_components.xbox_console.xboxlive.services import (
    achievements,
    catalog,
    channels,
    consoles,
    gameclips,
    gamepass,
    mediahub,
    messages,
    people,
    pins,
    presence,
    profile,
    screenshots,
    social,
    status,
    titlehub,
    usersearch,
    userstats,
)

SAMPLES = Path(__file__).parent / "samples"
"""Answers in the shapes of the real ones, about people, titles and consoles that do not exist."""

MODELS: dict[str, type[Model]] = {
    "achievements_360_page": achievements.AchievementPage360,
    "achievements_360_progress": achievements.ProgressPage360,
    "achievements_page": achievements.AchievementPage,
    "achievements_progress": achievements.ProgressPage,
    "catalog_products": catalog.ProductList,
    "catalog_search": catalog.FoundList,
    "channels_list": channels.ChannelList,
    "channels_schedule": channels.ChannelList,
    "gameclips_one": gameclips.GameClipAnswer,
    "gameclips_page": gameclips.GameClipPage,
    "gamepass_list": gamepass.GamePassLine,
    "mediahub_clips": mediahub.ClipPage,
    "mediahub_screenshots": mediahub.ScreenshotPage,
    "messages_conversation": messages.Conversation,
    "messages_inbox": messages.Inbox,
    "messages_no_conversation": messages.Conversation,
    "messages_sent": messages.SentMessage,
    "people_list": people.PeopleList,
    "people_summary": social.SocialSummary,
    "pins_list": pins.PinList,
    "pins_metadata": pins.ListMetadata,
    "presence_list": presence.PresenceRecord,
    "presence_online": presence.PresenceRecord,
    "profile_list": profile.ProfileList,
    "screenshots_page": screenshots.ScreenshotMetadataPage,
    "smartglass_apps": consoles.InstalledAppList,
    "smartglass_command": consoles.CommandReply,
    "smartglass_consoles": consoles.ConsoleList,
    "smartglass_drives": consoles.StorageDeviceList,
    "smartglass_install_events": consoles.InstallEventList,
    "smartglass_operation_flat": consoles.OperationList,
    "smartglass_operation_list": consoles.OperationList,
    "smartglass_status": consoles.ConsoleStatus,
    "status_report": status.StatusReport,
    "titlehub_list": titlehub.TitleList,
    "userstats_batch": userstats.Statistics,
    "userstats_requested": userstats.RequestedStatistics,
    "usersearch_list": usersearch.FoundUserList,
}


def sample(name: str) -> Json:
    """An answer as JSON."""
    answer: Json = json.loads((SAMPLES / f"{name}.json").read_text())
    return answer


def reader(model: type[Model], answer: Json) -> Callable[[object], tuple[Model, ...]]:
    """How to read answers of this kind: as one object, or as a list of them."""
    if isinstance(answer, list):
        return model.model_validate_list
    return lambda json: (model.model_validate(json),)


def member_names(model: type[Model]) -> list[str]:
    """The members that a model declares."""
    return [
        name
        for kind in model.__mro__
        if issubclass(kind, Model) and kind is not Model
        for name in get_annotations(kind, format=Format.STRING)
    ]


def everything(model: Model) -> Iterator[tuple[Model, str, object]]:
    """Read each member of a model and of the models in it."""
    for name in member_names(type(model)):
        value = getattr(model, name)
        yield model, name, value
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Model):
                yield from everything(part)
