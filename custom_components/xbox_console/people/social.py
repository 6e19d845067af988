"""What a person does with others, as far as their profile tells. Pure."""

from typing import TypedDict

from ..xboxlive.services.people import MultiplayerSummary, Person as Profile

_JOINABLE = {"followed": True, "local": False}
"""By what a party says of who may join it."""


class Party(TypedDict):
    """What is known of a person's party; None where the profile does not tell."""

    in_party: bool | None
    joinable: bool | None
    multiplayer: bool | None


def party_of(profile: Profile | None, *, online: bool) -> Party:
    """Whether a person is in a party and plays with others; who is not there does neither."""
    summary = profile.multiplayer_summary if profile else None
    if summary is None:
        return Party(in_party=None, joinable=None, multiplayer=None)
    if not online:
        return Party(in_party=False, joinable=None, multiplayer=False)
    return Party(
        in_party=_in_party(summary),
        joinable=_joinable(summary),
        multiplayer=_some(summary.in_multiplayer_session),
    )


def _in_party(summary: MultiplayerSummary) -> bool | None:
    if any(party.status == "active" for party in summary.party_details):
        return True
    return _some(summary.in_party)


def _joinable(summary: MultiplayerSummary) -> bool | None:
    parties = (party for party in summary.party_details if party.status == "active")
    party = next(parties, None)
    return _JOINABLE.get(party.join_restriction or "") if party else None


def _some(count: int | None) -> bool | None:
    return None if count is None else count > 0
