"""The proof of one edited file: that an edit changed nothing but what it may."""

from __future__ import annotations

import ast
from typing import Final

from consolidate.proof import definitions, strings, uses
from consolidate.proof.allowed import Allowed, Failure, NotProvedError
from consolidate.proof.layout import collector_paused, compiles, different_layout, lost_comment
from consolidate.proof.pruning import pruned
from consolidate.proof.scopes import analyse
from consolidate.proof.walk import Handler, Walk

_HANDLERS: Final[dict[type[ast.AST], Handler]] = {**definitions.HANDLERS, **strings.HANDLERS, **uses.HANDLERS}


def prove(
    old: bytes, new: bytes, allowed: Allowed, *, module: str, is_package: bool, comments: bool = True
) -> Failure | None:
    """Return None where `new` is `old` with nothing but allowed differences, else the first reason why not.

    `old` and `new` are a Python file's bytes as they are stored, `module` the file's dotted name and `is_package`
    whether it is an `__init__`; without `comments`, these may change. Nothing is imported or run, and nothing is
    raised, whatever the bytes hold.
    """
    with collector_paused():
        try:
            failure = _prove(old, new, allowed, module, is_package)
            return failure or (lost_comment(old, new) if comments else None)
        except NotProvedError as error:
            return error.failure
        except (RecursionError, MemoryError) as error:
            return Failure(0, f"the file is nested too deeply to be proved: {error.__class__.__name__}")


def _prove(old: bytes, new: bytes, allowed: Allowed, module: str, is_package: bool) -> Failure | None:
    if _proved_in_part(old, new, allowed, module, is_package):
        return None
    before = analyse(old, module, is_package, allowed.stars)
    after = analyse(new, module, is_package, allowed.stars)
    if isinstance(before, Failure):
        return Failure(0, f"the old file {before.reason}")
    if isinstance(after, Failure):
        return Failure(after.line, f"the new file {after.reason}")
    if (failure := different_layout(old, new)) is not None:
        return failure
    Walk(before, after, allowed, module).compare(before.tree, after.tree, _HANDLERS)
    if (failure := compiles(after.tree)) is not None and compiles(before.tree) is None:
        return Failure(failure.line, f"the new file {failure.reason}")
    return None


def _proved_in_part(old: bytes, new: bytes, allowed: Allowed, module: str, is_package: bool) -> bool:
    """Tell whether the edit is proved of all that it can concern, which is most often much less than the file."""
    left = pruned(old, new, module, is_package, allowed.stars)
    if left is None or different_layout(old, new) is not None:
        return False
    try:
        Walk(left.old, left.new, allowed, module, left.touched).compare(left.old.tree, left.new.tree, _HANDLERS)
    except NotProvedError:
        return False  # what is wrong, and in which line, the whole files tell
    return True
