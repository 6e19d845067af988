"""What identifies a folder or a capture in the media panel."""

from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, Self, override
from urllib.parse import parse_qsl, urlencode


class Shelf(StrEnum):
    """The folders of an account."""

    BY_DATE = "by_date"
    BY_GAME = "by_game"
    FRIENDS = "friends"
    COMMUNITY = "community"


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaId:
    """An account, a folder of it, or a capture in the folder; written as a query is.

    A name that is not given stands for everything: without a capture it is a folder.
    """

    entry: str
    shelf: Shelf | None = None
    friend: str | None = None
    """XUID."""
    game: str | None = None
    """Title id."""
    month: str | None = None
    capture: str | None = None
    """Content id."""

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises ValueError for what is none."""
        told: dict[str, Any] = dict(parse_qsl(text, strict_parsing=True))
        if "shelf" in told:
            told["shelf"] = Shelf(told["shelf"])
        try:
            return cls(**told)
        except TypeError:
            raise ValueError("not the id of a capture or a folder") from None

    @override
    def __str__(self) -> str:
        """The identifier."""
        return urlencode({name: one for name, one in asdict(self).items() if one})

    def within(self, **names: str | None) -> Self:
        """Something in this folder."""
        return replace(self, **names)  # type: ignore[arg-type]  # names are checked by `replace`
