"""Captures in the network: what was taken, where it is, and how long its address works."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
import hashlib
import hmac
import math
import struct
from typing import Literal, Protocol
import uuid

from simulator.captures.files import (
    CLIP_SIZE,
    SCREENSHOT_SIZE,
    THUMBNAIL_SIZE,
    File,
    game_clip,
    high_dynamic_range,
    padded,
    screenshot,
)
from simulator.clock import Clock
from simulator.games.titles import Title, Titles
from simulator.knobs import Knobs

type Kind = Literal["screenshot", "gameclip"]

VARIANTS = 3
LARGEST_FILE = 1_000_000
UPLOAD_SECONDS = 40.5
_DAY = 86400.0
_NAMESPACE = uuid.UUID("0c0e62a2-94c1-4a53-8f0e-1d8a54f3b6d7")
_SIGNING_KEY = b"the simulated content hosts' own key"


class StorageFull(Exception):
    """There is no space for another capture."""


@dataclass(kw_only=True)
class Capture:
    """A screenshot or a game clip."""

    id: str
    """contentId."""
    local_id: str
    account: str
    """Key of the person who took it."""
    console_id: str | None
    kind: Kind
    title_id: int
    time: float
    """When it was taken, in unix seconds."""
    number: int
    device: str = "Scarlett"
    seconds: int = 0
    caption: str = ""
    saved: bool = True
    views: int = 0
    forged: str = ""
    """Where its file is said to be instead of where it is."""

    @property
    def uploaded(self) -> float:
        """When it came into the network, in unix seconds."""
        return self.time + UPLOAD_SECONDS

    @property
    def variant(self) -> int:
        """Which of the pictures of its game it shows."""
        return self.number % VARIANTS

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return SCREENSHOT_SIZE if self.kind == "screenshot" else CLIP_SIZE


class Owner(Protocol):
    """Whose a capture is."""

    key: str
    xuid: str


class GalleryWorld(Protocol):
    """What captures need of the world."""

    clock: Clock
    knobs: Knobs
    titles: Titles
    captures: list[Capture]

    @property
    def people(self) -> Mapping[str, Owner]:
        """Everybody with a profile, by key."""


def take(
    world: GalleryWorld,
    person: Owner,
    kind: Kind,
    title: Title,
    *,
    console_id: str | None = None,
    device: str = "Scarlett",
    at: float | None = None,
) -> Capture:
    """Put a capture into the network. Raises StorageFull."""
    number = len(world.captures) + 1
    taken = world.clock.now() if at is None else at
    seed = f"{person.key}/{kind}/{number}/{taken:.3f}"
    capture = Capture(
        id=str(uuid.uuid5(_NAMESPACE, seed)),
        # A recorded local id is a GUID with one digit more.
        local_id=f"{uuid.uuid5(_NAMESPACE, f'local/{seed}')}0",
        account=person.key,
        console_id=console_id,
        kind=kind,
        title_id=title.title_id or 0,
        time=taken,
        number=number,
        device=device,
        seconds=4 + 2 * (number % VARIANTS) if kind == "gameclip" else 0,
        views=number % 7,
    )
    if not _fits(world, person, capture):
        raise StorageFull
    world.captures.append(capture)
    return capture


def expires(world: GalleryWorld, capture: Capture) -> float:
    """Return when the network deletes a capture, in unix seconds."""
    days = world.knobs.capture_days
    return capture.uploaded + days * _DAY if days else math.inf


def expire(world: GalleryWorld) -> bool:
    """Delete what is too old; tell whether there was anything."""
    now = world.clock.now()
    kept = [one for one in world.captures if expires(world, one) > now]
    gone = len(kept) < len(world.captures)
    if gone:
        world.captures[:] = kept
    return gone


def _fits(world: GalleryWorld, person: Owner, capture: Capture) -> bool:
    """Tell whether the quota has space; files are only drawn to be weighed when it is near."""
    knobs = world.knobs
    largest = max(knobs.capture_bytes, knobs.capture_file_bytes, LARGEST_FILE)
    count = len(of_person(world, person)) + 1
    return (
        count * largest <= knobs.capture_quota_bytes
        or space_used(world, person) + weight(world, capture)
        <= knobs.capture_quota_bytes
    )


def of_person(
    world: GalleryWorld, person: Owner, kind: str | None = None
) -> list[Capture]:
    """Return somebody's captures, the latest first."""
    found = [
        capture
        for capture in world.captures
        if capture.account == person.key and kind in (None, capture.kind)
    ]
    return sorted(found, key=lambda capture: (capture.time, capture.id), reverse=True)


