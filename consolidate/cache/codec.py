"""Plain values as bytes and back, by msgspec: what is written is MessagePack, what is read is checked against the type.

For the cache alone.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import msgspec

Value = TypeVar("Value")

_ENCODER = msgspec.msgpack.Encoder(order="deterministic")  # equal sets are equal bytes


class Codec(Generic[Value]):
    """Turns values of one type into bytes and back: records, tuples, frozen sets, mappings, plain values."""

    def __init__(self, kind: Any) -> None:
        self._decoder: msgspec.msgpack.Decoder[Value] = msgspec.msgpack.Decoder(kind)

    def encode(self, value: Value) -> bytes:
        """Return the bytes of a value. Raises ValueError where a text in it is none of Unicode (lone surrogates)."""
        return _ENCODER.encode(value)

    def decode(self, data: bytes) -> Value:
        """Return the value of the bytes. Raises ValueError where they are of no such value."""
        try:
            return self._decoder.decode(data)
        except (msgspec.DecodeError, RecursionError) as error:
            raise ValueError(f"not such a value: {error}") from None
