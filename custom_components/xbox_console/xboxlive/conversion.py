"""What a member's annotation makes of the JSON that arrived.

The members know few kinds; pydantic's core converts them. pydantic itself, which makes such schemas
of anything, takes longer to load than all of this client.
"""

from collections.abc import Callable
from datetime import datetime
from enum import Enum
from functools import reduce
from types import UnionType
from typing import (
    Annotated,
    Any,
    Final,
    NamedTuple,
    TypeAliasType,
    get_args,
    get_origin,
)

from pydantic_core import CoreSchema, SchemaValidator

type Conversion = Callable[[Any], object]


class Before(NamedTuple):
    """Written into an annotation: what is done to JSON before it is converted."""

    function: Conversion


class After(NamedTuple):
    """Written into an annotation: what is done to a value that was converted."""

    function: Conversion


_PLAIN: Final[dict[object, CoreSchema]] = {
    bool: {"type": "bool"},
    int: {"type": "int"},
    float: {"type": "float"},
    str: {"type": "str", "coerce_numbers_to_str": True},
    type(None): {"type": "none"},
    list: {"type": "list"},
    dict: {"type": "dict"},
}
"""What a list or an object holds was JSON when it arrived."""


def conversion(annotation: object) -> Conversion:
    """What converts JSON to what an annotation says. It raises ValueError for what cannot be converted."""
    return SchemaValidator(_schema(annotation)).validate_python


def _schema(annotation: Any) -> CoreSchema:
    """The schema of an annotation. Raises TypeError for a kind that no member has."""
    if isinstance(annotation, TypeAliasType):
        return _schema(annotation.__value__)
    origin, parts = get_origin(annotation), get_args(annotation)
    if plain := _PLAIN.get(origin or annotation):
        return plain
    if origin is Annotated:
        return reduce(_adjusted, parts[1:], _schema(parts[0]))
    if isinstance(annotation, UnionType):
        return {"type": "union", "choices": [_schema(part) for part in parts]}
    if origin is tuple:
        item = _schema(parts[0])
        return {"type": "tuple", "items_schema": [item], "variadic_item_index": 0}
    return _schema_of(annotation)


def _schema_of(kind: type[Any]) -> CoreSchema:
    # Whatever `datetime` is when the first moment is read: tests that hold the time still replace it.
    if issubclass(kind, datetime):
        return {"type": "datetime"}
    if issubclass(kind, Enum):
        return {
            "type": "enum",
            "cls": kind,
            "members": [*kind.__members__.values()],
            "sub_type": "str",
            "missing": kind._missing_,
        }
    return _called("function-plain", kind.model_validate)


def _adjusted(schema: CoreSchema, adjustment: object) -> CoreSchema:
    match adjustment:
        case Before(function):
            return _called("function-before", function, schema)
        case After(function):
            return _called("function-after", function, schema)
    raise TypeError(f"nothing is known of {adjustment}")


def _called(
    kind: str, function: Conversion, schema: CoreSchema | None = None
) -> CoreSchema:
    called: Any = {"type": kind, "function": {"type": "no-info", "function": function}}
    return {**called, "schema": schema} if schema else called
