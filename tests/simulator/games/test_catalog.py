"""The catalogue and its pictures."""

import struct
import zlib

from aiohttp import ClientResponse
import pytest

from tests.simulator.console_client import ConsoleClient

CATALOG = "/displaycatalog.mp.microsoft.com/v7.0"
MARKET = "market=US&languages=en-US&fieldsTemplate=browse"


async def fetch(remote: ConsoleClient, path: str) -> ClientResponse:
    """Ask without signing in."""
    return await remote.ask("GET", path, headers={"MS-CV": "0"})


async def test_products_by_id(remote: ConsoleClient) -> None:
    """In the asked order; what is unknown is left out."""
    response = await fetch(
        remote,
        f"{CATALOG}/products?bigIds=9ZLRKV1S10NT,9ZN0SUCHPRDC,9zhtx4llq7sf&{MARKET}",
    )
    products = (await response.json())["Products"]
    assert [
        product["LocalizedProperties"][0]["ProductTitle"] for product in products
    ] == [
        "Larkvision",
        "Starfall Odyssey",
    ]
    app, game = products
    assert (app["ProductKind"], app["ProductFamily"]) == ("Application", "Apps")
    assert (game["ProductKind"], game["ProductFamily"]) == ("Game", "Games")
    assert (
        game["Properties"]["PackageFamilyName"]
        == "HalcyonForge.StarfallOdyssey_3x7q9v2m5k8tw"
    )
    assert {
        image["ImagePurpose"] for image in game["LocalizedProperties"][0]["Images"]
    } >= {
        "Tile",
        "BoxArt",
        "Poster",
        "SuperHeroArt",
    }


async def test_image_of_a_product(remote: ConsoleClient) -> None:
    """Its address has no scheme; it has the size that the catalogue says, or the one asked for."""
    response = await fetch(remote, f"{CATALOG}/products?bigIds=9ZHTX4LLQ7SF&{MARKET}")
    product = (await response.json())["Products"][0]
    for image in product["LocalizedProperties"][0]["Images"]:
        assert image["Uri"].startswith("//store-images.s-microsoft.com/image/")
        kind, picture = await remote.download(image["Uri"])
        assert kind == "image/png"
        assert size(picture) == (image["Width"], image["Height"])
    poster = next(
        image["Uri"]
        for image in product["LocalizedProperties"][0]["Images"]
        if image["ImagePurpose"] == "Poster"
    )
    assert size((await remote.download(f"{poster}?w=200"))[1]) == (200, 300)


def size(png: bytes) -> tuple[int, int]:
    """Return width and height of a PNG whose pixels are all there."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    data, place = b"", 8
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place : place + 8])
        body = png[place + 8 : place + 8 + length]
        assert (
            zlib.crc32(kind + body)
            == struct.unpack(">I", png[place + 8 + length : place + 12 + length])[0]
        )
        data += body if kind == b"IDAT" else b""
        place += 12 + length
    assert len(zlib.decompress(data)) == height * (1 + 3 * width)
    return width, height


async def test_every_title_has_its_own_picture(remote: ConsoleClient) -> None:
    """No two look the same."""
    named = [title for title in remote.world.titles if title.name]
    pictures = set()
    for title in named:
        pictures.add(
            await remote.download(
                f"/store-images.s-microsoft.com/image/apps.{title.key}.tile"
            )
        )
    assert len(pictures) == len(named)


@pytest.mark.parametrize("path", ["apps.none.tile", "apps.starfall.none", "other"])
async def test_no_such_picture(remote: ConsoleClient, path: str) -> None:
    """404."""
    assert (
        await fetch(remote, f"/store-images.s-microsoft.com/image/{path}")
    ).status == 404


async def test_gamerpic(remote: ConsoleClient) -> None:
    """The other image host draws people."""
    _, picture = await remote.download(
        "/images-eds-ssl.xboxlive.com/image?url=abc&w=64&h=64"
    )
    assert size(picture) == (64, 64)


@pytest.mark.parametrize(
    ("kind", "value", "name"),
    [
        ("PackageFamilyName", "LarkMedia.Larkvision_5t9w3z7c1f4hj", "Larkvision"),
        ("PackageFamilyName", "larkmedia.larkvision_5T9W3Z7C1F4HJ", "Larkvision"),
        ("XboxTitleId", "1990010002", "Nebula Drift GT"),
        ("LegacyXboxProductId", "71e7df12-89e0-4dc7-a5ff-a182fc2df94f", "TV"),
        ("XboxTitleId", "750323071", "Home"),
        ("PackageFamilyName", "DevKit.Prototype_4s8v2y6b1e5gk", None),
        ("XboxTitleId", "0", None),
        ("XboxTitleId", "None", None),
        ("Colour", "green", None),
    ],
)
async def test_lookup(
    remote: ConsoleClient, kind: str, value: str, name: str | None
) -> None:
    """By package family name, title id or legacy id; nothing found is an empty list."""
    response = await fetch(
        remote,
        f"{CATALOG}/products/lookup?alternateId={kind}&value={value}&top=25&{MARKET}",
    )
    names = [
        product["LocalizedProperties"][0]["ProductTitle"]
        for product in (await response.json())["Products"]
    ]
    assert names == ([name] if name else [])


@pytest.mark.parametrize(
    ("query", "families", "found"),
    [
        ("sky", "Games,Apps", [("Games", ["Skyline", "Skyline"])]),
        ("LARK", "Games,Apps", [("Apps", ["Larkvision"])]),
        ("飛び魚", "Games,Apps", [("Games", ["Летучая Рыба — 飛び魚の冒険 ¡Olé! 🐟"])]),
        ("lark", "Games", []),
        ("zzz", "Games,Apps", []),
        ("", "Games,Apps", []),
    ],
)
async def test_autosuggest(
    remote: ConsoleClient, query: str, families: str, found: list[tuple[str, list[str]]]
) -> None:
    """What was typed, anywhere in the name, by family."""
    response = await fetch(
        remote,
        f"{CATALOG}/productFamilies/autosuggest?query={query}&productFamilyNames={families}&topProducts=25",
    )
    body = await response.json()
    assert [
        (
            result["ProductFamilyName"],
            [product["Title"] for product in result["Products"]],
        )
        for result in body["Results"]
    ] == found
    assert body["TotalResultCount"] == sum(len(names) for _, names in found)
