"""What a module defines is read as Python itself tells it."""

import ast
import inspect

import pytest

from planner.definitions import parameters

KINDS = {
    inspect.Parameter.POSITIONAL_ONLY: "positional",
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "plain",
    inspect.Parameter.VAR_POSITIONAL: "*",
    inspect.Parameter.KEYWORD_ONLY: "keyword",
    inspect.Parameter.VAR_KEYWORD: "**",
}


@pytest.mark.parametrize("bound", [False, True])
@pytest.mark.parametrize(
    "signature", ["a", "a, b=1", "a, /, b, c=1", "a, b=1, *, c, d=2", "a, *args, b", "a=0, /, b=1, *args, c=2, **rest"]
)
def test_a_signature_has_the_parameters_that_inspect_gives_it(signature: str, bound: bool) -> None:
    space: dict = {}
    text = f"def f({signature}): pass"
    exec(text, space)
    wanted = [
        (
            item.name,
            KINDS[item.kind],
            item.kind in (item.VAR_POSITIONAL, item.VAR_KEYWORD) or item.default is not item.empty,
        )
        for item in inspect.signature(space["f"]).parameters.values()
    ]
    function = ast.parse(text).body[0]
    assert isinstance(function, ast.FunctionDef)
    assert list(parameters(function.args, bound)) == wanted[bound:]
