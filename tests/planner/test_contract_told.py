"""What the plan tells of constructors and of methods that syntax calls."""

import pytest

from tests.planner.trees import Tree, plan_of

CONFIG = b'[migration]\nname = "m"\ntarget = "app.new:New"\n[[engine]]\nlegacy = "app.old:Old"\n%s\n'
TREE: Tree = {
    "app/__init__.py": b"",
    "app/old.py": (
        b"class Old:\n    def __init__(self, a, *, b=1): ...\n    async def __aenter__(self): ...\n"
        b"    async def __aexit__(self, *a): ...\n    def __len__(self): ...\n    def more(self): ...\n"
    ),
    "app/new.py": (
        b"class New:\n    def __init__(self, a, c=2, *, b=1): ...\n    def __aenter__(self): ...\n"
        b"    async def __aexit__(self, *a): ...\n    def __len__(self): ...\n"
    ),
}


def plan(source: str, more: bytes = b""):
    return plan_of({**TREE, "consolidate.toml": CONFIG % more, "app/user.py": source.encode()})


def test_both_constructors_are_told_and_the_calls_that_fit() -> None:
    found = plan("from app.old import Old\nOld(1), Old(2, b=3), Old(1, 2)\n").engines[0].contract.constructor
    assert (found.legacy, found.replacement) == ("(a, *, b=…)", "(a, c=…, *, b=…)")
    assert dict(found.calls)["unfit"] == len(found.places)


@pytest.mark.parametrize(
    ("use", "reason"),
    [
        ("async def f():\n    async with Old(1) as x: pass", "method instead of async method on New"),
        ("len(Old(1))", ""),
    ],
)
def test_a_method_that_syntax_calls_must_be_of_the_same_kind(use: str, reason: str) -> None:
    reasons = {item.reason for item in plan(f"from app.old import Old\n{use}\n").references}
    assert any(reason in item for item in reasons) if reason else reasons == {""}


MAGIC = (
    b'{"cells": [{"cell_type": "code", "metadata": {}, "execution_count": null, "outputs": [], "source": '
    b'["from app.old import Old\\n", "%%timeit %s\\n"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
)


@pytest.mark.parametrize(
    ("line", "more", "shim"),
    [
        (b"Old(1).more()", b"", "warn"),
        (b"Old(1).more()", b'contract = "accept"', "alias"),
        (b"Old.more", b"", "warn"),
    ],
)
def test_what_a_magic_uses_needs_the_legacy_implementation_as_code_does(line: bytes, more: bytes, shim: str) -> None:
    found = plan_of({**TREE, "consolidate.toml": CONFIG % more, "run.ipynb": MAGIC % line})
    assert found.engines[0].shim == shim
