"""What of the client stands for what of the documents that it was made from.

A method is `its equivalent`, followed by `theirs=ours` for parameters that are called otherwise:
`@session` is known from the sign-in, `@self` is what the method belongs to, and `@` with another
name is what a service can be called with. An equivalent is a verb of a service (`people.friends`),
perhaps with the arguments that make it one, or `module:name`.
"""

from collections.abc import Mapping

_CONSOLE = "device_id=console_id"
_SENT = "device_id=@self"
_LISTED = "skip_items=skip max_items=page_size"
_DECORATED = "decoration_fields=decorations"
_STATISTICS = "service_config_id=scid stats_fields=names"

_PYTHON_XBOX = {
    "XboxLiveClient": "client:XboxLive auth_mgr=session language=@language",
    "Session": "session:Session auth_mgr=authorizer",
    "Session.request": (
        "session:Session.request url=target include_auth=service include_cv=@headers"
    ),
    **{
        f"Session.{method}": "session:Session.send url=address"
        for method in ("get", "options", "head", "post", "put", "patch", "delete")
    },
    "account.claim_gamertag": "account.reserve_gamertag xuid=@session",
    "account.change_gamertag": "account.change_gamertag xuid=@session",
    "achievements.get_achievements_detail_item": "achievements.one",
    "achievements.get_achievements_xboxone_gameprogress": "achievements.of_title",
    "achievements.get_achievements_xboxone_recent_progress_and_info": "achievements.progress",
    "achievements.get_achievements_xboxone_recent_unlocks": "achievements.latest",
    "achievements.get_achievements_xbox360_all": "achievements_360.of_title",
    "achievements.get_achievements_xbox360_earned": "achievements_360.earned",
    "achievements.get_achievements_xbox360_recent_progress_and_info": (
        "achievements_360.progress"
    ),
    "achievements.get_achievements_xbox360_recent_unlocks": "achievements_360.latest",
    "catalog.get_products": "catalog.products",
    "catalog.get_product_from_alternate_id": "catalog.lookup",
    "catalog.product_search": "catalog.search",
    "cqs.get_channel_list": "channels.channels locale_info=@language",
    "cqs.get_schedule": (
        "channels.schedule locale_info=@language start_date=start "
        "duration_minutes=minutes channel_skip=skip channel_count=count"
    ),
    **{
        f"{service}.get_{which}_{whose}": f"{ours} {_LISTED if 'own' in whose or 'xuid' in whose else ''}"
        for service, things in (("gameclips", "clips"), ("screenshots", "screenshots"))
        for which, saved in (("recent", ""), ("saved", "(saved=True)"))
        for whose, ours in (
            (f"own_{things}", f"{service}.own{saved}"),
            (f"{things}_by_xuid", f"{service}.of{saved}"),
            (f"community_{things}_by_title_id", f"{service}.community{saved}"),
        )
    },
    "lists.get_items": "pins.get listname=name",
    "lists.insert_items": "pins.insert post_body=pins listname=name",
    "lists.remove_items": "pins.remove post_body=pins listname=name",
    "mediahub.fetch_own_clips": "mediahub.clips count=page_size",
    "mediahub.fetch_own_screenshots": "mediahub.screenshots count=page_size",
    "message.get_inbox": "messages.inbox max_items=page_size",
    "message.get_conversation": "messages.conversation max_items=page_size",
    "message.send_message": "messages.send message_text=text",
    "message.delete_message": "messages.delete_message",
    "message.delete_conversation": "messages.delete_conversation",
    "people.get_friends_own": f"people.friends {_DECORATED}",
    "people.get_friends_by_xuid": f"people.by_xuid xuid=xuids {_DECORATED}",
    "people.get_friends_own_batch": f"people.batch {_DECORATED}",
    "people.get_friend_recommendations": f"people.recommendations {_DECORATED}",
    "people.get_friends_summary_own": "social.own",
    "people.get_friends_summary_by_xuid": "social.of",
    "people.get_friends_summary_by_gamertag": "social.of_gamertag",
    "presence.get_presence": "presence.of presence_level=level",
    "presence.get_presence_batch": "presence.batch presence_level=level",
    "presence.get_presence_own": "presence.own presence_level=level",
    "presence.set_presence_own": "presence.show_as presence_state=visibility",
    "profile.get_profiles": "profiles.batch xuid_list=xuids",
    "profile.get_profile_by_xuid": "profiles.of target_xuid=xuid",
    "profile.get_profile_by_gamertag": "profiles.of_gamertag",
    "smartglass.get_console_list": "smartglass.consoles include_storage_devices=storage",
    "smartglass.get_installed_apps": f"smartglass.installed_apps {_CONSOLE}",
    "smartglass.get_storage_devices": f"smartglass.storage_devices {_CONSOLE}",
    "smartglass.get_console_status": f"smartglass.status {_CONSOLE}",
    "smartglass.get_op_status": f"smartglass.operation {_CONSOLE}",
    **{
        f"smartglass.{name.lower()}": f"services.commands:{name} {_SENT}"
        for name in (
            *("WAKE_UP", "TURN_OFF", "REBOOT", "MUTE", "UNMUTE", "PLAY", "PAUSE"),
            *("PREVIOUS", "NEXT", "GO_HOME", "GO_BACK", "SHOW_TV_GUIDE"),
        )
    },
    "smartglass.volume": f"services.commands:volume {_SENT} amount=steps",
    "smartglass.show_guide_tab": f"services.commands:show_guide_tab {_SENT}",
    "smartglass.press_button": f"services.commands:tap {_SENT} button=key",
    "smartglass.insert_text": f"services.commands:type_text {_SENT}",
    "smartglass.launch_app": (
        f"services.commands:launch {_SENT} one_store_product_id=product_id"
    ),
    "titlehub.get_title_history": "titlehub.history max_items=limit",
    "titlehub.get_title_info": "titlehub.own_title",
    "titlehub.get_title_info_by_pfn": (
        "titlehub.own_title_of_package pfn=package_family_name"
    ),
    "titlehub.get_titles_batch": "titlehub.batch pfns=package_family_names",
    "usersearch.get_live_search": "usersearch.suggest query=text",
    "userstats.get_stats": f"userstats.of {_STATISTICS}",
    "userstats.get_stats_with_metadata": f"userstats.with_metadata {_STATISTICS}",
    "userstats.get_stats_batch": "userstats.batch stats_fields=names",
    "userstats.get_stats_batch_by_scid": f"userstats.batch_by_scid {_STATISTICS}",
    "AuthenticationManager": (
        "auth.apps:own_app client_session=@session client_secret=secret"
    ),
    "AuthenticationManager.generate_authorization_url": (
        "auth.microsoft:Microsoft.authorization_address"
    ),
    "AuthenticationManager.request_tokens": (
        "auth.signin:OwnAppSignIn authorization_code=code"
    ),
    "AuthenticationManager.refresh_tokens": "auth.chain:Chain.authorization",
    "AuthenticationManager.request_oauth_token": (
        "auth.microsoft:Microsoft.redeem authorization_code=code"
    ),
    "AuthenticationManager.refresh_oauth_token": "auth.microsoft:Microsoft.refresh",
    "AuthenticationManager.request_user_token": (
        "auth.xbox:Xbox.user use_compact_ticket=app"
    ),
    "AuthenticationManager.request_xsts_token": "auth.xbox:Xbox.xsts",
    "XALManager": (
        "auth.signin:AddressSignIn session=transport device_id=keep app_params=app "
        "client_params=platform"
    ),
    "XALManager.auth_flow": "auth.signin:AddressSignIn.finish user_input_cb=pasted",
    "XALManager.get_title_endpoints": "endpoints.all session=@session",
    "XALManager.request_device_token": "auth.xbox:Xbox.device",
    "XALManager.exchange_code_for_token": (
        "auth.microsoft:Microsoft.redeem authorization_code=code code_verifier=pkce"
    ),
    "XALManager.refresh_token": (
        "auth.microsoft:Microsoft.refresh refresh_token_jwt=token"
    ),
    "XALManager.request_sisu_authentication": (
        "auth.xbox:Xbox.sisu_authenticate device_token_jwt=device_token "
        "code_challenge=pkce"
    ),
    "XALManager.do_sisu_authorization": (
        "auth.xbox:Xbox.sisu_authorize sisu_session_id=session "
        "access_token_jwt=microsoft device_token_jwt=device_token"
    ),
    "XALManager.xsts_authorization": (
        "auth.xbox:Xbox.xsts device_token_jwt=device title_token_jwt=title "
        "user_token_jwt=user"
    ),
}

