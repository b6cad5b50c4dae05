"""Constructor calls that change by a rule: arguments bound as Python binds them, evaluated once and in order."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import cache
from typing import Final

from msgspec import Struct

from consolidate.proof.allowed import CallRule, NotProvedError
from consolidate.proof.bindings import Chain

_UNSUPPORTED: Final = (
    ast.Lambda,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
    ast.NamedExpr,
    ast.Yield,
    ast.YieldFrom,
    ast.JoinedStr,
    ast.Starred,
)
_CONDITIONAL: Final = (ast.IfExp, ast.BoolOp, ast.Compare)
_ORDERED: Final = (ast.NamedExpr, ast.Await, ast.Yield, ast.YieldFrom)


class _Parsed(Struct, frozen=True):
    positional: tuple[str, ...]
    positional_only: int
    keyword_only: tuple[str, ...]
    defaults: dict[str, ast.expr]
    template: ast.expr

    @property
    def names(self) -> tuple[str, ...]:
        return self.positional + self.keyword_only


@cache
def _parse(rule: CallRule) -> _Parsed | str:
    """Return the rule as trees, or why it cannot be used."""
    try:
        function = ast.parse(f"def rule{rule.signature}: pass").body[0]
        template = ast.parse(rule.expression.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return f"the call rule does not parse: {error}"
    if not isinstance(function, ast.FunctionDef) or function.args.vararg or function.args.kwarg:
        return "the call rule's signature has * or ** parameters"
    if any(isinstance(node, _UNSUPPORTED) for node in ast.walk(template)):
        return "the call rule's expression is more than calls, names and constants"
    args = function.args
    positional = tuple(arg.arg for arg in (*args.posonlyargs, *args.args))
    defaults = dict(zip(positional[len(positional) - len(args.defaults) :], args.defaults, strict=True))
    for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        if default is not None:
            defaults[arg.arg] = default
    for name, default in defaults.items():
        try:
            ast.literal_eval(default)
        except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
            return f"the default of {name!r} in the call rule is no literal"
    return _Parsed(positional, len(args.posonlyargs), tuple(arg.arg for arg in args.kwonlyargs), defaults, template)


def _bind(parsed: _Parsed, call: ast.Call) -> dict[str, ast.expr] | str:
    """Return the argument of each parameter that is given one, in the order of evaluation, or why Python refuses."""
    if any(isinstance(arg, ast.Starred) for arg in call.args) or any(item.arg is None for item in call.keywords):
        return "a call with * or ** arguments cannot be rewritten by a rule"
    if len(call.args) > len(parsed.positional):
        return "the call has more arguments than the rule"
    bound = dict(zip(parsed.positional, call.args, strict=False))
    for keyword in call.keywords:
        name = keyword.arg or ""
        if name in bound or name not in parsed.names[parsed.positional_only :]:
            return f"the call's argument {name!r} does not fit the rule"
        bound[name] = keyword.value
    for name in parsed.names:
        if name not in bound and name not in parsed.defaults:
            return f"the call lacks the argument {name!r} of the rule"
    return bound


def dotted(node: ast.AST) -> Chain | None:
    """Return `a.b.c` as a chain, None where the expression is anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    return Chain(node.id, "".join(f".{part}" for part in reversed(parts)))


