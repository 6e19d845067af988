"""How an answer of an Xbox service becomes a typed object.

The services add, drop, rename and null members without notice. Only what identifies an object is
required; everything else has a default, and what cannot be read is set aside instead of refused.

A model is a view of the JSON object that arrived: a member is looked up and converted when it is
first read. So an answer of which little is used costs little, and nothing of it is ever lost.
"""

from annotationlib import Format, get_annotations
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache, cached_property
import logging
from typing import (
    Annotated,
    ClassVar,
    Final,
    Self,
    cast,
    dataclass_transform,
    get_args,
    get_origin,
    override,
)

from pydantic_core import to_jsonable_python

from .conversion import After, conversion
from .hosts import secure

_LOGGER = logging.getLogger(__name__)

type Json = bool | int | float | str | list[Json] | dict[str, Json] | None

type Items[ModelT: Model] = tuple[ModelT, ...]
"""A list of objects as a service sends it; an item without its identity is left out, the others live.

A list that names something of which nothing can be read is no list. Without a default it has to be
told: null says that there is nothing, an answer without it says nothing.
"""


def _moment(value: datetime | None) -> datetime | None:
    if value is None or value.year == 1:
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)


type Moment = Annotated[datetime | None, After(_moment)]
"""An aware time; the services mean UTC when they do not say, and never by the year 1."""

type Link = Annotated[str | None, After(lambda value: value and secure(value))]
"""An address, made https; reach it through `Hosts.locate()`."""


class OpenEnum(StrEnum):
    """A vocabulary that the service may extend: an unknown word is kept, not refused.

    Some services have begun to send numbers for words; a word may be written down with its number.
    What is only white space is no word.
    """

    number: int | None

    @override
    def __new__(cls, word: str, number: int | None = None) -> Self:
        """A word of the vocabulary."""
        member = str.__new__(cls, word)
        member._value_ = word
        member.number = number
        return member

    @classmethod
    @override
    def _missing_(cls, value: object) -> Self | None:
        if isinstance(value, bool) or not isinstance(value, str | int):
            return None
        text = str(value)
        if not text.strip():
            return None
        for member in cls:
            if text.lower() in (member.lower(), str(member.number)):
                return member
        unknown = str.__new__(cls, text)
        unknown._name_ = unknown._value_ = text
        unknown.number = None
        return unknown

    @property
    def known(self) -> bool:
        """Whether this word was in the vocabulary when it was written down."""
        return self.name in type(self).__members__


def to_pascal(name: str) -> str:
    """A member's name as most .NET services write it."""
    return name.title().replace("_", "")


def to_camel(name: str) -> str:
    """A member's name as the other services write it."""
    first, *others = name.split("_")
    return first + to_pascal("_".join(others))


def called(**names: str) -> Callable[[str], str]:
    """Names of a service that are not those of the members."""
    return lambda name: names.get(name) or to_camel(name)


_REQUIRED: Final = object()


class _Member:
    """A member of a model: found under the service's name and converted when it is first read."""

    def __init__(
        self, owner: type[Model], name: str, sent_as: str, default: object
    ) -> None:
        self._owner = owner
        self._name = name
        self.sent_as = sent_as
        self._folded = sent_as.lower()
        self._default = default

    def spelling(self, json: dict[str, Json]) -> str:
        """The member's name in an object: services change between camelCase and PascalCase."""
        if self.sent_as in json:
            return self.sent_as
        return next(
            (name for name in json if name.lower() == self._folded), self.sent_as
        )

    def __get__(self, model: Model | None, owner: type[Model]) -> object:
        if model is None:
            return self
        value = self._read(model._json)  # noqa: SLF001 - the two are one thing
        model.__dict__[self._name] = value
        return value

    def is_text_in(self, json: dict[str, Json]) -> bool:
        """Whether an object has it as the text that it is to be: then no converting can fail."""
        return type(json.get(self.sent_as)) is str and self._is_text

    @cached_property
    def _is_text(self) -> bool:
        annotation = get_annotations(self._owner)[self._name]
        return isinstance(annotation, type) and issubclass(annotation, str)

    @cached_property
    def _items(self) -> type[Model] | None:
        annotation = get_annotations(self._owner)[self._name]
        for part in (annotation, *get_args(annotation)):
            if get_origin(part) is Items:
                items: type[Model] = get_args(part)[0]
                return items
        return None

    @cached_property
    def _convert(self) -> Callable[[object], object]:
        if self._items is not None:
            return self._items.model_validate_named
        return conversion(get_annotations(self._owner)[self._name])

    def _sent(self, json: dict[str, Json]) -> object:
        sent: object = json.get(self.sent_as)
        if sent is None:
            name = self.spelling(json)
            sent = json.get(name)
            if sent is None and name in json and self._default is _REQUIRED:
                sent = [] if self._items else None
        if type(sent) is float and sent.is_integer():
            return int(sent)
        return sent

    def is_told_in(self, json: dict[str, Json]) -> bool:
        """Whether an object has it in a form that can be read."""
        sent = self._sent(json)
        try:
            return sent is not None and _tells(self._convert(sent))
        except ValueError:
            return False

    def _read(self, json: dict[str, Json]) -> object:
        sent, needed = self._sent(json), self._default is _REQUIRED
        if sent is not None:
            try:
                value = self._convert(sent)
            except ValueError:
                if sent != "":
                    _log_once(self._owner.__name__, self.sent_as)
            else:
                if _tells(value) or (value is not None and not needed):
                    return value
        if needed:
            raise ValueError(f"{self._owner.__name__} without {self.sent_as}")
        return self._default


