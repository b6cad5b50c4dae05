"""The node around a node, against what `ast.walk` says of whole files."""

import ast
import random

import pytest

from planner.family import Family
from tests.proof.corpus import library

SHARED = (ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop)
ODD = '''
@a.b
@(c if d else e)
class A(B, metaclass=C): x: int = 1; y = [z async for z in w if v]

@d
async def f(a, *b: c, d=lambda e: (e, g), **h) -> i:
    """{x}"""
    try: x = f"""{a!r:>{b.c}}
    {d
    .e}"""
    except* (E, F) as e: raise
    else:
        for a.b, c in d: continue
        else: del x[1:2]
    finally:
        with a as b, c: yield
    match x, y:
        case A(b=1) | [*_, {"c": d, **e}] if f.g: pass
        case (
            h
        ): pass
    if a: b
    elif c: d
    else: e; f; g.h
'''


def naive(tree: ast.Module) -> dict[ast.AST, ast.AST | None]:
    found: dict[ast.AST, ast.AST | None] = {tree: None}
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            if not isinstance(child, SHARED):
                found[child] = node
    return found


def check(source: str, dice: random.Random) -> None:
    tree = ast.parse(source)
    parents = naive(tree)
    asked = dice.sample(list(parents), len(parents))
    family = Family(tree)
    assert [family.around(node) for node in asked] == [parents[node] for node in asked]
    for kinds in ([ast.With, ast.ClassDef], [ast.Call, ast.If], [ast.comprehension]):
        for known in (family, Family(tree)):
            found = list(known.of(kinds))
            assert len(found) == len(set(found))
            assert set(found) == {node for node in parents if isinstance(node, tuple(kinds))}


@pytest.mark.parametrize("seed", range(5))
def test_odd_forms(seed: int) -> None:
    check(ODD, random.Random(seed))


def test_real_files() -> None:
    dice = random.Random(1)
    for path in library()[:60]:
        check(path.read_text(encoding="utf-8", errors="replace"), dice)


def test_nodes_of_elsewhere_have_none() -> None:
    family = Family(ast.parse(ODD))
    assert family.around(ast.parse("a.b").body[0]) is None
    assert family.around(ast.arguments()) is None
