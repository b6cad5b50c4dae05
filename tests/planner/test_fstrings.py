"""Positions in f-strings: of every name of the standard library's f-strings, against the file's own text."""

import ast
import re
import sys
import sysconfig
from itertools import islice
from pathlib import Path

import pytest

from planner.fstrings import places

if sys.version_info >= (3, 12):
    pytest.skip("the parser tells positions itself", allow_module_level=True)

NASTY = [
    r"""f'{x!r:>{y}}{{x}}' "x{" rf"\{x}" f'''{x
}'''""",
    r"""f"{x == y} {x != y!s} {x <= y:d} {x=} {x = !r:^{y}} {f'{x}'} {'}' + x} {x['a:b']} {(lambda: x)()}" """,
    r"""f'{x["a"]} {""\"b"c""\"} {y}' """.replace("\\", ""),
    r'''f"\N{DIGIT ONE}\n{x}é{x}" "é" f"{y}"''',
]


@pytest.mark.parametrize("text", NASTY)
def test_names_stand_where_it_says(text: str) -> None:
    text = text.strip()
    joined = ast.parse(f"({text})").body[0].value
    found = places(text, joined)
    names = [node for node in ast.walk(joined) if isinstance(node, ast.Name)]
    assert names
    for node in names:
        place = found[id(node)]
        assert text[place.start : place.end] == node.id


def test_names_of_real_f_strings_stand_where_it_says() -> None:
    seen = 0
    for path in islice(sorted(Path(sysconfig.get_path("stdlib")).glob("*.py")), 90):
        source = path.read_bytes()
        starts = [0, *(match.end() for match in re.finditer(rb"\r\n|\r|\n", source))]
        for joined in outermost(ast.parse(source)):
            first = starts[joined.lineno - 1] + joined.col_offset
            text = source[first : starts[joined.end_lineno - 1] + joined.end_col_offset].decode()
            found = places(text, joined)
            for node in ast.walk(joined):
                if isinstance(node, ast.Name):
                    place = found[id(node)]
                    assert text[place.start : place.end] == node.id, f"{path.name}:{joined.lineno}"
                    seen += 1
    assert seen > 200


def test_what_is_read_otherwise_is_not_told() -> None:
    joined = ast.parse("f'{x}'").body[0].value
    assert places("f'{y}'", joined) == {}
    assert places("f'{x} {x}'", joined) == {}


def outermost(node: ast.AST) -> list[ast.JoinedStr]:
    if isinstance(node, ast.JoinedStr):
        return [node]
    return [found for child in ast.iter_child_nodes(node) for found in outermost(child)]
