"""The Microsoft Store's catalogue (displaycatalog.mp.microsoft.com); needs no sign-in."""

from collections.abc import Iterable
from itertools import batched

from ..model import Items, Link, Model, Moment, OpenEnum, to_pascal
from ..service import ServiceClient
from ..session import Query, Service

_LARGEST_BATCH = 20
"""Product ids in one address; what it says of a product is large."""


class AlternateId(OpenEnum):
    """What else a product can be known by."""

    PACKAGE_FAMILY_NAME = "PackageFamilyName"
    XBOX_TITLE_ID = "XboxTitleId"
    LEGACY_XBOX_PRODUCT_ID = "LegacyXboxProductId"


class Template(OpenEnum):
    """How much to tell of each product."""

    BROWSE = "browse"
    DETAILS = "details"


class Platform(OpenEnum):
    """For which device to search."""

    XBOX = "windows.xbox"
    DESKTOP = "windows.desktop"


class ImagePurpose(OpenEnum):
    """What a picture is for."""

    BOX_ART = "BoxArt"
    BRANDED_KEY_ART = "BrandedKeyArt"
    FEATURE_PROMOTIONAL_SQUARE_ART = "FeaturePromotionalSquareArt"
    HERO = "Hero"
    LOGO = "Logo"
    POSTER = "Poster"
    SCREENSHOT = "Screenshot"
    SUPER_HERO_ART = "SuperHeroArt"
    TILE = "Tile"
    TITLED_HERO_ART = "TitledHeroArt"


class CatalogImage(Model, names=to_pascal):
    """A picture of a product; sizes in pixels and bytes."""

    image_purpose: ImagePurpose | None = None
    uri: Link = None
    width: int | None = None
    height: int | None = None
    background_color: str | None = None


class LocalizedProperties(Model, names=to_pascal):
    """What a product is called and looks like, in one language."""

    product_title: str | None = None
    short_title: str | None = None
    product_description: str | None = None
    short_description: str | None = None
    developer_name: str | None = None
    publisher_name: str | None = None
    images: Items[CatalogImage] = ()
    language: str | None = None


class MarketProperties(Model, names=to_pascal):
    """What holds for a product in a market."""

    original_release_date: Moment = None
    minimum_user_age: int | None = None


class ProductProperties(Model, names=to_pascal):
    """What holds for a product everywhere."""

    category: str | None = None
    categories: tuple[str, ...] = ()
    sub_category: str | None = None
    package_family_name: str | None = None
    xbox_console_gen_compatible: tuple[str, ...] = ()
    xbox_console_gen_optimized: tuple[str, ...] = ()
    xbox_live_tier: str | None = None


class ProductAlternateId(Model, names=to_pascal):
    """Another id of a product."""

    id_type: str | None = None
    value: str | None = None


class Product(Model, names=to_pascal):
    """A product of the Store; `product_id` has 12 characters."""

    product_id: str
    product_type: str | None = None
    product_kind: str | None = None
    product_family: str | None = None
    localized_properties: Items[LocalizedProperties] = ()
    market_properties: Items[MarketProperties] = ()
    properties: ProductProperties | None = None
    alternate_ids: Items[ProductAlternateId] = ()

    @property
    def title(self) -> str | None:
        """What the product is called in the language of the request."""
        return next((here.product_title for here in self.localized_properties), None)

    def image(self, *purposes: ImagePurpose) -> str | None:
        """The address of the picture that comes first in the order of `purposes`."""
        by_purpose = {
            image.image_purpose: image.uri
            for here in reversed(self.localized_properties)
            for image in reversed(here.images)
        }
        return next(
            (uri for purpose in purposes if (uri := by_purpose.get(purpose))), None
        )


class ProductList(Model, names=to_pascal):
    """Products; empty when nothing matches."""

    products: Items[Product]
    total_result_count: int | None = None


class FoundProduct(Model, names=to_pascal):
    """A product as the search shows it."""

    product_id: str
    title: str | None = None
    type: str | None = None
    icon: Link = None
    width: int | None = None
    height: int | None = None
    background_color: str | None = None


class FoundFamily(Model, names=to_pascal):
    """What was found among games, or among apps."""

    product_family_name: str | None = None
    products: Items[FoundProduct] = ()


class FoundList(Model, names=to_pascal):
    """Answer of the search."""

    results: Items[FoundFamily]
    total_result_count: int | None = None


SYSTEM_PACKAGES = {"Microsoft.Xbox.LiveTV_8wekyb3d8bbwe": "371594669"}
"""Packages that the catalogue knows by their title id only."""


class Catalog(ServiceClient):
    """The Store's catalogue, in the market and language of the session."""

    _service = Service("displaycatalog.mp.microsoft.com", signed_in=False)

    async def products(
        self, product_ids: Iterable[str], template: Template = Template.DETAILS
    ) -> tuple[Product, ...]:
        """Products by their Store ids; unknown ones are left out."""
        lists = [
            await self._get(
                t"/v7.0/products",
                ProductList,
                bigIds=",".join(ids),
                actionFilter="Browse",
                fieldsTemplate=template,
                **self._here,
            )
            for ids in batched(product_ids, _LARGEST_BATCH, strict=False)
        ]
        return tuple(product for found in lists for product in found.products)

    async def lookup(
        self, kind: AlternateId, value: str, template: Template = Template.DETAILS
    ) -> tuple[Product, ...]:
        """Products by another id; packages that the catalogue hides are found all the same."""
        if kind is AlternateId.PACKAGE_FAMILY_NAME and value in SYSTEM_PACKAGES:
            kind, value = AlternateId.XBOX_TITLE_ID, SYSTEM_PACKAGES[value]
        found = await self._get(
            t"/v7.0/products/lookup",
            ProductList,
            alternateId=kind,
            value=value,
            fieldsTemplate=template,
            top=25,
            **self._here,
        )
        return found.products

    async def search(
        self, text: str, platform: Platform = Platform.XBOX, limit: int = 5
    ) -> tuple[FoundProduct, ...]:
        """Games and apps whose name is like the text."""
        found = await self._get(
            t"/v7.0/productFamilies/autosuggest",
            FoundList,
            query=text,
            productFamilyNames="Games,Apps",
            platformdependencyname=platform,
            topProducts=limit,
            **self._here,
        )
        return tuple(product for family in found.results for product in family.products)

    @property
    def _here(self) -> Query:
        return {"market": self._session.market, "languages": self._language}
