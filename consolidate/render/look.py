"""How text may look where it is going: colours, characters and columns; and text made safe to be shown."""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

# Those that can be read on a dark and on a light background, whatever the palette: not yellow, not blue, none that is
# bright, and no background.
_CODES = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "magenta": "35",
    "cyan": "36",
}
_ANY = "|".join(_CODES.values())
_OWN = re.compile(rf"(\x1b\[(?:0|(?:{_ANY})(?:;(?:{_ANY}))*)m)")


class Look(Struct, frozen=True):
    """What the reader's end can show, and whether it is a `terminal`, which obeys what it is sent.

    The defaults suit a file or a pipe.
    """

    colour: bool = False
    unicode: bool = True
    width: int = 80
    terminal: bool = False

    def paint(self, text: str, *styles: str) -> str:
        """Return the text in the named styles (`bold`, `dim`, a colour), unchanged where there are no colours."""
        if not self.colour or not text or not styles:
            return text
        return f"\x1b[{';'.join(_CODES[style] for style in styles)}m{text}\x1b[0m"

    @property
    def ellipsis(self) -> str:
        """Return what stands for text that was cut out."""
        return "…" if self.unicode else "..."

    @property
    def arrow(self) -> str:
        """Return what stands between old and new."""
        return "→" if self.unicode else "->"

    @property
    def rule(self) -> str:
        """Return the character that lines are drawn with."""
        return "─" if self.unicode else "-"

    def cut(self, text: str, width: int) -> str:
        """Return the text in at most `width` columns; what is cut out is missing in its middle."""
        if columns(text) <= width:
            return text
        keep = max(width - len(self.ellipsis), 0)
        head = keep // 2
        tail = _fitting(text[::-1], keep - head)
        return text[: _fitting(text, head)] + self.ellipsis + text[len(text) - tail :]

    def plain(self, text: str) -> str:
        """Return text from a repository as it may be shown: on one line, no control characters, ASCII if need be."""
        shown = escape(text)
        return shown if self.unicode else shown.encode("ascii", "backslashreplace").decode("ascii")


def columns(text: str) -> int:
    """Return how many columns of a terminal printable text takes: East Asian characters two, combining marks none."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def filled(text: str, width: int, *, right: bool = False) -> str:
    """Return the text with blanks behind it, or if `right` before it, that make it `width` columns wide."""
    blanks = " " * (width - columns(text))
    return blanks + text if right else text + blanks


def escape(text: str) -> str:
    r"""Return the text with everything that is not printable as a backslash escape; bytes of PEP 383 as `\xff`."""
    return text if text.isprintable() else "".join(char if char.isprintable() else _escaped(char) for char in text)


def harmless(text: str) -> str:
    """Return lines of text with everything escaped that is not printable, but for tabs and our own colours."""
    if text.isprintable():
        return text
    parts = _OWN.split(text)
    parts[::2] = [
        "\n".join("\t".join(map(escape, line.split("\t"))) for line in part.split("\n")) for part in parts[::2]
    ]
    return "".join(parts)


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _fitting(text: str, width: int) -> int:
    """Return how many characters at the beginning of the text fit the columns."""
    if text.isascii():
        return width
    taken = 0
    for index, char in enumerate(text):
        taken += _columns(char)
        if taken > width:
            return index
    return len(text)


def _escaped(char: str) -> str:
    if 0xDC80 <= ord(char) <= 0xDCFF:
        return f"\\x{ord(char) - 0xDC00:02x}"
    return char.encode("unicode_escape").decode("ascii") if not "\ud800" <= char <= "\udfff" else f"\\u{ord(char):04x}"
