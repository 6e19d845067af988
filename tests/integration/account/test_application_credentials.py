"""The dialog that asks for the user's own app knows where Microsoft is, and what to register."""

from homeassistant.components.application_credentials import (
    ClientCredential,
    async_import_client_credential,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.config_entry_oauth2_flow import (
    LocalOAuth2Implementation,
    async_get_implementations,
)
from homeassistant.setup import async_setup_component

from custom_components.xbox_console.application_credentials import (
    async_get_description_placeholders,
)
from custom_components.xbox_console.const import DOMAIN


async def test_an_own_app_signs_in_at_microsoft(hass: HomeAssistant) -> None:
    """Credentials that the user entered lead to the pages for personal accounts."""
    assert await async_setup_component(hass, "application_credentials", {})
    await async_import_client_credential(
        hass, DOMAIN, ClientCredential("an-app", "its-secret")
    )
    (app,) = (await async_get_implementations(hass, DOMAIN)).values()
    assert isinstance(app, LocalOAuth2Implementation)
    assert app.authorize_url == "https://login.live.com/oauth20_authorize.srf"
    assert app.token_url == "https://login.live.com/oauth20_token.srf"


async def test_the_dialog_names_the_redirect_to_register(hass: HomeAssistant) -> None:
    """Which one it is depends on how Home Assistant is reached."""
    unknown = await async_get_description_placeholders(hass)
    assert unknown["redirect_uri"] == "https://…/auth/external/callback"
    hass.config.external_url = "https://home.example.org"
    at_home = await async_get_description_placeholders(hass)
    assert at_home["redirect_uri"] == "https://home.example.org/auth/external/callback"
    hass.config.components.add("my")
    through_my = await async_get_description_placeholders(hass)
    assert through_my["redirect_uri"].startswith("https://my.home-assistant.io/")
