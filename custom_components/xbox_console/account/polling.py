"""When to ask next, from what is known. Pure: no clock, no network; all times in seconds."""

from collections.abc import Sequence
import random

ON = 10.0
"""Between two looks at a console that is on."""
ON_TOLD = 30.0
"""The same while a game is in front of somebody whose comings and goings are pushed."""
HEARTBEAT = 10.0
"""Between two looks at the list, which tells the power of every console in one request."""
NOT_ON = 120.0
"""Between two looks at any console that is not on: it is not known whether the list lags."""
LISTED_NEARBY = 300.0
"""Between two looks at the list while any console that comes on would be heard in the local network."""
INVENTORY = 600.0
"""Between two looks at the list with drives, and at the list when it need not tell the power."""
LIBRARY = 6 * 3600.0
"""Between two looks at what is installed: the service throttles those who ask often."""
LIBRARY_OUTDATED = 600.0
"""Age at which an unknown app is reason enough to look at what is installed."""
INSTALLS_SLOWEST = 600.0
"""Longest time between two looks for something that is being installed or removed."""
INSTALLS_FOLLOWED = 6 * 3600.0
"""How long something that is being installed or removed is looked for: large games take hours."""
DRIVES_FOLLOWED = 900.0
"""How long after a drive's free space changed: what is told of it may come later."""
INSTALLED_AGAIN = 1800.0
"""Between two looks at what is installed where nothing but the free space tells that it changed."""
STORE_RETRY = 60.0
"""Until the Store is asked again that did not answer."""
STORE_SLOWEST_RETRY = 3600.0
"""The same after it has not answered for long."""
STORE_UNKNOWN = 24 * 3600.0
"""Until the Store is asked again for what it does not have."""
AFTER_COMMAND = 30.0
"""How long a console is followed closely after a command."""
HINT_PAUSE = 2.0
"""Between two looks that hints may cause."""
LOCAL_HINT = 10.0
"""Between two looks that the local network may cause, where anybody can forge what is heard."""
HINT_LOOKS = (2.0, 5.0, 10.0, 20.0, 40.0, 80.0)
"""When after a hint a console is read again, until a look bears it out: the cloud may lag behind."""
LOCAL_LOOKS = (10.0, 20.0, 40.0)
"""The same after a hint of the local network."""
LOCAL_MAINTENANCE = 60.0
"""Between two looks after that, while the console answers there: it may look after itself."""
LOCAL_MAINTENANCE_ENDS = 600.0
"""When after such a word it does not matter any more."""
WISHED = 5.0
"""Between two looks at a console that was asked for something and has not done it yet."""
RELOOKS = (5.0, 15.0, 45.0)
"""Pauses between the looks at the list that follow one without a console that it had before."""
GRACE = 90.0
"""How long the last known state is shown while the service fails."""

PEOPLE_IN_GAME = 30.0
"""Between two looks at all people while one of them is in a game of which neither a console of ours
nor push tells."""
PEOPLE_ONLINE = 60.0
"""Between two looks at all people while one of them is online."""
PEOPLE_HERE = 90.0
"""Between two looks at all people while all who are online play on consoles of ours."""
PEOPLE_OFFLINE = 180.0
"""Between two looks at all people while nobody is online."""
EVENT_PAUSE = 0.5
"""Between two looks at all people that pushed events cause."""
EVENTS, EVENTS_PERIOD = 60, 300.0
"""So many of these looks in so many seconds."""
EVENT_RELOOKS = (2.0, 5.0, 10.0, 20.0, 40.0)
"""Pauses between the looks that follow an event which no look has borne out."""
PROFILES_IN_GAME = 480.0
"""Between two looks at all profiles while somebody is in a game: a higher score means an unlock."""
PROFILES = 3600.0
"""Between two looks at all profiles otherwise."""
PROFILES_TOLD = 20.0
"""Until all profiles are read of which push says that something has changed."""
PROFILE_MISSED = 60.0
"""Until somebody is looked for again whom the profiles lacked; longer each time."""
KEPT_OF_TITLE = 86400.0
"""Age of a person's progress and minutes in a title at which they are asked for anew when they come
back to it; what is seen meanwhile is counted, and a higher score is a reason to ask."""
HISTORY = 86400.0
"""Between two looks at what the account itself has played, for the sake of what it says of titles."""
INBOX = 1800.0
"""Between two looks at the messages while only their number is shown, or the account is away."""
INBOX_WATCHED = 120.0
"""Between two looks at the messages while each is told and the account is there."""
ASIDE_RETRY = 300.0
"""Until a service is asked again that was asked on the side and is ill."""
REFUSED_RETRY = 3600.0
"""Until something is asked again that a service did not want to tell."""
LONGEST_UNSEEN = 300.0
"""Longest time between two looks that counts as played if both saw the game."""

