"""Why the Xbox network refuses an account or a token: its `XErr` numbers.

Names follow Microsoft's GDK table and `errors.h` of the Xbox Services API.
"""

from collections.abc import Mapping
from types import MappingProxyType

from yarl import URL

from ..errors import Refusal, TokenKind, Treatment
from ..model import Json
from ..transport import Reply

UNKNOWN = "refused"
"""The name of a refusal whose number is in no table."""

_START = "https://start.ui.xboxlive.com/"


def _user(xerr: int, name: str, page: str | None = None) -> Refusal:
    return Refusal(xerr, name, link=_START + page if page else None)


def _remint(xerr: int, name: str, token: TokenKind) -> Refusal:
    return Refusal(xerr, name, Treatment.REMINT, token=token)


def _transient(xerr: int, name: str) -> Refusal:
    return Refusal(xerr, name, Treatment.TRANSIENT)


REFUSALS: Mapping[int, Refusal] = MappingProxyType(
    {
        refusal.xerr: refusal
        for refusal in (
            _user(2148916222, "regional_age_verification_required"),
            _user(2148916224, "dev_mode_not_authorized"),
            _user(2148916225, "system_update_required"),
            _user(2148916226, "content_update_required"),
            _user(2148916227, "enforcement_ban", "enforcement"),
            _user(2148916228, "third_party_ban"),
            _user(2148916229, "parentally_restricted"),
            _user(2148916230, "device_subscription_inactive"),
            _user(2148916232, "billing_maintenance"),
            _user(2148916233, "account_creation_required", "CreateAccount"),
            _user(2148916234, "terms_of_use_not_accepted"),
            _user(2148916235, "country_not_authorized"),
            _user(2148916236, "age_verification_required"),
            _user(2148916237, "account_curfew"),
            _user(2148916238, "child_not_in_family", "AddChildToFamily"),
            _user(2148916239, "csv_transition"),
            _user(2148916240, "account_maintenance"),
            _user(2148916241, "account_type_not_allowed"),
            _user(2148916242, "content_isolation"),
            _user(2148916243, "gamertag_must_change"),
            _user(2148916244, "device_challenge"),
            _user(2148916246, "too_many_sign_ins"),
            _user(2148916247, "pin_challenge"),
            _user(2148916248, "retail_account_not_allowed"),
            _user(2148916249, "sandbox_not_allowed"),
            _user(2148916250, "account_service_unavailable"),
            _user(2148916251, "green_signed_content_not_authorized"),
            _user(2148916252, "content_not_authorized"),
            _user(2148916254, "title_device_usage_exceeded"),
            _remint(2148916255, "expired_service_token", TokenKind.SERVICE),
            _remint(2148916256, "expired_device_token", TokenKind.DEVICE),
            _remint(2148916257, "expired_title_token", TokenKind.TITLE),
            _remint(2148916258, "expired_user_token", TokenKind.USER),
            _remint(2148916259, "invalid_device_token", TokenKind.DEVICE),
            _remint(2148916260, "invalid_title_token", TokenKind.TITLE),
            # The number below is in clients only, the one after it in Microsoft's documentation.
            _remint(2148916261, "invalid_user_token", TokenKind.USER),
            _remint(2148916262, "invalid_user_token", TokenKind.USER),
            _remint(2148916263, "invalid_service_token", TokenKind.SERVICE),
            _transient(2148916273, "authentication_outage"),
            _transient(2148916274, "authentication_outage"),
        )
    }
)


def refusal_of(reply: Reply) -> Refusal | None:
    """The refusal in the body of an answer, else in its header `X-Err`, else None."""
    members = reply.members
    xerr = _number(members.get("XErr")) or _number(reply.headers.get("X-Err"))
    if xerr is None:
        return None
    known = REFUSALS.get(xerr) or Refusal(xerr, UNKNOWN)
    link = _trusted(members.get("Redirect")) or known.link
    return Refusal(known.xerr, known.name, known.treatment, link, known.token)


def _number(value: Json) -> int | None:
    """An XErr as the services write it: number or digits; a negative one is a signed HRESULT."""
    try:
        return int(value) & 0xFFFFFFFF or None if isinstance(value, int | str) else None
    except ValueError:
        return None


def _trusted(address: Json) -> str | None:
    """The address if it is a page of Microsoft's that a user may be sent to."""
    try:
        url = URL(address) if isinstance(address, str) else URL()
        host = url.host or ""
    except ValueError:
        return None
    domain = ".".join(host.lower().split(".")[-2:])
    trusted = url.scheme == "https" and domain in (
        "xbox.com",
        "xboxlive.com",
        "microsoft.com",
    )
    return str(url) if trusted else None
