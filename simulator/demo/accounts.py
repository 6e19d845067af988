"""The sample accounts."""

from simulator.accounts.account import REFUSALS, Account


def demo_accounts() -> list[Account]:
    """Return a parent, a child whom the network refuses, and one hidden account for each refusal."""
    parent = Account(
        key="parent",
        xuid="2533274790010001",
        gamertag="QuietHarbor77",
        modern_gamertag="QuietHarbor77",
        gamertag_suffix="",
        email="rowan@example.com",
        display_name="Rowan Ashby",
        gamerscore=18250,
        bio="One more level, then bed.",
        location="By the sea",
        tenure=9,
    )
    child = Account(
        key="child",
        xuid="2533274790010002",
        gamertag="PocketComet4821",
        modern_gamertag="PocketComet",
        gamertag_suffix="4821",
        email="wren@example.com",
        display_name="Wren Ashby",
        age_group="Child",
        refusal=2148916238,
        gamerscore=940,
    )
    refused = (_refused(number, meaning) for number, meaning in REFUSALS.items())
    return [parent, child, *refused]


def _refused(number: int, meaning: str) -> Account:
    return Account(
        key=f"refused-{number}",
        xuid=str(2533274790020000 + number % 1000),
        gamertag=f"Refused {number % 1000}",
        modern_gamertag=f"Refused {number % 1000}",
        gamertag_suffix="",
        email=f"refused-{number}@example.com",
        display_name=meaning,
        refusal=number,
        hidden=True,
    )
