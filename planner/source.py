"""Source text and its positions: from the line and column of `ast` to byte offsets of the file.

`ast` counts columns in bytes of the UTF-8 encoding of a line, whatever the file's own encoding is, without a byte order
mark; lines end at LF, CR LF or a lone CR (Python language reference, 2.1.2). A form feed ends no line.
"""

from __future__ import annotations

import codecs
import io
import re
import tokenize
from itertools import accumulate

from msgspec import Struct

_LINE_END = re.compile(rb"\r\n|\r|\n")


class SourceError(ValueError):
    """The bytes cannot be decoded as their coding cookie says."""


class Source(Struct, frozen=True):
    """A file's bytes with what is needed to find a position in them.

    `starts` are the byte offsets of the lines' beginnings; `plain` tells that the encoding is UTF-8, so that columns
    are byte offsets; `newline` is the file's first line end.
    """

    data: bytes
    starts: tuple[int, ...]
    encoding: str
    plain: bool
    newline: str

    def offset(self, line: int, column: int) -> int:
        """Return the byte offset of a position of `ast` (line 1-based, column 0-based in UTF-8 bytes)."""
        start = self.starts[line - 1]
        if self.plain:
            return start + column
        end = self.starts[line] if line < len(self.starts) else len(self.data)
        text = self.data[start:end].decode(self.encoding)
        return start + len(text.encode("utf-8")[:column].decode("utf-8").encode(self.encoding))

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line (1-based) and column (0-based, in bytes of the file) of a byte offset."""
        low, high = 0, len(self.starts)
        while high - low > 1:
            middle = (low + high) // 2
            if self.starts[middle] <= offset:
                low = middle
            else:
                high = middle
        return low + 1, offset - self.starts[low]

    def line_bounds(self, offset: int) -> tuple[int, int]:
        """Return the half-open span of the line that holds a byte offset, its line end excluded."""
        line, _ = self.position(offset)
        start = self.starts[line - 1]
        end = self.starts[line] if line < len(self.starts) else len(self.data)
        return start, start + len(self.data[start:end].rstrip(b"\r\n"))


def read_source(data: bytes) -> Source:
    """Return the Source of a file; raises SourceError where its bytes are not what its coding cookie says (PEP 263)."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        encoding = codecs.lookup(encoding).name
        if encoding == "utf-8-sig":
            encoding = (
                "utf-8"  # the mark stands once, at the file's beginning: no text that is encoded may bring another
            )
        if encoding not in ("utf-8", "ascii"):
            if data.decode(encoding).encode(encoding) != data:
                raise SourceError(f"the encoding {encoding} does not round-trip")
        elif not data.isascii():
            data.decode("utf-8")
    except (SyntaxError, LookupError, UnicodeError) as error:
        raise SourceError(str(error).partition("\n")[0]) from None
    bom = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    plain = encoding in ("utf-8", "ascii")
    if b"\r" not in data:
        lengths = (len(line) + 1 for line in data[bom:].split(b"\n")[:-1])
        return Source(data, tuple(accumulate(lengths, initial=bom)), encoding, plain, "\n")
    ends = list(_LINE_END.finditer(data))
    return Source(data, (bom, *(end.end() for end in ends)), encoding, plain, ends[0].group().decode("ascii"))
