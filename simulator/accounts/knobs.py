"""What the known facts leave open about signing in, each one adjustable."""

from dataclasses import dataclass

from simulator.knobs import Adjustable

DAY = 86400.0


@dataclass
class AuthKnobs(Adjustable):
    """What no public source settles about signing in, and how long things live. Durations are in seconds."""

    faithful_addresses: bool = False
    """Send the real addresses of the sign-in pages instead of the simulator's own, which a browser here can open."""
    public_address: str = ""
    """Where browsers reach the simulator, as `http://host:port`; empty: as the client itself reached it."""

    code_seconds: float = 300.0
    device_code_seconds: float = 900.0
    """As announced in `expires_in`."""
    device_code_dies_early_seconds: float = 0.0
    """Codes die this much earlier than announced: users report about five minutes of the fifteen."""
    device_code_interval: int = 5
    """Seconds between polls that clients are asked for."""
    poll_tolerance_seconds: float = 0.5
    """How much earlier than asked for a poll may come before it is answered with slow_down."""
    slow_down: bool = True
    declined_error: str = "authorization_declined"
    """What Entra documents; RFC 8628 has `access_denied`."""
    profileless_invalid_grant: bool = False
    """Device-code polls for an account without profile end in invalid_grant, as some users saw."""

    refresh_policy: str = "lenient"
    """`lenient`: an older refresh token stays valid (platform documentation); `reuse_detection`: it dies once its
    successor was used; `immediate`: it dies when used."""
    rotate_refresh: bool = True
    """Each refresh answers with a new refresh token; False: without one."""
    refresh_seconds: float = 90 * DAY

    short_access_seconds: int = 3600
    """Access tokens for own apps (`d=` tickets)."""
    long_access_seconds: int = 86400
    """Access tokens for title apps (`t=` tickets)."""
    user_seconds: float = 4 * DAY
    """Documentation says 14 days, 96 hours were measured in 2026."""
    device_seconds: float = 14 * DAY
    title_seconds: float = 14 * DAY
    xsts_seconds: float = 57600.0
    other_xsts_seconds: float = 14400.0
    """XSTS tokens for other relying parties than http://xboxlive.com."""
    timestamp_digits: int = -1
    """Fractional digits of NotAfter and IssueInstant; -1: mostly seven, sometimes fewer or none."""

    signature_window_seconds: float = 300.0
    """How far a signature's time may be off at sisu, title.auth and signed user.auth and xsts; 0: any."""
    device_signature_window_seconds: float = 0.0
    """The same at device.auth, which tolerates months."""
    device_id_checked: bool = True
    """device.auth refuses an Id that is not written the way its device type writes it."""
    device_types_checked: bool = True
    """sisu and title.auth refuse a title on a device type that it does not exist for."""
    banned_devices: bool = False
    """device.auth answers every device with a ban."""
    unbound_device_status: int = 403
    """sisu's answer to a device token that belongs to another key than the ProofKey."""

    bad_ticket_status: int = 400
    """Answer to an unknown ticket; 403 has been seen as well."""
    expired_ticket_status: int = 401
    """Answer to a ticket that has expired: not documented, 400 is as likely."""
    compact_tickets: bool = False
    """user.auth takes tickets without prefix."""
    ticket_refused_status: int = 0
    """user.auth refuses every ticket with this status and no body; 0: not."""

    xsts_outage: int = 0
    """XErr of an outage (2148916273 or 2148916274) that every XSTS request meets; 0: none."""
    outage_status: int = 401
    xerr_place: str = "both"
    """Where a refusal's number is: `body`, `header` or `both`."""
    xerr_details: bool = True
    """Refusals carry Message and Redirect, which may be missing."""
    invalid_user_xerr: int = 2148916262
    """2148916261 in one client, 2148916262 in Microsoft's documents."""
    entra_invalid_client_status: int = 401
