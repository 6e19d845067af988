"""How an answer of an Xbox service becomes a typed object.

The services add, drop, rename and null members without notice. Only what identifies an object is
required; everything else has a default, and what cannot be read is set aside instead of refused.
"""

from enum import StrEnum
from functools import cache
import logging
from typing import Self, override

from pydantic import (
    BaseModel,
    ConfigDict,
    ModelWrapValidatorHandler,
    OnErrorOmit,
    ValidationError,
    model_validator,
)
from pydantic.alias_generators import to_camel

_LOGGER = logging.getLogger(__name__)

type Json = bool | int | float | str | list[Json] | dict[str, Json] | None

type Items[ItemT] = tuple[OnErrorOmit[ItemT], ...]
"""A list as a service sends it; an item without its identity is left out, the others live."""


class OpenEnum(StrEnum):
    """A vocabulary that the service may extend: an unknown word is kept, not refused."""

    @classmethod
    @override
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        for member in cls:
            if member.lower() == value.lower():
                return member
        unknown = str.__new__(cls, value)
        unknown._name_ = unknown._value_ = value
        return unknown

    @property
    def known(self) -> bool:
        """Whether this word was in the vocabulary when it was written down."""
        return self.name in type(self).__members__


class Model(BaseModel):
    """An object as an Xbox service sends it; `raw()` gives it back with the service's own names."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        extra="allow",
        frozen=True,
        coerce_numbers_to_str=True,
        # A validation error would quote the input, which may hold tokens and ids.
        hide_input_in_errors=True,
    )

    @model_validator(mode="wrap")
    @classmethod
    def _set_aside_what_cannot_be_read(
        cls, data: object, handler: ModelWrapValidatorHandler[Self]
    ) -> Self:
        """Read on without the members that have an unexpected form; `raw()` still has them."""
        try:
            return handler(data)
        except ValidationError as error:
            if not isinstance(data, dict):
                raise
            unreadable = {
                str(problem["loc"][0]) for problem in error.errors() if problem["loc"]
            }
        kept = {name: value for name, value in data.items() if name not in unreadable}
        model = handler(kept)
        _log_once(cls.__name__, frozenset(unreadable))
        if model.__pydantic_extra__ is not None:
            model.__pydantic_extra__.update(
                {name: data[name] for name in unreadable if name in data}
            )
        return model

    def raw(self) -> dict[str, Json]:
        """The object with the service's own names and values; absent members stay absent."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)


@cache
def _log_once(model: str, members: frozenset[str]) -> None:
    _LOGGER.warning(
        "%s arrived with members in an unexpected form, which were ignored: %s",
        model,
        ", ".join(sorted(members)),
    )
