"""What a shim hands out, as a value, and the rules that the value must keep before a template sees it.

Every text that reaches a template is one of four things: an identifier, a dotted name, one line of printable text
(rendered as a `repr` or escaped into a docstring), or the two sides of a call rule, checked here. The planner's types
are described by protocols, because templates and planner do not import each other.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Sequence
from keyword import iskeyword
from typing import Protocol

from msgspec import Struct

WILDCARD = "*"
"""The name of a ShimName that forwards every name of a module, for an engine that is a whole module."""

RESERVED = frozenset(
    {
        "ConsolidateDeprecationWarning",
        "TYPE_CHECKING",
        "_ADAPTERS",
        "_Adapter",
        "_Any",
        "_MOVED",
        "_Protocol",
        "__all__",
        "__dir__",
        "__doc__",
        "__getattr__",
        "__name__",
        "__path__",
        "_importlib",
        "_load",
        "_sys",
        "_warnings",
    }
)
"""Names that a shim module needs for itself. One that is served would hide behind them, so it is refused."""

PREFIXES = ("_adapt_", "_moved_")
"""Beginnings of the names that a shim makes up: the function of a rule, the alias that only a type checker sees."""


class ShimError(ValueError):
    """A shim cannot be made: what it should serve cannot be served as it should. Says which name and why."""


class SymbolLike(Protocol):
    """A symbol, as planner.model.Symbol: a dotted module and a dotted name in it ("" for the module itself)."""

    @property
    def module(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102


class ParameterLike(Protocol):
    """One parameter of a call rule, as planner.callrule.Parameter; `default` is source text, "" for none."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def default(self) -> str: ...  # noqa: D102
    @property
    def positional(self) -> bool: ...  # noqa: D102
    @property
    def keyword(self) -> bool: ...  # noqa: D102


class RuleLike(Protocol):
    """A call rule, as planner.callrule.CallRule: parameters in, one line of Python expression out."""

    @property
    def expression(self) -> str: ...  # noqa: D102
    @property
    def root(self) -> str: ...  # noqa: D102
    @property
    def parameters(self) -> Sequence[ParameterLike]: ...  # noqa: D102
    @property
    def awaited(self) -> bool: ...  # noqa: D102


class ShimName(Struct, frozen=True):
    """One name that a shim serves.

    `name` is the old name, or WILDCARD. Without `adapter` the shim hands out the replacement itself. With one, the
    name is called through the rule: a stand-in for a class, or, where `function` is true, a function; a coroutine where
    the rule awaits, or `is_async` says that the legacy function was one although the rule gives its value at once.
    """

    name: str
    replacement: SymbolLike
    adapter: RuleLike | None = None
    function: bool = False
    is_async: bool = False

    @property
    def awaited(self) -> bool:
        """Whether the name's adapter is a coroutine."""
        return self.adapter is not None and (self.adapter.awaited or self.is_async)


class Shim(Struct, frozen=True):
    """One shim module, or one notice in an implementation that stays.

    `module` is the dotted name of the legacy module, `all_names` what `from module import *` gave before it became a
    shim, `since` and `removal_version` versions or dates ("" where there is none), `doc` one more line for the
    docstring, `kept` names whose definitions will stand in the module behind the shim's own text. In a package
    `all_names` may hold submodules, which the shim does not serve: Python imports them itself.
    """

    module: str
    names: tuple[ShimName, ...]
    all_names: tuple[str, ...]
    is_package: bool
    migration: str
    since: str
    removal_version: str
    doc: str = ""
    kept: tuple[str, ...] = ()

    @property
    def moved(self) -> dict[str, tuple[str, str]]:
        """The literal `_MOVED` of the shim: old name to (module, name), sorted by old name."""
        return {
            item.name: (item.replacement.module, item.replacement.name)
            for item in sorted(self.names, key=lambda item: item.name)
        }

    @property
    def adapted(self) -> tuple[ShimName, ...]:
        """The names that go through a call rule, sorted by old name."""
        return tuple(sorted((item for item in self.names if item.adapter), key=lambda item: item.name))


