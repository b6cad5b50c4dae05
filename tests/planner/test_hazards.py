"""What no parser is shown, and what only a process of its own reads: the limits, to the byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.hazards import LARGEST, is_risky, refusal

RISKY = {
    "empty": (b"", False),
    "a megabyte": (b"x\n" * 500_000, False),
    "more": (b"x\n" * 500_000 + b"x", True),
    "a long line": (b"x" * 100_001, True),
    "a line that is not": (b"x" * 100_000 + b"\n", False),
    "a long line between others": (b"x\n" + b"x" * 100_001 + b"\nx", True),
    "lines": (b"x = 1\n" * 20_000, False),
    "brackets one behind another": (b"()[]{}" * 100, False),
    "deep": (b"(" * 81, True),
    "as deep as may be": (b"(" * 80, False),
    "deep, and closed": (b"[" * 81 + b"]" * 81, True),
    "of every kind": (b"([{" * 27 + b"}])" * 27, True),
    "deep behind what closes too early": (b")" * 200 + b"{" * 81, True),
    "not deep behind what closes too early": (b")" * 200 + b"{" * 80 + b"()", True),
    "never deep": (b"(((((((((())))))))))" * 20, False),
}


@pytest.mark.parametrize(("data", "risky"), RISKY.values(), ids=RISKY)
def test_what_is_large_or_long_or_deep_is_risky(data: bytes, risky: bool) -> None:
    assert is_risky(data) is risky


REFUSED = {
    "nothing": ("a.py", b"", ""),
    "the largest": ("a.md", b"x" * LARGEST, ""),
    "larger": ("a.md", b"x" * (LARGEST + 1), "larger than 20 MB"),
    "NUL": ("a.py", b"x\0", "it holds NUL bytes"),
    "NUL in a stub": ("a.pyi", b"x\0", "it holds NUL bytes"),
    "NUL in a document": ("a.md", b"x\0", ""),
    "an encoding": ("a.py", b"# coding: latin-1\n", ""),
    "an alias of one": ("a.py", b"# -*- coding: ISO_8859-15 -*-\n", ""),
    "behind a mark": ("a.py", b"\xef\xbb\xbf# coding: utf-8\n", ""),
    "no encoding": ("a.py", b"# coding: nowhere\n", "its encoding nowhere is none for Python's source code"),
    "in the second line": ("a.py", b"#!x\n# coding=nowhere\n", "its encoding nowhere is none for Python's source code"),
    "after an empty line": ("a.py", b"\r\n# coding=nowhere\n", "its encoding nowhere is none for Python's source code"),
    "in the third line": ("a.py", b"#\n#\n# coding=nowhere\n", ""),
    "behind code": ("a.py", b"x\n# coding=nowhere\n", ""),
    "beside code": ("a.py", b"x # coding=nowhere\n", ""),
    "indented": ("a.py", b" \t\f# coding=nowhere\n", "its encoding nowhere is none for Python's source code"),
    "not from bytes to text": ("a.py", b"# coding: rot13\n", "its encoding rot13 is none for Python's source code"),
    "with a state": ("a.py", b"# coding: utf-16\n", "its encoding utf-16 is none for Python's source code"),
    "no codec's module": ("a.py", b"# coding: aliases\n", "its encoding aliases is none for Python's source code"),
    "of a package": ("a.py", b"# coding: a.b\n", "its encoding a.b is none for Python's source code"),
    "a long one": ("a.py", b"# coding: " + b"x" * 60, f"its encoding {'x' * 40} is none for Python's source code"),
}


@pytest.mark.parametrize(("path", "data", "why"), REFUSED.values(), ids=REFUSED)
def test_what_no_parser_is_shown_has_a_reason(path: str, data: bytes, why: str) -> None:
    assert refusal(path, data) == why


@given(st.lists(st.sampled_from([b"(", b"[", b"{", b")", b"]", b"}", b"([{" * 20, b"}])" * 20, b"()", b"[]"])))
def test_deep_is_what_rises_far_above_the_lowest_point_before(pieces: list[bytes]) -> None:
    data = b" x ".join(pieces)
    depth = lowest = highest = 0
    for byte in data:
        depth += (byte in b"([{") - (byte in b")]}")
        lowest = min(lowest, depth)
        highest = max(highest, depth - lowest)
    assert is_risky(data) is (highest > 80)
