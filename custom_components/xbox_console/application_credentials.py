"""The user's own app: where Microsoft signs it in."""

from homeassistant.components.application_credentials import AuthorizationServer
from homeassistant.core import HomeAssistant

from .account import hosts
from .xboxlive.auth.apps import LIVE


async def async_get_authorization_server(hass: HomeAssistant) -> AuthorizationServer:
    """The addresses of Microsoft's pages for personal accounts."""
    where = hosts()
    return AuthorizationServer(
        authorize_url=str(where.url(LIVE.host, LIVE.authorize_path)),
        token_url=str(where.url(LIVE.host, LIVE.token_path)),
    )


async def async_get_description_placeholders(hass: HomeAssistant) -> dict[str, str]:
    """What the dialog that asks for the credentials links to."""
    return {
        "portal": "https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps",
        "redirect_uri": "/auth/external/callback",
        "guide": "https://github.com/xbox-console/home-assistant-xbox-console"
        "/blob/main/docs/sign-in.md",
    }
