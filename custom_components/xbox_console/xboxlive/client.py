"""The Xbox network as one object: one attribute a service."""

from .activity.channel import Activity
from .player import Player
from .services.account import Account
from .services.achievements import Achievements, Achievements360
from .services.catalog import Catalog
from .services.channels import Channels
from .services.endpoints import Endpoints
from .services.family import Family
from .services.gameclips import GameClips
from .services.gamepass import GamePass
from .services.mediahub import Mediahub
from .services.messages import Messages
from .services.people import People
from .services.pins import Pins
from .services.presence import Presence
from .services.profile import Profiles
from .services.screenshots import Screenshots
from .services.smartglass import Smartglass
from .services.social import Social
from .services.status import ServiceStatus
from .services.titlehub import Titlehub
from .services.usersearch import UserSearch
from .services.userstats import Userstats
from .session import Session


class XboxLive:
    """The services of the Xbox network for one signed-in account."""

    def __init__(self, session: Session) -> None:
        """Share one session, and with it the limits and the sign-in, among all services."""
        self.session = session
        self.activity = Activity(session)
        self.account = Account(session)
        self.achievements = Achievements(session)
        self.achievements_360 = Achievements360(session)
        self.catalog = Catalog(session)
        self.channels = Channels(session)
        self.endpoints = Endpoints(session)
        self.family = Family(session)
        self.gameclips = GameClips(session)
        self.gamepass = GamePass(session)
        self.mediahub = Mediahub(session)
        self.messages = Messages(session)
        self.people = People(session)
        self.pins = Pins(session)
        self.presence = Presence(session)
        self.profiles = Profiles(session)
        self.screenshots = Screenshots(session)
        self.smartglass = Smartglass(session)
        self.social = Social(session)
        self.status = ServiceStatus(session)
        self.titlehub = Titlehub(session)
        self.usersearch = UserSearch(session)
        self.userstats = Userstats(session)

    async def player(
        self, gamertag: str | None = None, *, xuid: str | None = None
    ) -> Player:
        """A player by gamertag or XUID, else the account itself. Raises NotFound."""
        if xuid is not None:
            profile = await self.profiles.of(xuid)
        elif gamertag is not None:
            profile = await self.profiles.of_gamertag(gamertag)
        else:
            profile = await self.profiles.own()
        return Player(profile, self.gameclips, self.screenshots)
