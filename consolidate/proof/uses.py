"""Names, attribute chains, subscripts and calls: the places where an imported symbol is used."""

from __future__ import annotations

import ast
from typing import Final

from consolidate.proof.allowed import NotProvedError
from consolidate.proof.bindings import Chain, Where
from consolidate.proof.calls import RuleMatch, dotted
from consolidate.proof.walk import Handler, Mode, Walk, differs, line_of

_TYPING: Final = ("typing.", "typing_extensions.")
_GENERICS: Final = (*_TYPING, "collections.abc.")
_GENERIC_BUILTINS: Final = frozenset({"dict", "frozenset", "list", "set", "tuple", "type"})
# Calls whose first two arguments are an object and the name of one of its attributes (`object` is `patch.object`).
_ATTRIBUTE_CALLS: Final = frozenset({"delattr", "getattr", "hasattr", "object", "setattr"})


def _name(walk: Walk, old: ast.AST, new: ast.AST, where: Where, mode: Mode) -> None:
    """Compare names and attribute chains by what they are bound to."""
    before = dotted(old)
    symbol = None if before is None else where.old.resolve(before.root)
    if before is not None and symbol is not None and symbol.imports:
        after = dotted(new)
        if after is None:
            raise differs(old, new, where)
        walk.bindings.name(before, after, where._replace(line=line_of(new, where)))
    elif isinstance(old, ast.Name) and isinstance(new, ast.Name):
        stored = not isinstance(old.ctx, ast.Load)
        walk.bindings.name(
            Chain(old.id, ""), Chain(new.id, ""), where._replace(line=line_of(new, where)), stored=stored
        )
    elif not _taken_at_once(walk, old, new, where):
        walk.like(old, new, where, mode)


def _taken_at_once(walk: Walk, old: ast.AST, new: ast.AST, where: Where) -> bool:
    """Compare `import_module("module").name` as the dotted name that it is; tell whether it has been."""
    if not isinstance(old, ast.Attribute) or not isinstance(new, ast.Attribute):
        return False
    before, after = old.value, new.value
    if not isinstance(before, ast.Call) or not isinstance(after, ast.Call):
        return False
    if "importlib.import_module" not in _quals(walk, before.func, where):
        return False
    _rely(walk, old, new, where, before.func)
    texts = []
    for call in (before, after):
        if len(call.args) != 1 or call.keywords or not isinstance(call.args[0], ast.Constant):
            return False
        texts.append(str(call.args[0].value))
    if (f"{texts[0]}.{old.attr}", f"{texts[1]}.{new.attr}") not in walk.moves.pairs:
        return False
    walk.push(before.func, after.func, where)
    return True


def _quals(walk: Walk, node: ast.AST, where: Where) -> frozenset[str]:
    """Return the qualified names that the old dotted name may have through imports."""
    chain = dotted(node)
    return frozenset() if chain is None else walk.bindings.quals(chain, where.old)


def _rely(walk: Walk, old: ast.AST, new: ast.AST, where: Where, name: ast.AST) -> None:
    """Raise NotProvedError if two expressions are read by what a dotted name is bound to, and that is not known.

    Where both are the same node, it does not matter how they are read.
    """
    chain = dotted(name)
    if old is not new and chain is not None:
        walk.bindings.rely(chain.root, line_of(new, where))


def _call(walk: Walk, old: ast.AST, new: ast.AST, where: Where, mode: Mode) -> None:
    if not isinstance(old, ast.Call):
        raise differs(old, new, where)
    quals = _quals(walk, old.func, where)
    for legacy in sorted(quals & walk.rules.keys()):
        if not _left(walk, new, legacy, where):
            _by_rule(walk, old, new, legacy, where)
            return
    if not isinstance(new, ast.Call):
        raise differs(old, new, where)
    if len(old.args) != len(new.args) or len(old.keywords) != len(new.keywords):
        raise NotProvedError(line_of(new, where), "the call has not the same arguments")
    typing = {qual.rpartition(".")[2] for qual in quals if qual.startswith(_TYPING)}
    if typing:
        _rely(walk, old, new, where, old.func)
    settled = _attribute_call(walk, old, new, where)
    walk.push(old.func, new.func, where)
    for number, (one, other) in enumerate(zip(old.args, new.args, strict=True)):
        if settled and number == 1:
            continue
        quoted = "cast" in typing if number == 0 else bool(typing & {"TypeVar", "NewType"})
        if quoted:
            walk.push(one, other, where, Mode.ANNOTATION)
        else:
            walk.push(one, other, where, mode if mode in (Mode.EXPORTS, Mode.FROZEN) else Mode.PLAIN)
    for keyword, now in zip(old.keywords, new.keywords, strict=True):
        if keyword.arg != now.arg:
            raise NotProvedError(line_of(new, where), f"argument {keyword.arg!r} became {now.arg!r}")
        quoted = keyword.arg == "bound" and "TypeVar" in typing
        walk.push(keyword.value, now.value, where, Mode.ANNOTATION if quoted else Mode.PLAIN)


