"""The diff renderer, judged by git itself: what it writes must apply, and give the new bytes."""

import os
import random
import re
import subprocess
import time
from pathlib import Path

import pytest

from consolidate.render.diff import FileDiff, counts, file_diff, painted, quote, stat
from consolidate.render.look import Look
from planner.model import Edit, apply_edits, blob_id, decode, encode


def edited(path: str, old: bytes, *spans: tuple[int, int, bytes], mode: str = "100644") -> FileDiff:
    edits = tuple(Edit(start, end, decode(old[start:end]), decode(new), "c") for start, end, new in spans)
    new = apply_edits(old, edits)
    return FileDiff(path, mode, blob_id(old), blob_id(new), old, new, edits)


def applied(folder: Path, *files: FileDiff) -> None:
    """Write the old files, let git apply the diffs, and compare with the new ones."""
    for file in files:
        target = folder / os.fsdecode(encode(file.path))
        if file.old is not None:
            target.write_bytes(file.old)
    subprocess.run(["git", "init", "-q", folder], check=True)
    diff = b"".join(file_diff(file) for file in files)
    for arguments in (["--check"], []):
        result = subprocess.run(
            ["git", "apply", "--whitespace=nowarn", *arguments, "-"], cwd=folder, input=diff, capture_output=True
        )
        assert result.returncode == 0, (result.stderr, diff)
    for file in files:
        target = folder / os.fsdecode(encode(file.path))
        assert target.exists() == (file.new is not None)
        if file.new is not None:
            assert target.read_bytes() == file.new


CASES = {
    "one line": edited("a.py", b"a\nb\nc\n", (2, 3, b"B")),
    "no last newline": edited("a.py", b"a\nb", (2, 3, b"B")),
    "newline gained": edited("a.py", b"a\nb", (3, 3, b"\n")),
    "newline lost": edited("a.py", b"a\nb\n", (3, 4, b"")),
    "context without newline": edited("a.py", b"a\nb\nc", (0, 1, b"A")),
    "CRLF and lone CR": edited("a.py", b"a\r\nb\rc\r\nd\r\n", (3, 4, b"B")),
    "bytes that are no UTF-8": edited("a.py", b"# caf\xe9\nx = 1\n", (7, 8, b"\xff")),
    "byte order mark": edited("a.py", b"\xef\xbb\xbfx\n", (3, 4, b"y")),
    "unicode line separators": edited("a.py", "a\u2028b\x0cc\x85d\nx\n".encode(), (2, 4, b"")),
    "insertion at the start": edited("a.py", b"a\nb\n", (0, 0, b"new\n")),
    "insertion at the end": edited("a.py", b"a\nb\n", (4, 4, b"new\n")),
    "insertion at the end of an open line": edited("a.py", b"a\nb", (3, 3, b"\nnew")),
    "two edits on a line": edited("a.py", b"one two\n", (0, 3, b"1"), (4, 7, b"2")),
    "edits far apart": edited("a.py", b"x\n" * 40, (0, 1, b"y"), (60, 61, b"y")),
    "edits seven lines apart": edited("a.py", b"x\n" * 40, (0, 1, b"y"), (14, 15, b"z")),
    "lines joined": edited("a.py", b"a\nb\nc\nd\n", (1, 2, b" "), (5, 6, b" ")),
    "filled": edited("a.py", b"", (0, 0, b"x = 1\n")),
    "emptied": edited("a.py", b"x = 1\n", (0, 6, b"")),
    "executable": edited("a.py", b"x\n", (0, 1, b"y"), mode="100755"),
    "NUL": edited("a.py", b"a\0b\nc\n", (4, 5, b"C")),
    "created": FileDiff("n.py", "100644", "", blob_id(b"x\n"), None, b"x\n"),
    "created empty": FileDiff("n.py", "100644", "", blob_id(b""), None, b""),
    "deleted": FileDiff("n.py", "100644", blob_id(b"x\ny"), "", b"x\ny", None),
    "deleted empty": FileDiff("n.py", "100644", blob_id(b""), "", b"", None),
    "rewritten as a whole": edited("a.py", b"a\nb\nc\nd\n", (0, 8, b"c\nx\na\n")),
    **{
        f"path {path!r}": edited(path, b"a\n", (0, 1, b"b"))
        for path in ("with blank.py", 'quo"te.py', "tab\t.py", "new\nline.py", "é.py", "latin\udce9.py", "back\\s.py")
    },
}


