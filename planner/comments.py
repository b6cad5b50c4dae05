"""The comments of settings files and documents: listed, never edited."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

SETTINGS = (".toml", ".yaml", ".yml", ".ini", ".cfg", ".json")

# What is opened and never closed lasts to the end, in each pattern: to look for its end again and again from each place
# that might open something would take time by the square of a file's length.
_TOML = re.compile(
    r'"""(?:[^\\]|\\.)*?(?:"""|\Z)'
    r"|'''.*?(?:'''|\Z)"
    r'|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+(?:"|\\?$)'
    r"|'[^'\n]*'|(?P<comment>#[^\n]*)",
    re.DOTALL | re.MULTILINE,
)
_JSON = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z))', re.DOTALL)
# A quote opens a scalar only where a scalar can begin; one that its line does not close hides no comment.
_YAML = re.compile(
    r'(?:(?<=[\s,:\[{(-])|^)(?:"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"'
    r"|'(?:[^'\n]|'')*')|(?:(?<=\s)|^)(?P<comment>#[^\n]*)",
    re.MULTILINE,
)
_INI = re.compile(r"(?:(?<=\s)|^)(?P<comment>[#;][^\n]*)", re.MULTILINE)
_MARKUP = re.compile(r"(?P<comment><!--.*?(?:-->|\Z))", re.DOTALL)  # CommonMark 4.6: unclosed, it lasts to the end
# `.. anything` is a comment unless it is a directive, a target, a footnote or a substitution.
_RST = re.compile(
    r"^(?P<comment>(?P<indent>[ \t]*)\.\.(?:[ \t]+(?![ \t]|[\w:+.-]+::|_|\[|\|)[^\n]*|[ \t]*$)"
    r"(?:\n(?:[ \t]*$|(?P=indent)[ \t]+[^\n]*))*)",
    re.MULTILINE,
)
_PATTERNS = {
    ".toml": _TOML,
    ".json": _JSON,
    ".yaml": _YAML,
    ".yml": _YAML,
    ".ini": _INI,
    ".cfg": _INI,
    ".md": _MARKUP,
    ".rst": _RST,
}


def comments(path: str, text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans (in characters) of a file's comments, sorted; none for a kind of file that is not known.

    Where it cannot be told, text counts as a comment: what is one by mistake is only left.
    """
    pattern = _PATTERNS.get(path[path.rfind(".") :])
    if pattern is None:
        return ()
    return tuple(match.span("comment") for match in pattern.finditer(text) if match.group("comment") is not None)


def covered(spans: Sequence[tuple[int, int]], place: int) -> bool:
    """Tell whether a place is in one of the spans, which are sorted and half-open."""
    index = bisect_right(spans, place, key=lambda span: span[0])
    return index > 0 and place < spans[index - 1][1]