METHODS: Mapping[str, Mapping[str, str]] = {
    "python-xbox 0.4.0": _PYTHON_XBOX,
    "xbox": {
        "Client.authenticate": "auth.signin:DeviceCodeSignIn login=@session password=@session",
        "GamerProfile.from_gamertag": "client:XboxLive.player",
        "GamerProfile.from_xuid": "client:XboxLive.player",
        "GamerProfile.clips": "player:Player.clips",
        "Clip.get": "gameclips.one",
        "Clip.saved_from_user": "player:Player.clips(saved=True) user=@self",
        "Clip.latest_from_user": "player:Player.clips user=@self",
    },
    "POST (/batch)": {
        "batch": (
            "userstats.requested requestedusers=xuids requestedscids=names_by_scid "
            "scid=names_by_scid requestedstats=names_by_scid "
            "X-RequestedServiceVersion=@headers Authorization=@session"
        ),
    },
    "captures": {
        "search": (
            "mediahub.clips max=page_size maxPageSize=page_size query=xuid "
            "continuationToken=@self"
        ),
        "search one": "mediahub.clip localId=local_id",
        "delete": "mediahub.delete_clip contentId=content_id headers=@headers",
    },
    "pyscx": {
        "API": "client:XboxLive tokens=session server=session",
        "APIObject.raw": "model:Model.raw(drop_none=True)",
        "MethodsGroup": "service:ServiceClient.__call__ region=@language token=@headers",
    },
}

