"""How the values of `planner.model` look as JSON: one shape per type, made from the records' own annotations.

A shape does three things that must never differ: it encodes a value, it decodes and checks what a file holds, and it
describes itself as JSON Schema. A record is an object with a key per field, a tuple is an array, a symbol is its
text, a tuple of (name, count) pairs is an object of counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Protocol, get_args, get_origin, get_type_hints

from msgspec import Struct, field

from planner.model import Symbol, encode

type_error = "expected {}, found {}"
MAXIMUM = 2**53 - 1  # the greatest whole number that every JSON reader keeps exactly (RFC 8259, section 6)


class PlanFileError(ValueError):
    """A plan file cannot be used. `where` is a place such as `phases[2].files[0].path`, `hint` what to do about it."""

    def __init__(self, what: str, where: str = "", hint: str = "") -> None:
        super().__init__(what)
        self.what, self.where, self.hint = what, where, hint


class Shape(Protocol):
    """One type's JSON form."""

    def encode(self, value: Any) -> Any:
        """Return the JSON value of a Python value of this type."""

    def decode(self, data: Any, where: str) -> Any:
        """Return the Python value of a JSON value; raises PlanFileError, naming `where`."""

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of this type; records stand as references to `$defs`."""


class Text:
    """A string; its lone surrogates are bytes that are not UTF-8 (PEP 383), others are refused."""

    def encode(self, value: Any) -> Any:
        """Return the string itself."""
        return value

    def decode(self, data: Any, where: str) -> Any:
        """Return the string; refuses one that stands for no bytes."""
        _expect(isinstance(data, str), "a string", data, where)
        try:
            encode(data)
        except UnicodeEncodeError:
            raise PlanFileError("a surrogate that stands for no byte", where) from None
        return data

    def schema(self) -> dict[str, Any]:
        """Return the schema of a string."""
        return {"type": "string"}


class Number:
    """A whole number from 0 to 2**53 - 1."""

    def encode(self, value: Any) -> Any:
        """Return the number itself."""
        return value

    def decode(self, data: Any, where: str) -> Any:
        """Return the number."""
        whole = isinstance(data, int) and not isinstance(data, bool) and 0 <= data <= MAXIMUM
        _expect(whole, "a whole number", data, where)
        return data

    def schema(self) -> dict[str, Any]:
        """Return the schema of a count, a line or an offset."""
        return {"type": "integer", "minimum": 0, "maximum": MAXIMUM}


class Flag:
    """True or false."""

    def encode(self, value: Any) -> Any:
        """Return the flag itself."""
        return value

    def decode(self, data: Any, where: str) -> Any:
        """Return the flag."""
        _expect(isinstance(data, bool), "true or false", data, where)
        return data

    def schema(self) -> dict[str, Any]:
        """Return the schema of a flag."""
        return {"type": "boolean"}


class SymbolText:
    """A symbol, written `package.module:Name`."""

    def encode(self, value: Any) -> Any:
        """Return the symbol as it is written."""
        return str(value)

    def decode(self, data: Any, where: str) -> Any:
        """Return the symbol; refuses text that is none."""
        _expect(isinstance(data, str), "a symbol", data, where)
        module, colon, name = data.partition(":")
        parts = [*module.split("."), *(name.split(".") if colon else [])]
        if not all(part.isidentifier() for part in parts):
            raise PlanFileError(f"{data[:80]!r} is no symbol", where)
        return Symbol(module, name)

    def schema(self) -> dict[str, Any]:
        """Return the schema of a symbol."""
        return {"type": "string", "pattern": r"^[^\s:.]+(\.[^\s:.]+)*(:[^\s:.]+(\.[^\s:.]+)*)?$"}


class Choice(Struct, frozen=True):
    """A member of an enumeration, by its value."""

    enum: type[StrEnum]

    def encode(self, value: Any) -> Any:
        """Return the member's text."""
        return str(value)

    def decode(self, data: Any, where: str) -> Any:
        """Return the member."""
        _expect(isinstance(data, str), "a string", data, where)
        try:
            return self.enum(data)
        except ValueError:
            known = ", ".join(self.enum)
            raise PlanFileError(f"{data[:40]!r} is none of {known}", where) from None

    def schema(self) -> dict[str, Any]:
        """Return the schema of the enumeration."""
        return {"enum": [str(member) for member in self.enum]}


class Maybe(Struct, frozen=True):
    """A value or null."""

    item: Shape

    def encode(self, value: Any) -> Any:
        """Return the JSON value, None for None."""
        return None if value is None else self.item.encode(value)

    def decode(self, data: Any, where: str) -> Any:
        """Return the value, None for null."""
        return None if data is None else self.item.decode(data, where)

    def schema(self) -> dict[str, Any]:
        """Return the schema of either."""
        return {"anyOf": [self.item.schema(), {"type": "null"}]}


