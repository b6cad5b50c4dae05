"""Plain values as JSON and back: dataclasses and named tuples become arrays of their fields, which are read quickly.

For the cache alone. Nothing here checks a value beyond its shape: `store` tells damaged bytes by their checksum. The
types are those of the dataclasses' annotations: `str`, `int`, `bool`, `None`, tuples, frozen sets, optional values,
other dataclasses; a mapping from strings is an object.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Sequence
from functools import cache
from types import NoneType, UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

Value = TypeVar("Value")
_Step = Callable[[Any], Any] | None
"""A conversion; None where JSON has the type itself."""


class Codec(Generic[Value]):
    """Turns values of one type into bytes and back."""

    def __init__(self, kind: Any) -> None:
        self._encode, self._decode = _encoder(kind), _decoder(kind)

    def encode(self, value: Value) -> bytes:
        """Return the bytes of a value; surrogate escapes survive."""
        plain = self._encode(value) if self._encode else value
        return json.dumps(plain, separators=(",", ":")).encode("ascii")

    def decode(self, data: bytes) -> Value:
        """Return the value of the bytes. Raises ValueError where they are of no such value."""
        try:
            plain = json.loads(data)
            found: Value = self._decode(plain) if self._decode else plain
        except (TypeError, KeyError, IndexError, RecursionError) as error:
            raise ValueError(f"not such a value: {error}") from None
        return found


@cache
def _encoder(kind: Any) -> _Step:
    if names := _fields(kind):
        steps = [_encoder(hint) for hint in _hints(kind, names)]
        if not any(steps) and issubclass(kind, tuple):
            return None  # it becomes an array by itself
        pairs = list(zip(names, steps, strict=True))
        return lambda value: [step(getattr(value, name)) if step else getattr(value, name) for name, step in pairs]
    origin, inner = get_origin(kind), get_args(kind)
    if origin is frozenset:
        one = _encoder(inner[0])
        return sorted if one is None else lambda value: sorted(map(one, value))
    if origin is tuple and inner[-1] is Ellipsis:
        each = _encoder(inner[0])
        return (lambda value: list(map(each, value))) if each else list
    if origin is tuple:
        parts = [_encoder(item) for item in inner]
        return lambda value: [part(item) if part else item for part, item in zip(parts, value, strict=True)]
    if origin is dict:
        held = _encoder(inner[1])
        return (lambda value: {key: held(item) for key, item in value.items()}) if held else None
    return _optional(kind, _encoder)


@cache
def _decoder(kind: Any) -> _Step:
    if names := _fields(kind):
        return _record(kind, names)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is frozenset or (origin is tuple and inner[-1] is Ellipsis):
        gather: Any = origin
        each = _decoder(inner[0])
        return (lambda value: gather(map(each, value))) if each else gather
    if origin is tuple:
        parts = [_decoder(item) for item in inner]
        if not any(parts):
            return tuple
        return lambda value: tuple(part(item) if part else item for part, item in zip(parts, value, strict=True))
    if origin is dict:
        held = _decoder(inner[1])
        return (lambda value: {key: held(item) for key, item in value.items()}) if held else None
    return _optional(kind, _decoder)


def _record(kind: Any, names: Sequence[str]) -> Callable[[Any], Any]:
    steps = [_decoder(hint) for hint in _hints(kind, names)]
    count = len(steps)
    todo = [(index, step) for index, step in enumerate(steps) if step is not None]

    def decode(value: Any) -> Any:
        if len(value) != count:
            raise ValueError(f"{len(value)} fields for {kind.__name__}")
        for index, step in todo:
            value[index] = step(value[index])
        return make(kind, value)

    make: Callable[[Any, Any], Any] = tuple.__new__ if issubclass(kind, tuple) else lambda kind, value: kind(*value)
    return decode


def _optional(kind: Any, of: Callable[[Any], _Step]) -> _Step:
    """Return the conversion of `X | None` and of what JSON has itself. Raises TypeError for any other type."""
    if kind in (str, int, bool, NoneType):
        return None
    inner = [item for item in get_args(kind) if item is not NoneType]
    if get_origin(kind) in (UnionType, Union) and len(inner) == 1:
        step = of(inner[0])
        return (lambda value: None if value is None else step(value)) if step else None
    raise TypeError(f"the cache keeps no {kind}")


def _fields(kind: Any) -> Sequence[str]:
    """Return the names of the fields of a dataclass or a named tuple, none of any other type."""
    if dataclasses.is_dataclass(kind):
        return [field.name for field in dataclasses.fields(kind)]
    return getattr(kind, "_fields", ()) if isinstance(kind, type) and issubclass(kind, tuple) else ()


def _hints(kind: Any, names: Sequence[str]) -> list[Any]:
    hints = get_type_hints(kind)
    return [hints[name] for name in names]
