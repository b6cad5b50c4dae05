"""The proof of an edit that may change nothing but the layout: both files have one syntax tree."""

from __future__ import annotations

import ast

from consolidate.proof.allowed import Failure
from consolidate.proof.layout import collector_paused, compiles, different_layout, parse


def prove_equal(old: bytes, new: bytes) -> Failure | None:
    """Return None where two files have the same syntax tree, else why not."""
    with collector_paused():
        before, after = parse(old), parse(new)
        if isinstance(before, Failure):
            return Failure(0, f"the old file {before.reason}")
        if isinstance(after, Failure):
            return Failure(after.line, f"the new file {after.reason}")
        try:
            return None if ast.dump(before) == ast.dump(after) else Failure(0, "the syntax trees differ")
        except (RecursionError, MemoryError) as error:
            return Failure(0, f"the file is nested too deeply to be proved: {error.__class__.__name__}")


def sound(old: bytes, new: bytes) -> Failure | None:
    """Return why a file is not fit to take the place of another, whatever it says: it must compile, as that one did.

    Encoding, byte order mark and line ends must be those of the old file.
    """
    with collector_paused():
        failure = different_layout(old, new)
        if failure is None and (failure := compiles(new)) is not None and compiles(old) is not None:
            return None
        return failure