def _left(walk: Walk, new: ast.AST, legacy: str, where: Where) -> bool:
    """Tell whether the new expression still calls the legacy symbol."""
    callee = dotted(new.func) if isinstance(new, ast.Call) else None
    return callee is not None and legacy in walk.bindings.quals(callee, where.new)


def _by_rule(walk: Walk, old: ast.Call, new: ast.AST, legacy: str, where: Where) -> None:
    line = line_of(new, where)
    target, callee = walk.moves.home(legacy), dotted(old.func)
    if target is None or callee is None or not isinstance(new, ast.expr):
        raise NotProvedError(line, f"{legacy} has a call rule, but no replacement")

    def check_callee(found: Chain, at: int) -> None:
        if target not in walk.bindings.quals(found, where.new):
            raise NotProvedError(at, f"{found} is not {target}")
        walk.bindings.name(callee, found, where._replace(line=at))

    def check_builtin(name: str, at: int) -> None:
        if where.new.resolve(name) is not None:
            raise NotProvedError(at, f"{name!r} of the call rule is something else here")

    def check_argument(one: ast.expr, other: ast.expr) -> None:
        walk.push(one, other, where)

    RuleMatch(old, target, check_argument, check_callee, check_builtin).check(walk.rules[legacy], new, line)


def _attribute_call(walk: Walk, old: ast.Call, new: ast.Call, where: Where) -> bool:
    """Compare `getattr(module, "name")` and its like as the dotted name; tell whether the name is settled by that."""
    function = old.func.attr if isinstance(old.func, ast.Attribute) else getattr(old.func, "id", "")
    if function not in _ATTRIBUTE_CALLS or len(old.args) < 2:
        return False
    chains = []
    for call in (old, new):
        holder, text = dotted(call.args[0]), call.args[1]
        if holder is None or not isinstance(text, ast.Constant) or not isinstance(text.value, str):
            return False
        chains.append((holder, text.value))
    (before, attribute), (after, now) = chains
    symbol = where.old.resolve(before.root)
    if symbol is None or not symbol.imports or symbol.other or not (attribute.isidentifier() and now.isidentifier()):
        return False
    one, other = Chain(before.root, f"{before.rest}.{attribute}"), Chain(after.root, f"{after.rest}.{now}")
    walk.bindings.name(one, other, where._replace(line=line_of(new, where)))
    return True


def _subscript(walk: Walk, old: ast.AST, new: ast.AST, where: Where, mode: Mode) -> None:
    """Compare `X[...]`; below a generic type, strings are quoted annotations, but not in `Literal`."""
    if not isinstance(old, ast.Subscript) or not isinstance(new, ast.Subscript):
        raise differs(old, new, where)
    walk.push(old.value, new.value, where)
    value = old.value
    last = value.attr if isinstance(value, ast.Attribute) else getattr(value, "id", "")
    if mode is Mode.PLAIN and (
        any(qual.startswith(_GENERICS) for qual in _quals(walk, value, where))
        or (isinstance(value, ast.Name) and last in _GENERIC_BUILTINS and where.old.resolve(last) is None)
    ):
        mode = Mode.ANNOTATION
        _rely(walk, old, new, where, value)
    if mode is Mode.ANNOTATION and last == "Literal":
        mode = Mode.PLAIN
    before, after = old.slice, new.slice
    if mode is Mode.ANNOTATION and last == "Annotated" and isinstance(before, ast.Tuple) and before.elts:
        if not isinstance(after, ast.Tuple) or len(before.elts) != len(after.elts):
            raise differs(old, new, where)
        for number, (one, other) in enumerate(zip(before.elts, after.elts, strict=True)):
            walk.push(one, other, where, Mode.PLAIN if number else mode)
        return
    walk.push(before, after, where, mode)


HANDLERS: Final[dict[type[ast.AST], Handler]] = {
    ast.Name: _name,
    ast.Attribute: _name,
    ast.Call: _call,
    ast.Subscript: _subscript,
}
