"""The comments of settings files and documents: listed, never edited."""

from __future__ import annotations

import re

SETTINGS = (".toml", ".yaml", ".yml", ".ini", ".cfg", ".json")

_TOML = re.compile(
    r'"""(?:[^\\]|\\.)*?"""' + r"|'''.*?'''" + r'|"(?:[^"\\\n]|\\.)*"' + r"|'[^'\n]*'" + r"|(?P<comment>#[^\n]*)",
    re.DOTALL,
)
_JSON = re.compile(r'"(?:[^"\\]|\\.)*"|(?P<comment>//[^\n]*|/\*.*?\*/)', re.DOTALL)
# A quote opens a scalar only where a scalar can begin; one that its line does not close hides no comment.
_YAML = re.compile(
    r'(?:(?<=[\s,:\[{(-])|^)(?:"(?:[^"\\\n]|\\.)*"' + r"|'(?:[^'\n]|'')*')" + r"|(?:(?<=\s)|^)(?P<comment>#[^\n]*)",
    re.MULTILINE,
)
_INI = re.compile(r"(?:(?<=\s)|^)(?P<comment>[#;][^\n]*)", re.MULTILINE)
_MARKUP = re.compile(r"(?P<comment><!--.*?-->)", re.DOTALL)
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
