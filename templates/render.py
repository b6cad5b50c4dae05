"""Render shims and notices of deprecation: the one module that imports Jinja2.

Decisions that everybody who meets a shim lives with:

- A shim depends on nothing but the standard library. So each shim module defines a ConsolidateDeprecationWarning of its
  own, a subclass of DeprecationWarning, and no category is common to all shims. What is common is the message: it
  begins with `consolidate: `, so `-W "ignore:consolidate"`, or `error:consolidate` among pytest's filterwarnings, is
  the filter for all of them, and `ignore::old.module.ConsolidateDeprecationWarning` the one for a single shim.
- A shim warns where a name is taken, not where the module is imported (PEP 562). The interpreter's registry of warnings
  makes that once per place. The probe that the import statement makes on a package (`_handle_fromlist`) is not warned
  about, because the statement then takes the name itself.
- Nothing is kept in the shim's globals, so a patch of the replacement is seen through the old path too.
- A replacement that is still being imported when its old name is taken gives ImportError, which names the cycle.
- A class with a call rule is a real type, an adapter: calls go by the rule, isinstance and issubclass follow the
  replacement, and a subclass is one of the replacement itself. Its attributes are got, set and deleted on the
  replacement, `__init__`, `__doc__`, `__name__` and `__mro__` too; its own are `__class__`, `__signature__` (the
  rule's), and `__module__` and `__qualname__`, by which it is pickled and shown.
- An adapter imports the replacement when it is first used. To take the name, to annotate with it and to compare or hash
  it is no use yet: a module of the replacement's own import closure does that. It equals the replacement, and hashes as
  it does if that was loaded at the first hash; else a table that has one of the two does not find the other.
- What an adapter cannot do: an `except` clause with it raises TypeError, as Python asks there for the real bases; a
  base whose metaclass is neither type nor that of ABC or Protocol conflicts beside it; and `issubclass(Old, Base)` is
  true only once Old was used, or was taken when the replacement was loaded, and not at all where the replacement has
  `__slots__` or a built-in base.
- Type checkers see an import of the replacement under the old name, and nothing of the rest, so a typing error in the
  importer is still found.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from jinja2 import DictLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from templates.check import check_notice, check_shim
from templates.hints import hints, signature
from templates.shim import WILDCARD, Shim, ShimError, ShimName, validate, validate_values

NOTICE_BEGIN = "# consolidate: notice of deprecation, begin"
"""The first line of a notice; the last is NOTICE_END. What lies between them, both included, can be cut out again."""
NOTICE_END = "# consolidate: notice of deprecation, end"

COMMAND = "consolidate plan"
"""The command that a warning names: it lists what uses the old path, and plans the edits."""

_WIDTH = 108
"""The longest piece of text on a line of the notice, which has an indent and quotes besides."""

_TEMPLATES = ("shim.j2", "adapter.j2", "notice.j2")


def render_shim(shim: Shim, newline: str = "\n") -> str:
    """Return the text of the shim module; every line ends in `newline` (LF, CR LF or CR).

    The text is UTF-8 when encoded. Raises ShimError where a name cannot be served as the shim says.
    """
    validate(shim)
    text = _render(
        "shim.j2",
        headline=f"Moved: what {shim.module} held has a new home.",
        moves=[f"{_shown(old)} -> {_target(home)}" for old, home in shim.moved.items()],
        remarks=_remarks(shim),
        all_names=shim.all_names,
        moved=shim.moved,
        hints=hints(shim),
        adapted=[_adapter(item) for item in shim.adapted],
        classes=any(not item.function for item in shim.adapted),
        wildcard=shim.moved.get(WILDCARD, ("", ""))[0],
        tail=_tail(shim),
    )
    check_shim(text, shim)
    return _with_newline(text, newline)


def render_warning_block(shim: Shim, newline: str = "\n") -> str:
    """Return the statements that make an implementation which stays warn when it is imported, as whole lines.

    They go behind the module's docstring and its `from __future__` imports, and add no public name to the module. The
    first line is NOTICE_BEGIN and the last NOTICE_END. Raises ShimError for a value that no Python source can hold.
    """
    validate_values(shim)
    moves = [f"{_shown(old)} is now {_target(home)}" for old, home in shim.moved.items()]
    more = [f"and {len(moves) - 3} more"] if len(moves) > 3 else []
    told = moves[:3] + more or ["it has a replacement"]
    lines = [piece for text in (*(f"{move}, " for move in told[:-1]), told[-1]) for piece in _pieces(text)]
    text = _render("notice.j2", moves=lines, tail=_tail(shim))
    check_notice(text)
    return _with_newline(text, newline)


def _pieces(text: str) -> list[str]:
    """Return the text in pieces that fit on a line of the notice, cut behind a blank or a dot."""
    pieces: list[str] = []
    while len(text) > _WIDTH:
        cut = max(text.rfind(" ", 0, _WIDTH), text.rfind(".", 0, _WIDTH)) + 1 or len(text)
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text] if text else pieces


def _render(template: str, **values: object) -> str:
    return _environment().get_template(template).render(values)


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    """Return the environment; its templates come from this package (a wheel or a zip), never from a repository."""
    package = files("templates")
    environment = ImmutableSandboxedEnvironment(
        loader=DictLoader({name: package.joinpath(name).read_text("utf-8") for name in _TEMPLATES}),
        undefined=StrictUndefined,
        autoescape=False,  # the product is Python, not HTML: the filters below quote for Python
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["literal"] = _literal
    environment.filters["docstring"] = _docstring
    return environment


def _literal(text: str) -> str:
    """Return the text as a Python string literal in double quotes (JSON's escapes are Python's)."""
    return json.dumps(text, ensure_ascii=False)


def _docstring(text: str) -> str:
    """Return the text as it stands in a docstring."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _adapter(item: ShimName) -> dict[str, str]:
    rule = item.adapter
    if rule is None:
        raise ShimError(f"{item.name} has no rule")
    function = f"_adapt_{item.name}"
    return {
        "name": item.name,
        "prefix": "async " if item.awaited else "",
        "signature": signature(rule.parameters),
        "module": item.replacement.module,
        "root": rule.root,
        "expression": rule.expression,
        "value": function if item.function else f'_Adapter({_literal(item.name)}, (), {{"_moved_call": {function}}})',
    }


def _shown(name: str) -> str:
    return "everything" if name == WILDCARD else name


def _target(home: tuple[str, str]) -> str:
    return ".".join(filter(None, home))


def _tail(shim: Shim) -> str:
    """Return the end of a warning: since when, until when, and what to do."""
    when = [f"since {shim.since}"] if shim.since else []
    when.append(f"the old path goes in {shim.removal_version}" if shim.removal_version else "the old path will go")
    return f" ({', '.join(when)}); run `{COMMAND}` to find and fix what uses it"


def _remarks(shim: Shim) -> Sequence[str]:
    since = f" since {shim.since}" if shim.since else ""
    until = f"in {shim.removal_version}" if shim.removal_version else "when nothing uses it any more"
    remarks = [
        f"This module hands them out under their old names{since}, with a warning, and goes {until}.",
        f"`{COMMAND}` finds what still imports from here, and fixes it (migration {shim.migration}).",
    ]
    return (*remarks, shim.doc) if shim.doc else remarks


def _with_newline(text: str, newline: str) -> str:
    if newline not in ("\n", "\r\n", "\r"):
        raise ShimError(f"{newline!r} is no line end of Python")
    return text.replace("\n", newline)
