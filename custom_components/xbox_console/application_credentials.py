"""The user's own app: where Microsoft signs it in."""

from homeassistant.components.application_credentials import AuthorizationServer
from homeassistant.core import HomeAssistant
from homeassistant.helpers.config_entry_oauth2_flow import (
    AUTH_CALLBACK_PATH,
    MY_AUTH_CALLBACK_PATH,
)
from homeassistant.helpers.network import NoURLAvailableError, get_url

from .account.account import hosts
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
        "redirect_uri": _redirect_uri(hass),
        "guide": "https://github.com/xbox-console/home-assistant-xbox-console"
        "/blob/main/docs/sign-in.md",
    }


def _redirect_uri(hass: HomeAssistant) -> str:
    """The address to register; without My Home Assistant it is the one that the user's browser sees."""
    if "my" in hass.config.components:
        return MY_AUTH_CALLBACK_PATH
    try:
        base = get_url(hass, prefer_external=True)
    except NoURLAvailableError:
        base = "https://…"
    return base + AUTH_CALLBACK_PATH