def _tells(value: object) -> bool:
    """Whether what was made of JSON says anything."""
    return value.tells if isinstance(value, Model) else value is not None


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Model:
    """An object as an Xbox service sends it; `raw()` gives it back with the service's own names.

    Two are equal if the service sent the same.
    """

    __slots__ = ("_json",)
    _json: dict[str, Json]
    _members: ClassVar[dict[str, _Member]] = {}
    _identity: ClassVar[tuple[str, ...]] = ()

    @override
    def __init_subclass__(cls, names: Callable[[str], str] = to_camel) -> None:
        """Turn the annotations into members; `names` tells how the service spells them."""
        super().__init_subclass__()
        own = {
            name: _Member(cls, name, names(name), cls.__dict__.get(name, _REQUIRED))
            for name, annotation in get_annotations(cls, format=Format.STRING).items()
            if not annotation.startswith("ClassVar")
        }
        for name, member in own.items():
            setattr(cls, name, member)
        cls._members = cls._members | own
        required = (name for name in own if own[name]._default is _REQUIRED)  # noqa: SLF001
        cls._identity = (*cls._identity, *required)

    def __init__(self, **members: object) -> None:
        """Make an object as the service would send it."""
        _put(self, self._spelled({}, members))
        if not self._is_whole():
            raise TypeError(f"{type(self).__name__} needs {', '.join(self._identity)}")

    @classmethod
    def model_validate(cls, json: object) -> Self:
        """View an object that arrived. Raises ValueError for anything without its identity."""
        if type(json) is dict:
            model: Self = _new(cls)
            _put(model, json)
            if cls._is_whole(model):
                return model
        identity = ", ".join(cls._identity)
        raise ValueError(f"not a {cls.__name__}: no object, or one without {identity}")

    @classmethod
    def model_validate_list(cls, json: object) -> tuple[Self, ...]:
        """View the objects of a list, leaving out what has no identity. Raises ValueError."""
        if not isinstance(json, list):
            raise ValueError(f"not a list of {cls.__name__}")  # noqa: TRY004
        identity = cls._identity
        models = []
        for sent in json:
            if type(sent) is dict:
                model: Self = _new(cls)
                _put(model, sent)
                if not identity or cls._is_whole(model):
                    models.append(model)
        if len(models) < len(json):
            _log_once(cls.__name__, "[]")
        return tuple(models)

    @classmethod
    def model_validate_named(cls, json: object) -> tuple[Self, ...]:
        """The same; if things are named, and nothing can be read of any, there is no list. Raises ValueError."""
        models = cls.model_validate_list(json)
        if json and not any(model.tells for model in models):
            raise ValueError(f"a list of which no {cls.__name__} can be read")
        return models

    @property
    def tells(self) -> bool:
        """Whether anything that is known can be read."""
        return bool(self._identity) or any(
            member.is_told_in(self._json) for member in self._members.values()
        )

    def _is_whole(self) -> bool:
        try:
            for name in self._identity:
                if not self._members[name].is_text_in(self._json):
                    getattr(self, name)
        except ValueError:
            return False
        return True

    def model_copy(self, *, update: Mapping[str, object]) -> Self:
        """The same object with other values for some members."""
        return self.model_validate(self._json | self._spelled(self._json, update))

    def only(self, *members: str) -> Self:
        """The same object without its other members: what is kept for long needs little room."""
        names = {self._members[name].spelling(self._json) for name in members}
        return self.model_validate(
            {name: value for name, value in self._json.items() if name in names}
        )

    def raw(self, *, drop_none: bool = False) -> dict[str, Json]:
        """A copy of the object with the service's own names and values.

        `drop_none` leaves out the members that are null, all the way down.
        """
        return _without_none(self._json) if drop_none else deepcopy(self._json)

    def _spelled(
        self, json: dict[str, Json], members: Mapping[str, object]
    ) -> dict[str, Json]:
        if unknown := members.keys() - self._members.keys():
            raise TypeError(
                f"{type(self).__name__} has no {', '.join(sorted(unknown))}"
            )
        return {
            self._members[name].spelling(json): cast(
                "Json", to_jsonable_python(value, fallback=_raw)
            )
            for name, value in members.items()
        }

    @override
    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._json == other._json

    @override
    def __hash__(self) -> int:
        return hash((type(self), frozenset(self._json)))

    @override
    def __repr__(self) -> str:
        """Name what arrived; the values may identify someone."""
        return f"<{type(self).__name__} with {', '.join(self._json)}>"

    @override
    def __reduce__(self) -> tuple[Callable[[object], Self], tuple[dict[str, Json]]]:
        return self.model_validate, (self._json,)

    @override
    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} cannot be changed")

    @override
    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} cannot be changed")


# A model cannot be changed; these are its only makers, quick because answers hold thousands.
_new = object.__new__
_put = Model.__dict__["_json"].__set__


def _without_none(json: dict[str, Json]) -> dict[str, Json]:
    def kept(value: Json) -> Json:
        if isinstance(value, dict):
            return _without_none(value)
        return [kept(item) for item in value] if isinstance(value, list) else value

    return {name: kept(value) for name, value in json.items() if value is not None}


def _raw(value: object) -> Json:
    if isinstance(value, Model):
        return value.raw()
    raise TypeError(f"{type(value).__name__} has no place in an object of a service")


@cache
def _log_once(model: str, member: str) -> None:
    _LOGGER.warning(
        "%s arrived with %s in an unexpected form, which was ignored", model, member
    )
