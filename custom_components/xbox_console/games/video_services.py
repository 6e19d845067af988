"""Video and music services by the ids that other systems have for them. Pure."""

from collections.abc import Mapping

from .library import App, Kind, Library
from .search import words

_SERVICES: Mapping[str, str] = {
    "Netflix": (
        "netflix:// com.netflix.ninja com.netflix.mediaclient plugin.video.netflix "
        "https://www.netflix.com"
    ),
    "YouTube": (
        "youtube:// vnd.youtube:// com.amazon.firetv.youtube com.google.android.youtube.tv "
        "plugin.video.youtube https://www.youtube.com"
    ),
    "YouTube TV": (
        "com.amazon.firetv.tv com.google.android.youtube.tvunplugged "
        "https://tv.youtube.com"
    ),
    "Prime Video|Amazon Prime Video": (
        "primevideo:// com.amazon.firebat com.amazon.amazonvideo.livingroom "
        "plugin.video.amazon-test https://app.primevideo.com"
    ),
    "Disney+|Disney Plus": (
        "disneyplus:// com.disney.disneyplus slyguy.disney.plus "
        "https://www.disneyplus.com"
    ),
    "Apple TV|Apple TV+": "com.apple.atve.amazon.appletv https://tv.apple.com",
    "HBO Max|Max": (
        "com.hbo.hbonow com.wbd.stream slyguy.max https://play.max.com "
        "https://play.hbomax.com"
    ),
    "Hulu": "com.hulu.plus com.hulu.livingroomplus slyguy.hulu",
    "Paramount+|Paramount Plus": "com.cbs.ott com.cbs.ca slyguy.paramount.plus",
    "Peacock|Peacock TV": (
        "com.peacocktv.peacockfiretv com.peacocktv.peacockandroid plugin.video.skyott"
    ),
    "discovery+": (
        "discoveryplus:// com.discovery.discoveryplus.firetv plugin.video.discoveryplus"
    ),
    "Crunchyroll": (
        "crunchyroll:// com.crunchyroll.crunchyroid plugin.video.crunchyroll"
    ),
    "DAZN": "com.dazn https://open.dazn.com",
    "ESPN": "com.espn.gtv com.espn.score_center slyguy.espn",
    "Plex": "plex:// com.plexapp.android",
    "Twitch": "twitch:// tv.twitch.android.app plugin.video.twitch",
    "Spotify": "spotify:// com.spotify.tv.android",
    "Pandora": "com.pandora.android.gtv com.pandora.android.atv",
    "Tubi": "tubitv://open com.tubitv",
    "Pluto TV": "tv.pluto.android",
    "Fandango at Home|Vudu": "vuduapp:// com.fandango.vudu.firetv",
    "Kodi": "org.xbmc.kodi",
    "VLC": "org.videolan.vlc",
    "Emby": "embyatv://tv.emby.embyatv/startapp tv.emby.embyatv",
    "MLB": "mlbatbat:// com.bamnetworks.mobile.android.gameday.atbat",
    "NBA": "gametime://",
    "F1 TV": "com.formulaone.production",
    "BritBox": "com.britbox.tv com.britbox.us.firetv",
    "Rakuten TV": "https://rakutentv.page.link",
    "SkyShowtime": "com.skyshowtime.skyshowtime.google https://www.skyshowtime.com/deeplink",
    "Viaplay": "viaplay://deeplink/film com.viaplay.android",
    "Videoland": "videoland-v2:// nl.rtl.videoland.v2.firetv",
    "WOW": "de.sky.online",
}
"""The names under which the Store may have a service, and what cards for other systems send as its source."""


def _folded(source: str) -> str:
    return source.strip().casefold().rstrip("/")


_BY_ID: Mapping[str, tuple[str, ...]] = {
    _folded(source): tuple(names.split("|"))
    for names, ids in _SERVICES.items()
    for source in (*names.split("|"), *ids.split())
}


def names_of(source: str) -> tuple[str, ...]:
    """The names of the service that an id or a name is of, the usual one first; none for anything else."""
    return _BY_ID.get(_folded(source), ())


def service(source: str, library: Library) -> App | None:
    """The installed app of a service, by an id or another name of it."""
    for wanted in map(words, names_of(source)):
        for own, app in library.names:
            if app.kind is Kind.APP and _is_of(words(own), wanted, own):
                return app
    return None


def _is_of(name: list[str], wanted: list[str], own: str) -> bool:
    """Whether an app is called as a service, or so and more: but not as another service."""
    return name == wanted or (name[: len(wanted)] == wanted and not names_of(own))
