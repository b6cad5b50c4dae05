"""The table of node kinds says just what the cases of syntax yield."""

import ast

from planner.syntax import PROTOCOL, called, forms_of

PROGRAM = """
async def f(x, y, z):
    with x: pass
    async with x: pass
    for a in x: pass
    async for a in x: pass
    a, b = x
    [*x], [a for a in x], [a async for a in x], x[y], await x
    del x[y]
    x[y] = 1
    x[y] += 1
    x == y, x != y, x < y, x > y, x <= y, x >= y, x in y, not x, x and y, x if y else z
    x + y, x - y, x * y, x @ y, x / y, x // y, x % y, x << y, x >> y, x | y, x & y, x ^ y
    if x: pass
    while x: pass
    assert x
    x(y), len(x), bool(x), list(x), next(x), reversed(x), hash(x), int(x), float(x), aiter(x), anext(x)

def g(x):
    yield from x
""" + "".join(f"    x {op}= y\n" for op in ("+", "-", "*", "@", "/", "//", "%", "<<", ">>", "|", "&", "^"))


def test_a_method_is_looked_for_in_each_kind_of_node_that_calls_it() -> None:
    seen: set[str] = set()
    for node in ast.walk(ast.parse(PROGRAM)):
        for name, _ in called(node):
            seen.add(name)
            assert type(node) in forms_of({name}), (type(node), name)
    assert seen == PROTOCOL


def test_a_kind_of_node_is_not_looked_at_for_what_it_never_calls() -> None:
    assert forms_of({"__aenter__"}) == {ast.AsyncWith}
    assert forms_of({"run"}) == frozenset()
