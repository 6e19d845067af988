"""The people who can sign in."""

from dataclasses import dataclass, field

from simulator.people.person import Person

# XErr numbers with which XSTS refuses an account (Microsoft GDK error table), and what is shown for them.
REFUSALS: dict[int, str] = {
    2148916222: "Age verification required",
    2148916224: "Developer mode not authorized",
    2148916225: "System update required",
    2148916226: "Content update required",
    2148916227: "Banned",
    2148916228: "Banned by third party",
    2148916229: "Parentally restricted",
    2148916230: "Device subscription inactive",
    2148916232: "Billing maintenance",
    2148916233: "No Xbox profile",
    2148916234: "Terms of use not accepted",
    2148916235: "Country not authorized",
    2148916236: "Adult verification required",
    2148916237: "Curfew",
    2148916238: "Child not in a family",
    2148916239: "Account transition",
    2148916240: "Account maintenance",
    2148916241: "Account type not allowed",
    2148916242: "Content isolation",
    2148916243: "Gamertag must change",
    2148916244: "Device challenge",
    2148916246: "Too many sign-ins",
    2148916247: "PIN challenge",
    2148916248: "Retail account not allowed",
    2148916249: "Sandbox not allowed",
    2148916250: "Account service unavailable",
    2148916251: "Signed content not authorized",
    2148916252: "Content not authorized",
    2148916254: "Title in use elsewhere",
    2148916255: "Expired service token",
    2148916256: "Expired device token",
    2148916257: "Expired title token",
    2148916258: "Expired user token",
    2148916259: "Invalid device token",
    2148916260: "Invalid title token",
    2148916261: "Invalid user token",
    2148916262: "Invalid user token",
    2148916263: "Invalid service token",
    2148916273: "Sign-in outage",
    2148916274: "Sign-in outage",
}


@dataclass(kw_only=True)
class Account(Person):
    """A Microsoft account, with or without an Xbox profile that may be used."""

    email: str = field(repr=False)
    display_name: str
    age_group: str = "Adult"
    refusal: int | None = None
    """XErr with which XSTS refuses this account; None: it may sign in."""
    hidden: bool = False
    """Shown only under "more accounts" on the sign-in pages, and nobody to other people."""