def validate(shim: Shim) -> None:
    """Raise ShimError unless every value may be put into Python source, and the shim can serve what it should."""
    validate_values(shim)
    served = {*(item.name for item in shim.names), *shim.kept}
    for item in shim.names:
        _validate_served(shim, item)
    for name in shim.all_names:
        if name not in served and WILDCARD not in served and not shim.is_package:
            raise ShimError(f"`from {shim.module} import *` gave {name}, which the shim does not serve")


def validate_values(shim: Shim) -> None:
    """Raise ShimError unless every value of the shim may be put into Python source; enough for a notice."""
    _dotted(shim.module, "the module")
    for text, what in (
        (shim.migration, "the migration"),
        (shim.since, "`since`"),
        (shim.removal_version, "the removal version"),
        (shim.doc, "the remark"),
    ):
        if text and not text.isprintable():
            raise ShimError(f"{what} of {shim.module} is not one line of printable text: {text[:60]!r}")
    served = [item.name for item in shim.names]
    if len(set(served)) != len(served):
        raise ShimError(f"{shim.module} serves {_first_double(served)} twice")
    for item in shim.names:
        where = f"{shim.module}.{item.name}"
        if item.name != WILDCARD:
            _identifier(item.name, f"{where}: the name")
        _dotted(item.replacement.module, f"the replacement's module of {where}")
        if item.replacement.name:
            _dotted(item.replacement.name, f"the replacement of {where}")
    for name in shim.all_names:
        _identifier(name, f"a name of {shim.module}.__all__")


def _validate_served(shim: Shim, item: ShimName) -> None:
    where = f"{shim.module}.{item.name}"
    if item.name == WILDCARD and (item.replacement.name or item.adapter):
        raise ShimError(f"{where} must go to a whole module, without a rule")
    if item.name in RESERVED or item.name.startswith(PREFIXES):
        raise ShimError(f"{where} has a name that the shim needs for itself")
    if item.replacement.module == shim.module:
        raise ShimError(f"{where} would be replaced by {shim.module} itself")
    if item.adapter:
        _validate_rule(where, item, item.adapter)


def _validate_rule(where: str, item: ShimName, rule: RuleLike) -> None:
    if rule.awaited and not item.function:
        raise ShimError(f"{where}: constructing a class cannot be awaited, so no adapter can stand for it")
    if rule.root != item.replacement.name.partition(".")[0]:
        raise ShimError(f"{where}: the rule calls {rule.root}, but the replacement is {item.replacement.name}")
    names = [parameter.name for parameter in rule.parameters]
    for name in (*names, rule.root):
        _identifier(name, f"{where}: the rule's name")
        if name in RESERVED or name.startswith(PREFIXES):
            raise ShimError(f"{where}: the rule uses {name}, a name that the shim needs for itself")
    for parameter in rule.parameters:
        try:
            parameter.default and ast.literal_eval(parameter.default)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            raise ShimError(f"{where}: the default of {parameter.name} is no literal: {parameter.default!r}") from None
    uses = [node for node in ast.walk(rule_expression(rule)) if isinstance(node, ast.Name)]
    bound = {*names, rule.root, *dir(builtins), *(use.id for use in uses if isinstance(use.ctx, ast.Store))}
    for use in uses:
        if use.id not in bound:
            raise ShimError(f"{where}: the rule names {use.id}, which the shim does not have")


def rule_expression(rule: RuleLike) -> ast.expr:
    """Return the syntax tree of a rule's expression; raises ShimError where it is not one expression on one line."""
    if "\n" in rule.expression or "\r" in rule.expression:
        raise ShimError(f"the rule's expression is not one plain line: {rule.expression[:60]!r}")
    try:
        return ast.parse(rule.expression, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ShimError(f"the rule's expression is no expression: {rule.expression[:60]!r}") from None


def _dotted(text: str, what: str) -> None:
    for part in text.split("."):
        _identifier(part, what)


def _identifier(text: str, what: str) -> None:
    if not text.isidentifier() or iskeyword(text):
        raise ShimError(f"{what} is no Python name: {text[:60]!r}")


def _first_double(names: list[str]) -> str:
    return next(name for name in names if names.count(name) > 1)