def title_of(world: GalleryWorld, capture: Capture) -> Title:
    """Return the game that a capture shows."""
    title = world.titles.by_title_id(capture.title_id)
    if title is None:
        raise LookupError(capture.title_id)
    return title


def content(world: GalleryWorld, capture: Capture, suffix: str = "") -> File:
    """Return a capture's file; `suffix`: `JXR`, or `Thumbnail` for the small picture."""
    title, kind = title_of(world, capture), world.knobs.picture_format
    if suffix == "Thumbnail":
        return File(screenshot(title, capture.variant, THUMBNAIL_SIZE, kind))
    if suffix == "JXR":
        shown = high_dynamic_range(title, capture.variant)
    elif capture.kind == "screenshot":
        shown = screenshot(title, capture.variant, kind=kind)
    else:
        shown = game_clip(title, capture.variant, capture.seconds)
    seed = f"{capture.id}{suffix == 'JXR'}"
    return padded(shown, world.knobs.capture_file_bytes, seed)


def weight(world: GalleryWorld, capture: Capture) -> int:
    """Return the bytes that a capture takes of the quota."""
    return world.knobs.capture_bytes or content(world, capture).size


def said_size(world: GalleryWorld, size: int) -> dict[str, int]:
    """Return what is said of the size of a file, if anything."""
    knobs = world.knobs
    return {"fileSize": size + knobs.capture_size_error} if knobs.capture_sizes else {}


def space_used(world: GalleryWorld, person: Owner) -> int:
    """Return the bytes that somebody's captures take."""
    if world.knobs.capture_bytes:
        return world.knobs.capture_bytes * len(of_person(world, person))
    return sum(weight(world, capture) for capture in of_person(world, person))


def suffix_of(world: GalleryWorld, capture: Capture) -> str:
    """Return the suffix of a capture's own file."""
    return "MP4" if capture.kind == "gameclip" else world.knobs.picture_format


def host_of(capture: Capture, purpose: Literal["d", "t"], domain: str) -> str:
    """Return the content host: `d` downloads, `t` thumbnails."""
    return f"{capture.kind}scontent-{purpose}2001.{domain}"


def signed_uri(
    world: GalleryWorld, capture: Capture, suffix: str, domain: str
) -> tuple[str, float]:
    """Return a download address that works without signing in, and when it ends (unix seconds)."""
    until = float(int(world.clock.now() + world.knobs.capture_url_seconds))
    owner = world.people[capture.account].xuid
    path = f"/xuid-{owner}-private/{capture.id}.{suffix}"
    signature = _signature(path, until)
    uri = (
        f"https://{host_of(capture, 'd', domain)}{path}"
        f"?sv=2015-12-11&sr=b&si=DefaultAccess&sig={signature}"
    )
    if capture.kind == "gameclip":
        digest = hashlib.sha256(signature.encode()).hexdigest()[:32]
        uri += f"&__gda__={until:.0f}_{digest}"
    return capture.forged or uri, until


def thumbnail_uri(world: GalleryWorld, capture: Capture, domain: str) -> str:
    """Return the public address of the small picture."""
    owner = world.people[capture.account].xuid
    return f"https://{host_of(capture, 't', domain)}/xuid-{owner}-public/{capture.id}_Thumbnail.{world.knobs.picture_format}"


def expiry(path: str, signature: str) -> float | None:
    """Return when a signature for a path ends, in unix seconds; None: it is not ours."""
    try:
        data = urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
        until: float = struct.unpack(">d", data[:8])[0]
    except binascii.Error, struct.error:
        return None
    return until if hmac.compare_digest(_signature(path, until), signature) else None


def _signature(path: str, until: float) -> str:
    moment = struct.pack(">d", until)
    mac = hmac.digest(_SIGNING_KEY, moment + path.encode(), "sha256")
    return urlsafe_b64encode(moment + mac).decode().rstrip("=")