CAPTURES = 6 * 3600.0
"""Between two looks at all captures."""
CAPTURES_AFTER_GAME = 120.0
"""From the end of a game until its captures are in the network."""

GAME_PASS = 12 * 3600.0
"""Between two looks at the lists of Game Pass."""

_CLOSEST = 1.0
_INSTALLS_CLOSEST = 30.0
_SLOWEST_RETRY = 300.0
_MOST_DOUBLINGS = 10
_GROWTH = 0.25


def not_on_interval(consoles: int, consoles_not_on: int) -> float:
    """Between two looks at each console that is not on: they take turns; a lone one needs no list."""
    return ON if consoles == 1 else NOT_ON * consoles_not_on


def console_interval(
    *,
    on: bool,
    since_command: float | None,
    wished: bool = False,
    told: bool = False,
    not_on: float = NOT_ON,
) -> float:
    """Until the next look at a console.

    `since_command` is None if there was none; `wished` tells that something is shown which nothing has
    confirmed, `told` that push says when what is in front ends.
    """
    awake = ON_TOLD if told else ON
    normal = WISHED if wished else awake if on else not_on
    if since_command is None or since_command >= AFTER_COMMAND:
        return normal
    return min(normal, ON, max(_CLOSEST, since_command * _GROWTH))


def look_after_hint(
    since: float, looks: Sequence[float], *, lasts: bool
) -> float | None:
    """How long after a hint the next look is due, as long as none has borne it out; None for none.

    `lasts` tells that the console answers in the local network though it is not on.
    """
    due = next((at for at in looks if at > since), None)
    if due is not None:
        return due
    waits = lasts and since < LOCAL_MAINTENANCE_ENDS
    return since + LOCAL_MAINTENANCE if waits else None


def list_interval(consoles: int, consoles_on: int, consoles_nearby: int = 0) -> float:
    """Until the next look at the list; consoles that are on, and a lone one, tell their power themselves.

    Those nearby are not on, and would be heard in the local network if they came on.
    """
    if consoles_nearby and consoles_nearby == consoles - consoles_on:
        return LISTED_NEARBY
    return INVENTORY if consoles in (1, consoles_on) else HEARTBEAT


def relook_interval(absences: int) -> float | None:
    """Until the list is read again that lacked something so many times in a row; None for as usual."""
    return RELOOKS[absences - 1] if 0 < absences <= len(RELOOKS) else None


def installs_interval(since_expected: float | None, *, stirred: bool) -> float | None:
    """Until the next look for what is installed or removed; None for none.

    `since_expected` counts from when it was asked for or told; `stirred` tells that a drive has changed.
    """
    if since_expected is not None:
        return min(INSTALLS_SLOWEST, max(_INSTALLS_CLOSEST, since_expected))
    return INSTALLS_SLOWEST if stirred else None


def people_interval(*, elsewhere: bool, online: bool, here: bool = False) -> float:
    """Until the next look at everyone.

    `elsewhere` is a game of which neither a console of ours nor push tells, `here` that all who are online play on
    consoles of ours, which tell at once when that changes.
    """
    if elsewhere:
        return PEOPLE_IN_GAME
    if not online:
        return PEOPLE_OFFLINE
    return PEOPLE_HERE if here else PEOPLE_ONLINE


def profiles_interval(*, in_game: bool) -> float:
    """Until the next look at everyone's profile."""
    return PROFILES_IN_GAME if in_game else PROFILES


def missed_interval(times: int) -> float:
    """Until somebody is looked for again whom the profiles have lacked so many times in a row."""
    return min(PROFILES, PROFILE_MISSED * 2.0 ** min(times - 1, _MOST_DOUBLINGS))


def game_pass_interval(failures: int) -> float:
    """Until the next look at the lists of Game Pass after so many failures in a row."""
    if not failures:
        return GAME_PASS
    return retry_interval(failures, STORE_RETRY, slowest=STORE_SLOWEST_RETRY)


def inbox_interval(*, watched: bool) -> float:
    """Until the next look at the messages; a little less, for looks at people come in steps."""
    return INBOX_WATCHED - _CLOSEST if watched else INBOX


def retry_interval(
    failures: int,
    normal: float,
    retry_after: float | None = None,
    *,
    slowest: float = _SLOWEST_RETRY,
) -> float:
    """Until the next try after so many failures in a row; jitter keeps accounts from marching in step.

    What the service wishes is a lower bound: it may well wish for nothing while it is ill.
    """
    doublings = min(failures - 1, _MOST_DOUBLINGS)
    ceiling: float = min(slowest, max(normal, ON) * 2.0**doublings)
    return max(ceiling * random.uniform(0.75, 1.0), opening(retry_after or 0.0))


def opening(seconds: float) -> float:
    """Until a service takes requests again that said when: the schedule may round down by a second."""
    return seconds + 1.0


def graceful(failing_for: float) -> bool:
    """Whether what was known last is still worth showing although it cannot be read."""
    return failing_for < GRACE
