"""The Xbox network as one object: one attribute a service."""

from .services.smartglass import Smartglass
from .session import Session


class XboxLive:
    """The services of the Xbox network for one signed-in account."""

    def __init__(self, session: Session) -> None:
        """Share one session, and with it the limits and the sign-in, among all services."""
        self.session = session
        self.smartglass = Smartglass(session)