MEMBERS: Mapping[str, Mapping[str, str]] = {
    "python-xbox 0.4.0": {
        "client.XboxLiveClient": "session:Session",
        "cqs.Image": "channels:ChannelImage",
        "cqs.ListChannel": "channels:Channel",
        "cqs.ScheduleChannel": "channels:Channel",
        "cqs.CqsChannelListResponse": "channels:ChannelList",
        "cqs.CqsScheduleResponse": "channels:ChannelList",
        "cqs.Genre": "channels:Genre",
        "cqs.ParentSeries": "channels:ParentSeries",
        "cqs.Program": "channels:Program",
        "gameclips.GameClip": "gameclips:GameClip",
        "gameclips.GameClipUri": "gameclips:CaptureUri",
        "gameclips.GameclipsResponse": "gameclips:GameClipPage",
        "gameclips.PagingInfo": "service:PagingInfo",
        "gameclips.Thumbnail": "gameclips:Thumbnail",
        "lists.Item": "pins:Pin",
        "lists.ListItem": "pins:ListItem",
        "lists.ListMetadata": "pins:ListMetadata",
        "lists.ListsResponse": "pins:PinList",
        "mediahub.ContentLocator": "mediahub:ContentLocator",
        "mediahub.ContentSegment": "mediahub:ContentSegment",
        "mediahub.GameclipContent": "mediahub:Clip",
        "mediahub.MediahubGameclips": "mediahub:ClipPage",
        "mediahub.MediahubScreenshots": "mediahub:ScreenshotPage",
        "mediahub.ScreenshotContent": "mediahub:Screenshot",
        "message.Content": "messages:Content",
        "message.ContentPayload": "messages:Payload",
        "message.Conversation": "messages:Conversation",
        "message.ConversationResponse": "messages:Conversation",
        "message.InboxResponse": "messages:Inbox",
        "message.Message": "messages:Message",
        "message.Part": "messages:Part",
        "message.Primary": "messages:Folder",
        "message.SafetySettings": "messages:SafetySettings",
        "message.SendMessageResponse": "messages:SentMessage",
        **{
            f"people.{theirs}": f"people:{ours}"
            for theirs, ours in (
                *(("Avatar", "Avatar"), ("Detail", "PersonDetail")),
                *(("Follower", "Follower"), ("Person", "Person")),
                ("FriendFinderState", "FriendFinderState"),
                ("FriendRequestSummary", "FriendRequestSummary"),
                ("LinkedAccount", "LinkedAccount"),
                ("MultiplayerSummary", "MultiplayerSummary"),
                *(("PartyDetails", "PartyDetails"), ("PeopleResponse", "PeopleList")),
                ("PreferredColor", "PreferredColor"),
                ("PresenceDetail", "PresenceDetail"),
                ("RecentPlayer", "RecentPlayer"),
                ("Recommendation", "Recommendation"),
                ("RecommendationSummary", "RecommendationSummary"),
                *(("SessionRef", "SessionRef"), ("SocialManager", "SocialManager")),
                *(("Suggestion", "Suggestion"), ("TitlePresence", "TitlePresence")),
            )
        },
        "people.PeopleSummaryResponse": "social:SocialSummary",
        "presence.ActivityRecord": "presence:Activity",
        "presence.DeviceRecord": "presence:PresenceDevice",
        "presence.LastSeen": "presence:LastSeen",
        "presence.PresenceBatchResponse": "presence:Presence root=batch",
        "presence.PresenceItem": "presence:PresenceRecord",
        "presence.TitleRecord": "presence:PresenceTitle",
        "profile.ProfileResponse": "profile:ProfileList",
        "profile.ProfileUser": "profile:Profile",
        "profile.Setting": "profile:ProfileSetting",
        "screenshots.PagingInfo": "service:PagingInfo",
        "screenshots.Screenshot": "screenshots:ScreenshotMetadata",
        "screenshots.ScreenshotResponse": "screenshots:ScreenshotMetadataPage",
        "screenshots.ScreenshotUri": "gameclips:CaptureUri",
        "screenshots.Thumbnail": "gameclips:Thumbnail",
        "smartglass.CommandDestination": "consoles:Destination",
        "smartglass.CommandResponse": "consoles:CommandReply",
        "smartglass.InstalledPackage": "consoles:InstalledApp",
        "smartglass.InstalledPackagesList": "consoles:InstalledAppList",
        "smartglass.OpStatusNode": "consoles:Operation",
        "smartglass.OperationStatusResponse": "consoles:OperationList",
        "smartglass.SmartglassApiStatus": "consoles:ApiStatus",
        "smartglass.SmartglassConsole": "consoles:Console",
        "smartglass.SmartglassConsoleList": "consoles:ConsoleList",
        "smartglass.SmartglassConsoleStatus": "consoles:ConsoleStatus",
        "smartglass.StorageDevice": "consoles:StorageDevice",
        "smartglass.StorageDevicesList": "consoles:StorageDeviceList",
        "titlehub.Achievement": "titlehub:TitleAchievement",
        "titlehub.Attribute": "titlehub:Attribute",
        "titlehub.Availability": "titlehub:Availability",
        "titlehub.Detail": "titlehub:TitleDetail",
        "titlehub.GamePass": "titlehub:GamePass",
        "titlehub.Image": "titlehub:TitleImage",
        "titlehub.Stats": "titlehub:TitleStats",
        "titlehub.Title": "titlehub:Title",
        "titlehub.TitleHistory": "people:TitleHistory",
        "titlehub.TitleHubResponse": "titlehub:TitleList",
        "usersearch.UserDetail": "usersearch:FoundUser",
        "usersearch.UserResult": "usersearch:FoundUserResult",
        "usersearch.UserSearchResponse": "usersearch:FoundUserList",
        "userstats.Group": "userstats:StatisticGroup",
        "userstats.GroupProperties": "userstats:StatisticProperties",
        "userstats.Properties": "userstats:StatisticProperties",
        "userstats.Stat": "userstats:Statistic",
        "userstats.StatListsCollectionItem": "userstats:StatisticList",
        "userstats.UserStatsResponse": "userstats:Statistics",
    },
    "xbox": {
        "GamerProfile": "player:Player gamerpic=picture",
        "Clip": (
            "gameclips:GameClip user=xuid clip_id=game_clip_id duration=duration_in_seconds "
            "saved=saved_by_user ratings=rating_count caption=user_caption "
            "recorded=date_recorded"
        ),
    },
    "POST (/batch)": {
        "response": "userstats:RequestedStatistics",
        "user": "userstats:RequestedUser",
        "scid": "userstats:RequestedScid",
        "stat": "userstats:RequestedStatistic",
    },
    "captures": {
        "page": "mediahub:ClipPage",
        "entity": "mediahub:Clip",
        "locator": "mediahub:ContentLocator",
        "segment": "mediahub:ContentSegment",
    },
}

