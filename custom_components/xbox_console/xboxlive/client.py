"""The Xbox network as one object: one attribute a service."""

from .services.catalog import Catalog
from .services.people import People, Social
from .services.presence import Presence
from .services.smartglass import Smartglass
from .services.titlehub import Titlehub
from .session import Session


class XboxLive:
    """The services of the Xbox network for one signed-in account."""

    def __init__(self, session: Session) -> None:
        """Share one session, and with it the limits and the sign-in, among all services."""
        self.session = session
        self.catalog = Catalog(session)
        self.people = People(session)
        self.presence = Presence(session)
        self.smartglass = Smartglass(session)
        self.social = Social(session)
        self.titlehub = Titlehub(session)