class Array(Struct, frozen=True):
    """A tuple of any length, of one type."""

    item: Shape

    def encode(self, value: Any) -> Any:
        """Return a list."""
        return [self.item.encode(entry) for entry in value]

    def decode(self, data: Any, where: str) -> Any:
        """Return a tuple."""
        _expect(isinstance(data, list), "a list", data, where)
        return tuple(self.item.decode(entry, f"{where}[{index}]") for index, entry in enumerate(data))

    def schema(self) -> dict[str, Any]:
        """Return the schema of a list."""
        return {"type": "array", "items": self.item.schema()}


class Fixed(Struct, frozen=True):
    """A tuple of a fixed length: a pair."""

    items: tuple[Shape, ...]

    def encode(self, value: Any) -> Any:
        """Return a list."""
        return [shape.encode(entry) for shape, entry in zip(self.items, value, strict=True)]

    def decode(self, data: Any, where: str) -> Any:
        """Return a tuple."""
        fits = isinstance(data, list) and len(data) == len(self.items)
        _expect(fits, f"a list of {len(self.items)}", data, where)
        pairs = enumerate(zip(self.items, data, strict=True))
        return tuple(shape.decode(entry, f"{where}[{index}]") for index, (shape, entry) in pairs)

    def schema(self) -> dict[str, Any]:
        """Return the schema of a list of known length."""
        return {"type": "array", "prefixItems": [shape.schema() for shape in self.items], "items": False}


class Counts:
    """Pairs of a name and a number, as one object; sorted by name."""

    def encode(self, value: Any) -> Any:
        """Return an object."""
        return dict(value)

    def decode(self, data: Any, where: str) -> Any:
        """Return sorted pairs."""
        _expect(isinstance(data, dict), "an object", data, where)
        return tuple(sorted((name, Number().decode(count, f"{where}.{name}")) for name, count in data.items()))

    def schema(self) -> dict[str, Any]:
        """Return the schema of an object of counts."""
        return {"type": "object", "additionalProperties": Number().schema()}


class Record(Struct, frozen=True):
    """A record: an object with a key per field. Unknown keys are ignored, a missing one is refused.

    A field that came later is `optional`: written only where it differs from its default, so that the plans of both
    versions are read by both.
    """

    cls: type
    fields: tuple[tuple[str, Shape], ...]
    optional: Mapping[str, Any] = field(default_factory=dict)

    def encode(self, value: Any) -> Any:
        """Return an object."""
        return {
            name: shape.encode(getattr(value, name))
            for name, shape in self.fields
            if name not in self.optional or getattr(value, name) != self.optional[name]
        }

    def decode(self, data: Any, where: str) -> Any:
        """Return an instance of the record."""
        _expect(isinstance(data, dict), "an object", data, where)
        dot = f"{where}." if where else ""
        for name, _ in self.fields:
            if name not in data and name not in self.optional:
                raise PlanFileError(f"the key {name!r} is missing", f"{dot}{name}")
        return self.cls(
            **{name: shape.decode(data[name], f"{dot}{name}") for name, shape in self.fields if name in data}
        )

    def schema(self) -> dict[str, Any]:
        """Return a reference to the record's definition."""
        return {"$ref": f"#/$defs/{self.cls.__name__}"}


@cache
def shape_of(hint: Any) -> Shape:
    """Return the shape of an annotation that `planner.model` uses; raises TypeError for any other."""
    simple: Mapping[Any, Shape] = {str: Text(), int: Number(), bool: Flag(), Symbol: SymbolText()}
    if hint in simple:
        return simple[hint]
    arguments = get_args(hint)
    if get_origin(hint) is tuple:
        if hint == tuple[tuple[str, int], ...]:
            return Counts()
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return Array(shape_of(arguments[0]))
        return Fixed(tuple(shape_of(argument) for argument in arguments))
    if isinstance(hint, UnionType) and NoneType in arguments and len(arguments) == 2:
        return Maybe(shape_of(next(argument for argument in arguments if argument is not NoneType)))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Choice(hint)
    if isinstance(hint, type) and issubclass(hint, Struct):
        hints, names = get_type_hints(hint), hint.__struct_fields__
        defaults = dict(zip(reversed(names), reversed(hint.__struct_defaults__), strict=False))
        optional = {name: defaults[name] for name in getattr(hint, "LATER", ())}
        return Record(hint, tuple((name, shape_of(hints[name])) for name in names), optional)
    raise TypeError(f"no JSON form for {hint!r}")


def record_of(cls: type) -> Record:
    """Return the shape of a record."""
    shape = shape_of(cls)
    assert isinstance(shape, Record)  # noqa: S101  (what shape_of returns for a record)
    return shape


def _expect(condition: bool, wanted: str, data: Any, where: str) -> None:
    if not condition:
        found = {NoneType: "null", dict: "an object", list: "a list", str: "a string", bool: "a flag"}
        raise PlanFileError(type_error.format(wanted, found.get(type(data), "a number")), where)