WORDS: Mapping[str, Mapping[str, str]] = {
    "python-xbox 0.4.0": {
        "people.PeopleDecoration": "people:Decoration",
        "presence.PresenceLevel": "presence:Level",
        "presence.PresenceState": "presence:Visibility",
        "profile.ProfileSettings": "profile:Setting",
        "smartglass.ConsoleType": "consoles:ConsoleType",
        "smartglass.ErrorCode": "consoles:ErrorCode",
        "smartglass.GuideTab": "commands:GuideTab",
        "smartglass.InputKeyType": "commands:Key",
        "smartglass.OpStatus": "consoles:OperationStatus",
        "smartglass.PlaybackState": "consoles:PlaybackState",
        "smartglass.PowerState": "consoles:PowerState",
        "smartglass.VolumeDirection": "commands:Direction",
        "titlehub.TitleFields": "titlehub:TitleField",
    },
    "captures": {"locatorType": "mediahub:Locator"},
}

OTHERS: Mapping[str, Mapping[str, str]] = {
    "python-xbox 0.4.0": {
        "MESSAGE_MAX_LEN": "messages:LONGEST_MESSAGE",
        "DEFAULT_SCOPES": "auth.apps:OWN_APP_SCOPES",
        "APP_PARAMS_FAMILY_SETTINGS": "auth.apps:FAMILY_SETTINGS_APP",
        "APP_PARAMS_GAMEPASS": "auth.apps:GAME_PASS_APP",
        "APP_PARAMS_GAMEPASS_BETA": "auth.apps:GAME_PASS_BETA_APP",
        "APP_PARAMS_XBOX_APP": "auth.apps:XBOX_APP",
        "APP_PARAMS_XBOX_BETA_APP": "auth.apps:XBOX_BETA_APP",
        "CLIENT_PARAMS_ANDROID": "auth.platforms:ANDROID",
        "CLIENT_PARAMS_IOS": "auth.platforms:IOS",
        "account.ClaimGamertagResult": "account:Account.reserve_gamertag",
        "account.ChangeGamertagResult": "account:NoFreeChange",
        "language.DefaultXboxLiveLanguages": "session:Session",
        "userstats.GeneralStatsField": "userstats:MINUTES_PLAYED",
    },
    "xbox": {
        "XboxException": "errors:XboxError",
        "AuthenticationException": "errors:AuthError",
        "InvalidRequest": "errors:UnexpectedResponse",
        "NotFoundException": "errors:NotFound",
        "GamertagNotFound": "errors:GamertagNotFound",
        "ClipNotFound": "errors:ClipNotFound",
    },
    "POST (/batch)": {
        "200": "userstats:RequestedStatistics",
        "304": "errors:NotModified",
        "400": "errors:UnexpectedResponse",
        "401": "errors:AccessDenied",
        "403": "errors:AccessDenied",
        "404": "errors:NotFound",
        "406": "errors:ContractNotSupported",
        "408": "errors:ServiceUnavailable",
    },
    "pyscx": {"MissingTokenError": "errors:SignInRequired"},
}
