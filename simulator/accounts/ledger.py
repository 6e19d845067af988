"""What everything that is issued has in common: it is secret, and it ends."""

from collections.abc import Mapping
from typing import Protocol

from simulator.accounts.account import Account
from simulator.accounts.knobs import AuthKnobs
from simulator.clock import Clock


class Perishable(Protocol):
    """A token or code."""

    expires: float
    dead: bool


class Ledger:
    """Knows whose tokens there can be, and which of them still count."""

    def __init__(self, clock: Clock, accounts: Mapping[str, Account]) -> None:
        """Start with nothing issued."""
        self.clock = clock
        self.accounts = accounts
        self.knobs = AuthKnobs()
        self.secrets: set[str] = set()
        """Every token and code ever issued: none of them may show up in a log."""

    def secret(self, value: str) -> str:
        """Remember a value as secret, and return it."""
        self.secrets.add(value)
        return value

    def expired(self, one: Perishable) -> bool:
        """Tell whether the time of a token or code is over."""
        return one.expires <= self.clock.now()

    def lives(self, one: Perishable) -> bool:
        """Tell whether a token or code still counts."""
        return not one.dead and not self.expired(one)
