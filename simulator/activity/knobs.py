"""What the known facts leave open about the push channel, each one adjustable."""

from dataclasses import dataclass
from typing import Literal

from simulator.knobs import Adjustable

type Ending = Literal["cut", "1000", "1001"]
type TokenType = Literal["trusted", "no_rich_presence", "no_presence"]


@dataclass
class ActivityKnobs(Adjustable):
    """How the push channel behaves. Durations are in seconds."""

    available: bool = True
    """Otherwise every handshake is answered with 503."""
    refusal: int = 0
    """The status with which every sign-in is refused, header or nonce: 401 or 403; 0: none is."""
    header_accepted: bool = True
    """The handshake may carry the sign-in itself; otherwise only a nonce opens a socket."""
    nonce_seconds: float = 60.0
    both_refused: bool = True
    """A nonce beside a header is answered with 400."""
    token_type: TokenType = "trusted"
    """What is refused to a token of this type: nothing, rich presence, or all presence."""
    refusal_shape: Literal["short", "padded"] = "short"
    """A refused subscription is an array of four with a text, or of five with null."""
    subscriptions_per_socket: int = 1100
    sockets_per_person: int = 10
    subscribes_per_second: int = 0
    """More than that within a second are throttled; 0: as many as one likes."""
    unanswered: int = 0
    """So many subscribe messages from now on get no answer."""

    life_seconds: float = 7200.0
    ending: Ending = "cut"
    """How the service ends a socket: without a close frame, or by a code."""
    close_reason: str = ""
    close_after: int = 0
    """A socket ends after so many events; 0: never for that."""
    silent: bool = False
    """Sockets stay open, answer pings and subscriptions, and tell nothing."""
    deaf: bool = False
    """Sockets stay open and answer nothing, no ping either."""

    title_spelling: Literal["Started", "started", "started_id"] = "Started"
    rich_presence_first: Literal["null", "object"] = "null"
    """What the answer to a rich presence subscription carries."""
    rich_presence_offline: bool = True
    """Rich presence tells that somebody has gone offline."""
    rich_presence_texts: bool = True
    """A new text alone is told."""
    event_delay_seconds: float = 0.0
    repeats: int = 0
    """Each event comes so many times more."""
    late_events: bool = False
    """One more event comes after an unsubscribe."""
    framing: Literal["text", "binary", "fragments"] = "text"
    oddities: bool = False
    """Unknown messages, extra members, ids that nobody has, and broken JSON come along."""
    resyncs_at_start: int = 0
    """So many resync messages follow right after a handshake."""