@pytest.mark.parametrize("name", CASES)
def test_git_applies_it_and_gets_the_new_bytes(tmp_path, name):
    applied(tmp_path, CASES[name])


def test_any_edits_of_any_file_apply(tmp_path):
    files = []
    for seed in range(300):
        dice = random.Random(seed)
        old = b"".join(dice.choice([b"a", b"b", b"\n", b"\n", b"\r\n", b"\xff"]) for _ in range(dice.randrange(60)))
        places = sorted(dice.sample(range(len(old) + 1), min(2 * dice.randrange(1, 4), 2 * ((len(old) + 1) // 2))))
        spans = [
            (start, end, b"".join(dice.choice([b"x", b"\n", b"a"]) for _ in range(dice.randrange(5))))
            for start, end in zip(places[::2], places[1::2], strict=True)
        ]
        file = edited(f"f{seed}", old, *spans)
        if file.old != file.new:
            files.append(file)
    assert len(files) > 200
    applied(tmp_path, *files)


def test_git_counts_the_same_lines(tmp_path):
    file = edited("a.py", b"x\n" * 40, (0, 1, b"y\nz"), (60, 62, b""))
    result = subprocess.run(
        ["git", "apply", "--numstat", "-"], input=file_diff(file), cwd=tmp_path, capture_output=True, check=True
    )
    assert result.stdout.split() == [b"2", b"2", b"a.py"]
    assert counts(file) == (2, 2)


def test_only_changed_lines_and_three_lines_around_them_are_shown():
    lines = file_diff(edited("a.py", b"".join(b"%d\n" % n for n in range(20)), (20, 22, b"ten"))).split(b"\n")
    assert lines[4:-1] == [b"@@ -8,7 +8,7 @@", b" 7", b" 8", b" 9", b"-10", b"+ten", b" 11", b" 12", b" 13"]


def test_no_difference_is_no_diff():
    assert file_diff(edited("a.py", b"a\n", (0, 1, b"a"))) == b""


def test_a_large_file_with_two_edits_is_quick():
    old = b"value = compute(value)\n" * 200_000
    file = edited("big.py", old, (0, 5, b"other"), (len(old) - 23, len(old) - 18, b"other"))
    start = time.perf_counter()
    diff = file_diff(file)
    assert time.perf_counter() - start < 2
    assert diff.count(b"@@ -") == 2


def test_a_large_file_replaced_as_a_whole_is_quick():
    old = b"".join(b"line %d\n" % (n % 7) for n in range(50_000))
    start = time.perf_counter()
    file_diff(edited("big.py", old, (0, len(old), old[::-1])))
    assert time.perf_counter() - start < 2


def test_colours_add_nothing_but_colours():
    diff = file_diff(CASES["two edits on a line"])
    assert painted(diff, Look()) == diff
    coloured = painted(diff, Look(colour=True))
    assert b"\x1b[31m-one two\x1b[0m" in coloured
    assert re.sub(rb"\x1b\[[0-9;]*m", b"", coloured) == diff


def test_paths_are_quoted_as_git_quotes_them(tmp_path):
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    names = ["é.py", "t\t.py", 'q".py', "b\\.py", "l\udce9.py", "a b.py", "\x7f\x01.py"]
    for name in names:
        (tmp_path / os.fsdecode(encode(name))).write_bytes(b"")
    listed = subprocess.run(["git", "ls-files", "-o"], cwd=tmp_path, capture_output=True, check=True).stdout
    assert sorted(listed.splitlines()) == sorted(quote(name) for name in names)


def test_the_stat_shows_each_file_and_the_sum():
    lines = stat([CASES["one line"], CASES["created"], CASES["deleted"]], Look())
    assert lines == [
        " a.py | +1 -1",
        " n.py | +1 -0 (new)",
        " n.py | +0 -2 (gone)",
        " 3 files changed, 2 insertions(+), 3 deletions(-)",
    ]
