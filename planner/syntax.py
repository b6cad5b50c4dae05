"""Which methods with double underscores Python's own syntax calls, and of which object."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Set

_COMPARISONS: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Eq: ("__eq__", "__eq__"),
    ast.NotEq: ("__ne__", "__ne__"),
    ast.Lt: ("__lt__", "__gt__"),
    ast.Gt: ("__gt__", "__lt__"),
    ast.LtE: ("__le__", "__ge__"),
    ast.GtE: ("__ge__", "__le__"),
}
_OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.MatMult: "matmul",
    ast.Div: "truediv",
    ast.FloorDiv: "floordiv",
    ast.Mod: "mod",
    ast.LShift: "lshift",
    ast.RShift: "rshift",
    ast.BitOr: "or",
    ast.BitAnd: "and",
    ast.BitXor: "xor",
}
_ITERATES = ("list", "tuple", "set", "frozenset", "dict", "sorted", "sum", "enumerate", "any", "all", "iter", "zip")
_FUNCTIONS = {
    **dict.fromkeys(_ITERATES, ("__iter__",)),
    "reversed": ("__reversed__",),
    "next": ("__next__",),
    "aiter": ("__aiter__",),
    "anext": ("__anext__",),
    "len": ("__len__",),
    "bool": ("__bool__", "__len__"),
    "hash": ("__hash__",),
    "int": ("__int__",),
    "float": ("__float__",),
}
_TRUTH = ("__bool__", "__len__")
_SUBSCRIPTS = {ast.Load: "__getitem__", ast.Store: "__setitem__", ast.Del: "__delitem__"}

PROTOCOL = frozenset(
    {
        *("__enter__", "__exit__", "__aenter__", "__aexit__", "__aiter__", "__anext__", "__call__", "__await__"),
        *("__contains__", *_SUBSCRIPTS.values(), *(name for pair in _COMPARISONS.values() for name in pair)),
        *(name for names in _FUNCTIONS.values() for name in names),
        *(f"__{side}{name}__" for name in _OPERATORS.values() for side in ("", "r", "i")),
    }
)
"""The methods that `called` knows the syntax of."""


_FORMS: dict[type[ast.AST], frozenset[str]] = {
    ast.With: frozenset({"__enter__", "__exit__"}),
    ast.AsyncWith: frozenset({"__aenter__", "__aexit__"}),
    **dict.fromkeys((ast.For, ast.YieldFrom, ast.Starred, ast.Assign), frozenset({"__iter__"})),
    ast.AsyncFor: frozenset({"__aiter__"}),
    ast.comprehension: frozenset({"__aiter__", "__iter__"}),
    ast.Subscript: frozenset(_SUBSCRIPTS.values()),
    ast.Await: frozenset({"__await__"}),
    ast.Compare: frozenset({"__contains__", *(name for pair in _COMPARISONS.values() for name in pair)}),
    ast.BinOp: frozenset(f"__{side}{name}__" for name in _OPERATORS.values() for side in ("", "r")),
    ast.AugAssign: frozenset({"__getitem__"}) | {f"__{side}{n}__" for n in _OPERATORS.values() for side in ("", "i")},
    **dict.fromkeys((ast.If, ast.While, ast.IfExp, ast.Assert, ast.UnaryOp, ast.BoolOp), frozenset(_TRUTH)),
    ast.Call: frozenset({"__call__", *(name for names in _FUNCTIONS.values() for name in names)}),
}
"""The methods that `called` can yield for each kind of node."""


def forms_of(methods: Set[str]) -> frozenset[type[ast.AST]]:
    """Return the kinds of nodes that call one of the methods."""
    return frozenset(kind for kind, names in _FORMS.items() if not names.isdisjoint(methods))


def called(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:  # noqa: C901 - one case for each form of syntax
    """Yield the methods that a node has Python call by itself, each with the expression of the object."""
    match node:
        case ast.With(items=items):
            yield from ((name, item.context_expr) for item in items for name in ("__enter__", "__exit__"))
        case ast.AsyncWith(items=items):
            yield from ((name, item.context_expr) for item in items for name in ("__aenter__", "__aexit__"))
        case ast.For(iter=value) | ast.YieldFrom(value=value) | ast.Starred(value=value, ctx=ast.Load()):
            yield "__iter__", value
        case ast.AsyncFor(iter=value):
            yield "__aiter__", value
        case ast.comprehension(iter=value, is_async=is_async):
            yield "__aiter__" if is_async else "__iter__", value
        case ast.Subscript(value=value, ctx=context):
            yield _SUBSCRIPTS[type(context)], value
        case ast.Await(value=value):
            yield "__await__", value
        case ast.Compare():
            yield from _compared(node)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            yield f"__{_OPERATORS[type(op)]}__", left
            yield f"__r{_OPERATORS[type(op)]}__", right
        case ast.AugAssign(target=target, op=op) if type(op) in _OPERATORS:
            yield from ((f"__{side}{_OPERATORS[type(op)]}__", target) for side in ("", "i"))
            if isinstance(target, ast.Subscript):
                yield "__getitem__", target.value
        case ast.Assign(targets=targets, value=value) if any(isinstance(t, ast.Tuple | ast.List) for t in targets):
            yield "__iter__", value
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test) | ast.Assert(test=test):
            yield from ((name, test) for name in _TRUTH)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield from ((name, operand) for name in _TRUTH)
        case ast.BoolOp(values=values):
            yield from ((name, value) for value in values for name in _TRUTH)
        case ast.Call(func=function, args=arguments):
            yield "__call__", function
            if isinstance(function, ast.Name):
                names = _FUNCTIONS.get(function.id, ())
                yield from ((name, value) for value in arguments for name in names)


def _compared(node: ast.Compare) -> Iterator[tuple[str, ast.expr]]:
    left = node.left
    for op, right in zip(node.ops, node.comparators, strict=True):
        if isinstance(op, ast.In | ast.NotIn):
            yield "__contains__", right
        elif type(op) in _COMPARISONS and not isinstance(left, ast.Constant) and not isinstance(right, ast.Constant):
            before, after = _COMPARISONS[type(op)]
            yield before, left
            yield after, right
        left = right
