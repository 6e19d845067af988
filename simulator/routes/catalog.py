"""displaycatalog.mp.microsoft.com: what products are called and look like. No sign-in."""

from aiohttp import web

from simulator.games.titles import HOME_TITLE_ID, Title
from simulator.routes.art import PURPOSES, image_uri
from simulator.serving import world_of

HOST = "displaycatalog.mp.microsoft.com"

# The catalogue knows some of the system's own apps by their legacy ids only.
LEGACY_HOME = "7b3ca835-5ef5-4d96-bc84-c1d8b5084236"
LIVE_TV = "71e7df12-89e0-4dc7-a5ff-a182fc2df94f"
LIVE_TV_TITLE_ID = 371594669
_SYSTEM = {
    "home": Title(
        key="home",
        kind="App",
        name="Home",
        product_id="9ZH0MESYSTEM",
        title_id=HOME_TITLE_ID,
        package_family_name=None,
        publisher="The system",
    ),
    "livetv": Title(
        key="livetv",
        kind="App",
        name="TV",
        product_id="9ZL1VETVSYST",
        title_id=LIVE_TV_TITLE_ID,
        package_family_name=None,
        publisher="The system",
    ),
}
_SYSTEM_IDS = {
    ("legacyxboxproductid", LEGACY_HOME): "home",
    ("xboxtitleid", str(HOME_TITLE_ID)): "home",
    ("legacyxboxproductid", LIVE_TV): "livetv",
    ("xboxtitleid", str(LIVE_TV_TITLE_ID)): "livetv",
}

routes = web.RouteTableDef()


@routes.get(f"/{HOST}/v7.0/products")
async def products(request: web.Request) -> web.Response:
    """Answer the products with the given ids, in their order."""
    titles = world_of(request).titles
    ids = request.query.get("bigIds", "").split(",")
    if _sells_nothing(request):
        return web.json_response({"Products": []})
    found = [title for item in ids if item and (title := titles.by_product_id(item))]
    return web.json_response(
        {
            "BigIds": ids,
            "HasMorePages": False,
            "Products": _bodies(found),
            "TotalResultCount": len(found),
        }
    )


def _sells_nothing(request: web.Request) -> bool:
    """Tell whether the market of a request has been emptied."""
    empty = world_of(request).knobs.empty_markets.split(",")
    return request.query.get("market", "").upper() in filter(None, empty)


@routes.get(f"/{HOST}/v7.0/products/lookup")
async def lookup(request: web.Request) -> web.Response:
    """Find a product by one of its other ids."""
    if _sells_nothing(request):
        return web.json_response({"Products": []})
    kind, value = request.query.get("alternateId", ""), request.query.get("value", "")
    system = _SYSTEM_IDS.get((kind.lower(), value.lower()))
    title = (
        _SYSTEM[system]
        if system
        else world_of(request).titles.by_alternate_id(kind, value)
    )
    found = [title] if title is not None and title.product_id else []
    return web.json_response(
        {
            "HasMorePages": False,
            "Products": _bodies(found),
            "TotalResultCount": len(found),
        }
    )


@routes.get(f"/{HOST}/v7.0/productFamilies/autosuggest")
async def autosuggest(request: web.Request) -> web.Response:
    """Find products whose name contains what was typed."""
    query = request.query.get("query", "").casefold()
    families = request.query.get("productFamilyNames", "Games,Apps").split(",")
    top = request.query.get("topProducts", "25")
    limit = int(top) if top.isdecimal() else 25
    found = [
        title
        for title in world_of(request).titles
        if title.product_id
        and title.name
        and query
        and query in title.name.casefold()
        and _family(title) in families
    ][:limit]
    results = [
        {
            "ProductFamilyName": family,
            "Products": [
                _suggestion(title) for title in found if _family(title) == family
            ],
        }
        for family in families
    ]
    results = [result for result in results if result["Products"]]
    return web.json_response({"Results": results, "TotalResultCount": len(found)})


def _family(title: Title) -> str:
    return "Apps" if title.kind == "App" else "Games"


def _suggestion(title: Title) -> dict[str, object]:
    box = next(purpose for purpose in PURPOSES if purpose.name == "BoxArt")
    return {
        "BackgroundColor": title.colors[0],
        "Height": box.height,
        "ImageType": box.name,
        "Width": box.width,
        "PlatformProperties": [],
        "Icon": image_uri(title, box),
        "ProductId": title.product_id,
        "Type": _kind(title),
        "Title": title.name,
    }


def _kind(title: Title) -> str:
    return {"Game": "Game", "App": "Application"}.get(title.kind, "Durable")


def _bodies(titles: list[Title]) -> list[dict[str, object]]:
    return [_product(title) for title in titles]


def _images(title: Title) -> list[dict[str, object]]:
    return [
        {
            "FileId": str(2000000000000000000 + 100 * (title.title_id or 0) + number),
            "EISListingIdentifier": None,
            "BackgroundColor": title.colors[0],
            "Caption": "",
            "FileSizeInBytes": 96_000,
            "ForegroundColor": "",
            "Height": purpose.height,
            "ImagePositionInfo": "",
            "ImagePurpose": purpose.name,
            "UnscaledImageSHA256Hash": "",
            "Uri": image_uri(title, purpose),
            "Width": purpose.width,
        }
        for number, purpose in enumerate(PURPOSES)
    ]


def _alternate_ids(title: Title) -> list[dict[str, str]]:
    known = {
        "LegacyXboxProductId": title.legacy_product_id,
        "XboxTitleId": str(title.title_id) if title.title_id else None,
        "PackageFamilyName": title.package_family_name,
    }
    return [{"IdType": kind, "Value": value} for kind, value in known.items() if value]


def _product(title: Title) -> dict[str, object]:
    return {
        "LastModifiedDate": title.released,
        "LocalizedProperties": [
            {
                "DeveloperName": title.publisher,
                "PublisherName": title.publisher,
                "ProductTitle": title.name,
                "ShortTitle": title.name,
                "ShortDescription": title.description,
                "ProductDescription": title.description,
                "Images": _images(title),
                "Videos": [],
                "Language": "en-us",
                "Markets": ["US"],
            }
        ],
        "MarketProperties": [
            {"OriginalReleaseDate": title.released, "UsageData": [], "Markets": ["US"]}
        ],
        "ProductBSchema": "ProductApplication;3"
        if title.kind == "App"
        else f"Product{_kind(title)};1",
        "ProductId": title.product_id,
        "Properties": {
            "PackageFamilyName": title.package_family_name,
            "PublisherId": str(1000000 + (title.title_id or 0) % 1000000),
            "RevisionId": title.released,
            "Category": title.category,
            "ProductGroupId": None,
            "IsDemo": False,
        },
        "AlternateIds": _alternate_ids(title),
        "ProductFamily": _family(title),
        "ProductKind": _kind(title),
        "DisplaySkuAvailabilities": [],
    }
