"""Product ids, alone and in addresses of the Store. Pure."""

import re

from yarl import URL

_PRODUCT_ID = re.compile(r"(?=[A-Z]*\d)[9BC][0-9A-Z]{11}")
_STORES = ("xbox.com", "microsoft.com")
_STORE_APP = "ms-windows-store"


def product_id(text: str) -> str | None:
    """The product id that a text is, in any case."""
    folded = text.strip().upper()
    return folded if _PRODUCT_ID.fullmatch(folded) else None


def linked_product_id(text: str) -> str | None:
    """The product id in an address of the Store: of xbox.com, microsoft.com or its app.

    Pages end in `/store/<name>/<product id>` or `/p/<name>/<product id>`, some with the number of
    an edition behind it; the app takes `ms-windows-store://pdp/?productid=<product id>`.
    """
    try:
        url = URL(text.strip())
    except ValueError:
        return None
    if url.scheme == _STORE_APP:
        given = (
            value for name, value in url.query.items() if name.lower() == "productid"
        )
        return next(map(product_id, given), None)
    host = url.host or ""
    if not any(host == store or host.endswith(f".{store}") for store in _STORES):
        return None
    return next(filter(None, map(product_id, reversed(url.parts))), None)
