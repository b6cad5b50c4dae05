"""Files that crash, hang or fool parsers. Each is planted beside a normal importer and must cost itself only.

`IMPORT` is a real reference; a source that holds it is read by some parser up to there, or not at all.
"""

from collections.abc import Callable
from dataclasses import dataclass

IMPORT = b"from app.old import Old\n"


@dataclass(frozen=True)
class Source:
    """A hostile file. `fate` is what the plan must say: "skipped", "rewritten", "manual", "left" or "any" of these."""

    name: str
    path: str
    make: Callable[[], bytes]
    fate: str


def _notebook(code: str, rest: str = "") -> bytes:
    cell = f'{{"cell_type": "code", "metadata": {{}}, "outputs": [], "execution_count": null, "source": ["{code}"]}}'
    return f'{{"nbformat": 4, "nbformat_minor": 5, "metadata": {{}}{rest}, "cells": [{cell}]}}\n'.encode()


def _statements(size: int) -> bytes:
    line = b"x = [1, 2, {'a': (3, 4)}, f(5, b=6)]\n"
    return line * (size // len(line))


MANY = 30_000  # repetitions by which quadratic work on a document takes minutes

SOURCES = (
    # Nesting
    Source("parentheses-3000", "app/h.py", lambda: IMPORT + b"x = " + b"(" * 3000 + b"1" + b")" * 3000, "skipped"),
    Source("lists-150", "app/h.py", lambda: IMPORT + b"x = " + b"[" * 150 + b"]" * 150 + b"\n", "rewritten"),
    Source("lists-199", "app/h.py", lambda: IMPORT + b"x = " + b"[" * 199 + b"]" * 199 + b"\n", "any"),
    Source("open-lists-100000", "app/h.py", lambda: IMPORT + b"x = " + b"[" * 100_000, "skipped"),
    Source("hidden-nesting", "app/h.py", lambda: IMPORT + b"x = " + b"[')', " * 190 + b"]" * 190 + b"\n", "any"),
    Source("calls-150", "app/h.py", lambda: IMPORT + b"x = " + b"Old(" * 150 + b")" * 150 + b"\n", "any"),
    Source("lambdas-3000", "app/h.py", lambda: IMPORT + b"x = " + b"lambda: " * 3000 + b"Old\n", "any"),
    Source("nots-20000", "app/h.py", lambda: IMPORT + b"x = " + b"not " * 20_000 + b"Old\n", "skipped"),
    Source("minus-50000", "app/h.py", lambda: IMPORT + b"x = " + b"-" * 50_000 + b"1\n", "skipped"),
    Source("elifs-5000", "app/h.py", lambda: IMPORT + b"if 0: pass\n" + b"elif Old: pass\n" * 5000, "skipped"),
    Source("f-strings", "app/h.py", lambda: IMPORT + b"x = f'" + b'{f"' * 60 + b"{Old}" + b'"}' * 60 + b"'\n", "any"),
    # Length
    Source("sum-10000", "app/h.py", lambda: IMPORT + b"x = " + b"1+" * 10_000 + b"Old\n", "skipped"),
    Source("sum-10000-broken", "app/h.py", lambda: IMPORT + b"x = " + b"1+" * 10_000 + b"1 1\n", "skipped"),
    Source("sum-newer", "app/h.py", lambda: IMPORT + b"type X = Old\nx = " + b"1+" * 10_000 + b"1\n", "skipped"),
    Source("attributes-10000", "app/h.py", lambda: IMPORT + b"x = Old" + b".a" * 10_000 + b"\n", "skipped"),
    Source("comparison", "app/h.py", lambda: IMPORT + b"x = " + b"1<" * 10_000 + b"Old\n", "rewritten"),
    Source("strings-joined", "app/h.py", lambda: IMPORT + b"x = (" + b"'Old' " * 20_000 + b")\n", "any"),
    Source("generated-5MB", "app/h.py", lambda: IMPORT + _statements(5_000_000) + b"Old()\n", "any"),
    Source("long-line-20MB", "app/h.py", lambda: IMPORT + b"x = '" + b"Old " * 5_000_000 + b"'\n", "skipped"),
    Source("generated-100MB", "app/h.py", lambda: IMPORT + _statements(100_000_000), "skipped"),
    Source("comments-5MB", "app/h.py", lambda: IMPORT + b"# Old\n" * 800_000, "any"),
    Source("many-imports", "app/h.py", lambda: IMPORT * 5000 + b"Old()\n", "any"),
    Source("import-of-10000", "app/h.py", lambda: b"from app.old import (" + b"Old,\n" * 10_000 + b")\n", "any"),
    Source("number-1MB", "app/h.py", lambda: IMPORT + b"x = " + b"9" * 900_000 + b"\n", "skipped"),
    # Bytes
    Source("nul", "app/h.py", lambda: IMPORT + b"x = '\0'\n", "skipped"),
    Source("not-utf-8", "app/h.py", lambda: IMPORT + b"x = '\xff'\n", "skipped"),
    Source("surrogate", "app/h.py", lambda: IMPORT + b"x = '\xed\xa0\x80'\n", "skipped"),
    Source("rot13", "app/h.py", lambda: b"# coding: rot13\n" + IMPORT, "skipped"),
    Source("zip-codec", "app/h.py", lambda: b"# coding: zlib_codec\n" + IMPORT, "skipped"),
    Source("own-codec", "app/h.py", lambda: b"# coding: owncodec\n" + IMPORT, "skipped"),
    Source("utf-7", "app/h.py", lambda: b"# coding: utf-7\n" + IMPORT, "skipped"),
    Source("escapes", "app/h.py", lambda: b"# coding: unicode_escape\n" + IMPORT, "skipped"),
    Source("punycode", "app/h.py", lambda: b"# coding: punycode\n" + IMPORT + b"a" * 500_000, "skipped"),
    Source("wrong-cookie", "app/h.py", lambda: b"# coding: ascii\n" + IMPORT + "x = 'é'\n".encode(), "skipped"),
    Source("utf-16", "app/h.py", lambda: b"\xff\xfe" + IMPORT.decode().encode("utf-16-le") + IMPORT, "skipped"),
    # Python 2
    Source("python2-sum", "app/h.py", lambda: IMPORT + b"print 1\nx = " + b"1+" * 20_000 + b"1\n", "any"),
    Source("python2-deep", "app/h.py", lambda: IMPORT + b"print 1\nx = " + b"(" * 3000 + b"1" + b")" * 3000, "skipped"),
    Source("python2-2MB", "app/h.py", lambda: IMPORT + b"print 1\n" + _statements(2_000_000), "skipped"),
    Source("broken-lambdas", "app/h.py", lambda: IMPORT + b"x = " + b"lambda a=(" * 90 + b"\n", "skipped"),
    Source("broken-calls", "app/h.py", lambda: IMPORT + b"f(" * 90 + b"a=1 b" + b")" * 90 + b"\n", "skipped"),
    Source("broken-braces", "app/h.py", lambda: IMPORT + b"{1:" * 90 + b"!" + b"}" * 90 + b"\n", "skipped"),
    # Notebooks
    Source(
        "notebook-deep",
        "h.ipynb",
        lambda: _notebook("from app.old import Old", ', "x": ' + "[" * 90_000 + "]" * 90_000),
        "skipped",
    ),
    Source(
        "notebook-number", "h.ipynb", lambda: _notebook("from app.old import Old", ', "x": ' + "9" * 100_000), "skipped"
    ),
    Source(
        "notebook-twice",
        "h.ipynb",
        lambda: _notebook("from app.old import Old").replace(b'"source"', b'"source": ["1"], "source"'),
        "any",
    ),
    Source("notebook-surrogate", "h.ipynb", lambda: _notebook("from app.old import Old\\n'\\ud800'"), "any"),
    Source(
        "notebook-string", "h.ipynb", lambda: _notebook("from app.old import Old\\n" + "# \\u0041" * 200_000), "any"
    ),
    Source(
        "notebook-cells",
        "h.ipynb",
        lambda: _notebook("from app.old import Old").replace(
            b'"cells": [', b'"cells": [' + b'{"cell_type": "code", "source": "1"},' * 20_000
        ),
        "any",
    ),
    # Documents and settings
    Source("markdown-comments", "h.md", lambda: b"`app.old.Old`\n" + b"<!--" * MANY, "any"),
    Source("markdown-fences", "h.md", lambda: b"`app.old.Old`\n" + b"```python\n> ~~~\n" * MANY, "any"),
    Source("markdown-links", "h.md", lambda: b"`app.old.Old`\n" + b"](" * MANY + b"\n" + b"[a" * MANY, "any"),
    Source(
        "markdown-spaces", "h.md", lambda: b"`app.old.Old`\n](" + b" " * MANY * 4 + b"\n```" + b" " * MANY * 4, "any"
    ),
    Source("markdown-blocks", "h.md", lambda: b"```python\nfrom app.old import Old\n```\n" * 3000, "any"),
    Source("rst-comments", "h.rst", lambda: b"``app.old.Old``\n" + b"..\n" * MANY + b".. a\n  b\n" * MANY, "any"),
    Source(
        "rst-spaces", "h.rst", lambda: b"``app.old.Old``\n.. " + b" " * MANY * 4 + b"x\n.. _" + b"a" * MANY * 4, "any"
    ),
    Source("rst-angles", "h.rst", lambda: b"``app.old.Old``\n" + b"<a#" * MANY, "any"),
    Source("toml-quotes", "h.toml", lambda: b'a = "app.old.Old"\nb = ' + b'"""\\' * MANY, "any"),
    Source("toml-triples", "h.toml", lambda: b'a = "app.old.Old"\nb = ' + b"'''a'" * MANY, "any"),
    Source("toml-deep", "h.toml", lambda: b'a = "app.old.Old"\nb = ' + b"[" * MANY + b"]" * MANY, "any"),
    Source("yaml-quotes", "h.yaml", lambda: b"a: app.old.Old\nb: " + b'"' * MANY + b" '" * MANY, "any"),
    Source("yaml-backslashes", "h.yaml", lambda: b"a: app.old.Old\nb: " + b' "\\' * MANY, "any"),
    Source("yaml-keys", "h.yaml", lambda: b"a: app.old.Old\n" + b"- " * MANY + b"\n" + b" " * MANY * 4 + b"a\n", "any"),
    Source("ini-comments", "h.ini", lambda: b"a = app.old.Old\n" + b" ;" * MANY * 4, "any"),
    Source("json-deep", "h.json", lambda: b'{"a": "app.old.Old", "b": ' + b"[" * 90_000 + b"]" * 90_000 + b"}", "any"),
    Source("json-comments", "h.json", lambda: b'{"a": "app.old.Old"}\n' + b"/*" * MANY, "any"),
    Source("json-quotes", "h.json", lambda: b'{"a": "app.old.Old"}\n' + b'"\\' * MANY, "any"),
    Source("json-number", "h.json", lambda: b'{"a": "app.old.Old", "b": ' + b"9" * 100_000 + b"}", "any"),
)