class RuleMatch:
    """Compares one old call, rewritten by a rule, with what stands in its place.

    `replacement` is the dotted name of the replacement. `same` compares the call's old argument with its new
    expression, `callee` the dotted name that must mean the replacement, `builtin` a name that the rule spells out.
    """

    def __init__(
        self,
        call: ast.Call,
        replacement: str,
        same: Callable[[ast.expr, ast.expr], None],
        callee: Callable[[Chain, int], None],
        builtin: Callable[[str, int], None],
    ) -> None:
        self._call, self._replacement = call, replacement
        self._same, self._callee, self._builtin = same, callee, builtin
        self._bound: dict[str, ast.expr] = {}
        self._defaults: dict[str, ast.expr] = {}
        self._order: list[str] = []
        self._line = 0

    def check(self, rule: CallRule, new: ast.expr, line: int) -> None:
        """Raise NotProvedError unless `new` is the rule's expression with the call's arguments put in."""
        self._line = line
        self._replacement = rule.replacement or self._replacement
        parsed = _parse(rule)
        bound = parsed if isinstance(parsed, str) else _bind(parsed, self._call)
        if isinstance(parsed, str) or isinstance(bound, str):
            raise NotProvedError(self._line, str(bound))
        self._bound, self._defaults = bound, parsed.defaults
        self._match(parsed.template, new, False)
        self._evaluation()

    def _evaluation(self) -> None:
        ordered = any(isinstance(node, _ORDERED) for value in self._bound.values() for node in ast.walk(value))
        weighty = [
            name for name, value in self._bound.items() if ordered or not isinstance(value, (ast.Name, ast.Constant))
        ]
        if missing := sorted(set(self._bound) - set(self._order)):
            raise NotProvedError(self._line, f"the argument {missing[0]!r} is dropped by the rule")
        if [name for name in self._order if name in weighty] != weighty:
            raise NotProvedError(self._line, "an argument is evaluated in another order, or not exactly once")

    def _match(self, pattern: ast.AST, new: ast.AST, conditional: bool) -> None:
        if isinstance(pattern, ast.Name) and (pattern.id in self._bound or pattern.id in self._defaults):
            self._parameter(pattern.id, new, conditional)
            return
        chain = dotted(pattern)
        if chain is not None and chain.root not in self._bound and chain.root not in self._defaults:
            self._root(chain, new)
            return
        if pattern.__class__ is not new.__class__:
            raise self._differs(new)
        if isinstance(pattern, ast.Call) and isinstance(new, ast.Call):
            self._match(pattern.func, new.func, conditional)
            self._arguments(pattern, new, conditional)
            return
        inner = conditional or isinstance(pattern, _CONDITIONAL)
        for name in pattern._fields:
            self._fields(getattr(pattern, name, None), getattr(new, name, None), new, inner)

    def _fields(self, pattern: object, new: object, node: ast.AST, conditional: bool) -> None:
        if isinstance(pattern, list) and isinstance(new, list):
            if len(pattern) != len(new):
                raise self._differs(node)
            for one, other in zip(pattern, new, strict=True):
                self._fields(one, other, node, conditional)
        elif isinstance(pattern, ast.AST) and isinstance(new, ast.AST):
            self._match(pattern, new, conditional)
        elif pattern.__class__ is not new.__class__ or repr(pattern) != repr(new):
            raise self._differs(node)

    def _arguments(self, pattern: ast.Call, new: ast.Call, conditional: bool) -> None:
        """Match arguments; what the old call left to its default may be left out at the end, or as a keyword."""
        if len(new.args) > len(pattern.args) or not all(map(self._omissible, pattern.args[len(new.args) :])):
            raise self._differs(new)
        for one, other in zip(pattern.args, new.args, strict=False):
            self._match(one, other, conditional)
        keywords = list(new.keywords)
        for keyword in pattern.keywords:
            if keywords and keywords[0].arg == keyword.arg:
                self._match(keyword.value, keywords.pop(0).value, conditional)
            elif not self._omissible(keyword.value):
                raise self._differs(new)
        if keywords:
            raise self._differs(new)

    def _omissible(self, pattern: ast.expr) -> bool:
        return isinstance(pattern, ast.Name) and pattern.id in self._defaults and pattern.id not in self._bound

    def _parameter(self, name: str, new: ast.AST, conditional: bool) -> None:
        value = self._bound.get(name)
        if value is None:
            if ast.dump(self._defaults[name]) != ast.dump(new):
                raise NotProvedError(self._line, f"the default of {name!r} is {ast.unparse(self._defaults[name])}")
            return
        if conditional and not isinstance(value, (ast.Name, ast.Constant)):
            raise NotProvedError(self._line, f"the argument {name!r} is not evaluated in every case")
        if not isinstance(new, ast.expr):
            raise self._differs(new)
        self._order.append(name)
        self._same(value, new)

    def _root(self, chain: Chain, new: ast.AST) -> None:
        found = dotted(new)
        line = getattr(new, "lineno", self._line)
        if found is None:
            raise self._differs(new)
        *_, holder, last = ("", *self._replacement.split("."))
        if chain.root not in (holder, last):
            if found != chain:
                raise self._differs(new)
            self._builtin(chain.root, line)
            return
        if not found.rest.endswith(chain.rest):
            raise self._differs(new)
        # `Factory.create(...)` for a replacement `new.mod.Factory.create` names its class, not the replacement itself.
        member = "" if chain.root == last else f".{last}"
        self._callee(Chain(found.root, found.rest[: len(found.rest) - len(chain.rest)] + member), line)

    def _differs(self, node: ast.AST) -> NotProvedError:
        return NotProvedError(getattr(node, "lineno", self._line), "the call is not what its rule makes of it")
