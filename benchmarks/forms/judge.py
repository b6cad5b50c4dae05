"""What became of a program: it is run as it was and as a tool left it. Shares no code with any of the tools."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
import tokenize
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from programs import ENGINE, LEGACY, WORDS, Program, write

RIGHT, WRONG, LEFT, SILENT = "right", "wrong", "left", "silent"
RUNNER = Path(__file__).with_name("run_program.py")
SECONDS = 20
NAMES = re.compile(rb"\b(%s)\b" % "|".join(WORDS).encode())

Tree = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`right`, `wrong` or `left`, and why it is not right."""

    word: str
    reason: str = ""


def judge(program: Program, after: Tree, listed: frozenset[str] | None = None) -> Verdict:
    """Judge the files that a tool left. `listed` are the files of which the tool says that something is left to do.

    None is a tool that never says so. Right: with the legacy class gone, everything does what it did, each reference is
    the new class, and nothing besides changed. Left: a reference is still the legacy class, and everything works as
    long as that is there. Silent: left, by a tool that lists what it leaves, and not listed.
    """
    before = program.tree()
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)} - {LEGACY, ENGINE}
    if program.untouched:
        return Verdict(WRONG, f"touched {min(changed)}") if changed else Verdict(RIGHT)
    for path in sorted(changed):
        harm = harmed(before.get(path, b""), after.get(path, b""))
        if harm:
            return Verdict(WRONG, f"{path}: {harm}")
    texts = [text_verdict(program, path, after) for path in sorted(program.texts)]
    if WRONG in texts:
        return Verdict(WRONG, "a file that isn't run has the wrong text")
    here = after | {ENGINE: before[ENGINE]}
    gone = {path: data for path, data in here.items() if path != LEGACY}
    rest = program.legacy_without()
    was = trace(program, before)
    wanted = mapped(was)
    got = trace(program, gone | ({LEGACY: rest} if rest else {}))
    if got == wanted and LEFT not in texts:
        return Verdict(RIGHT)
    kept = trace(program, here)
    if len(kept) != len(was) or any(now not in pair for now, *pair in zip(kept, was, wanted, strict=True)):
        return Verdict(WRONG, difference(was, wanted, kept))
    reason = difference(was, wanted, got) if got != wanted else "a file that isn't run is left"
    behind = {path for path, data in here.items() if b"legacy" in data or b"OldEngine" in data} - {LEGACY, ENGINE}
    return Verdict(LEFT if listed is None or behind & listed else SILENT, reason)


def text_verdict(program: Program, path: str, after: Tree) -> str:
    if after.get(path) in program.texts[path]:
        return RIGHT
    return LEFT if after.get(path) == program.files[path] else WRONG


def mapped(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line.replace("app.old.legacy:OldEngine", "app.engine:UserEngine") for line in lines)


def difference(was: tuple[str, ...], wanted: tuple[str, ...], got: tuple[str, ...]) -> str:
    """Return the first line that is neither as it was nor as wanted, else the first that is not as wanted."""
    failed = [line for line in got if line.startswith("!!")]
    if failed:
        return failed[0]
    if len(got) != len(wanted):
        return "says more or less than before"
    odd = [now for now, old, new in zip(got, was, wanted, strict=True) if now not in (old, new)]
    behind = [now for now, new in zip(got, wanted, strict=True) if now != new]
    return (odd or behind or [""])[0]


def trace(program: Program, tree: Tree) -> tuple[str, ...]:
    """Return what a tree prints, line by line; an exception is a line that begins with `!!`."""
    return _trace(program.main, program.checking, tuple(sorted(tree.items())))


@cache
def _trace(main: str, checking: bool, items: tuple[tuple[str, bytes], ...]) -> tuple[str, ...]:
    lines: list[str] = []
    with tempfile.TemporaryDirectory(prefix="forms-run-") as folder:
        write(Path(folder), dict(items))
        for extra in ([], ["checking"])[: 1 + checking]:
            command = [sys.executable, "-I", "-B", "-W", "ignore", str(RUNNER), folder, main, *extra]
            try:
                done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
                lines += done.stdout.decode(errors="replace").splitlines()
            except subprocess.TimeoutExpired:
                lines.append("!! no end")
    return tuple(lines)


def harmed(before: bytes, after: bytes) -> str:
    """Say what an edit did to bytes that it had no business with, "" for nothing."""
    if line_ends(after) - line_ends(before):
        return "other line ends"
    if before.startswith(b"\xef\xbb\xbf") != after.startswith(b"\xef\xbb\xbf"):
        return "byte order mark"
    if before and before.endswith(b"\n") != after.endswith(b"\n"):
        return "last line end"
    lost = comments(before) - comments(after)
    if lost:
        return f"lost the comment {min(lost)}"
    lines = iter(after.splitlines(keepends=True))
    for line in protected(before):
        if line not in lines:
            return f"changed the line {line.decode(errors='replace').strip()!r}"
    return ""


def line_ends(data: bytes) -> set[bytes]:
    return set(re.findall(rb"\r\n|\r|\n", data))


def comments(data: bytes) -> Counter[str]:
    """Return the comments of a Python file, one by one; of any other, none."""
    return Counter(token.string for token in tokens(data) if token.type == tokenize.COMMENT)


def tokens(data: bytes) -> list[tokenize.TokenInfo]:
    found = []
    try:
        for token in tokenize.tokenize(io.BytesIO(data).readline):
            found.append(token)  # noqa: PERF402 - those before an error count
    except (SyntaxError, tokenize.TokenError):
        pass
    return found


def protected(data: bytes) -> list[bytes]:
    """Return the lines whose statements have none of the words that a migration is about."""
    lines = data.splitlines(keepends=True)
    spans, start = [(number, number) for number in range(1, len(lines) + 1)], 0
    for token in tokens(data):
        if token.type in (tokenize.NEWLINE, tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT):
            if token.type == tokenize.NEWLINE and start:
                spans.append((start, token.start[0]))
                start = 0
        elif not start and token.type not in (tokenize.ENCODING, tokenize.ENDMARKER):
            start = token.start[0]
    touched: set[int] = set()
    for first, last in spans:
        if NAMES.search(b"".join(lines[first - 1 : last])):
            touched.update(range(first, last + 1))
    return [line for number, line in enumerate(lines, 1) if number not in touched]
