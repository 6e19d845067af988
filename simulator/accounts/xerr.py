"""Refusals of the Xbox token services (Microsoft GDK error table)."""

import json

from aiohttp import web

from simulator.accounts.knobs import AuthKnobs

BANNED = 2148916227
NO_PROFILE = 2148916233
WRONG_SANDBOX = 2148916242
TITLE_USAGE = 2148916254
EXPIRED = {"device": 2148916256, "title": 2148916257, "user": 2148916258}
INVALID = {"device": 2148916259, "title": 2148916260}

_START = "https://start.ui.xboxlive.com"
_REDIRECTS = {
    2148916227: f"{_START}/enforcement",
    2148916233: f"{_START}/CreateAccount",
    2148916238: f"{_START}/AddChildToFamily",
}
# Words seen in WWW-Authenticate; those of the other numbers are not known.
_WORDS = {
    2148916222: "account_age_verification_required",
    2148916227: "Msft_ban",
    2148916236: "account_age_verification_required",
    2148916254: "title_usage_by_device_exceeded",
}
_OTHER_WORD = "token_not_issued"


def refusal(
    knobs: AuthKnobs,
    number: int,
    *,
    identity: str = "0",
    status: int = 401,
    body: dict[str, object] | None = None,
    headers: dict[str, str] | None = None,
) -> web.Response:
    """Answer with an XErr: in the body, in the header, or both, as the knobs say.

    `body` replaces the usual one, where the service sends another.
    """
    sent = {
        "WWW-Authenticate": f'XSTS error="{_WORDS.get(number, _OTHER_WORD)}"',
        **(headers or {}),
    }
    if knobs.xerr_place != "body" or body is not None:
        sent["X-Err"] = str(number)
    usual: dict[str, object] = {"Identity": identity, "XErr": number}
    if knobs.xerr_details:
        usual["Message"] = ""
        if number in _REDIRECTS:
            usual["Redirect"] = _REDIRECTS[number]
    if body is None:
        body = usual if knobs.xerr_place != "header" else {}
    return web.Response(
        text=json.dumps(body) if body else "",
        status=status,
        headers=sent,
        content_type="application/json",
    )
