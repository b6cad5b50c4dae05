"""What cannot be served, or cannot be put into Python source, is refused before anything is rendered."""

import ast

import pytest
from msgspec.structs import replace

from planner.callrule import CallRule, Parameter, parse_rule
from planner.model import Symbol
from templates.check import check_notice, check_shim
from templates.render import render_shim, render_warning_block
from templates.shim import WILDCARD, Shim, ShimError, ShimName
from tests.templates.tree import ENGINE, RULE, adapter, shim

NEW = Symbol("app.new", "UserEngine")


def rule(signature: str, expression: str) -> CallRule:
    return parse_rule(signature, expression)


REFUSED = {
    "no identifier": (shim(ShimName("a b", NEW), all_names=()), "no Python name"),
    "a keyword": (shim(ShimName("class", NEW), all_names=()), "no Python name"),
    "a replacement with code in it": (shim(ShimName("A", Symbol("os; x()", "B")), all_names=()), "no Python name"),
    "a replacement's name with code": (shim(ShimName("A", Symbol("os", "B as C"))), "no Python name"),
    "the same name twice": (shim(ENGINE, ENGINE), "serves OldEngine twice"),
    "a name of the shim's own": (shim(ShimName("_MOVED", NEW), all_names=()), "needs for itself"),
    "a name like the shim's own": (shim(ShimName("_adapt_x", NEW), all_names=()), "needs for itself"),
    "a star name without successor": (shim(ENGINE, all_names=("OldEngine", "Gone")), "gave Gone"),
    "a star name that is no name": (shim(ENGINE, all_names=("a-b",)), "no Python name"),
    "itself": (shim(ShimName("OldEngine", Symbol("app.old", "Other"))), "by app.old itself"),
    "a whole module that goes to a symbol": (shim(ShimName(WILDCARD, NEW), all_names=()), "whole module"),
    "two lines of migration": (replace(shim(), migration="a\nb"), "one line of printable text"),
    "a remark with an escape sequence": (replace(shim(), doc="\x1b[31m"), "one line of printable text"),
    "an awaited class": (adapter(rule("(a)", "await UserEngine(a)")), "cannot be awaited"),
    "a rule for another class": (adapter(rule("(a)", "Other(a)")), "the rule calls Other"),
    "a rule with a foreign name": (adapter(rule("(a)", "UserEngine(a, settings)")), "names settings"),
    "a default that is no literal": (adapter(rule("(a=LIMIT)", "UserEngine(a)")), "no literal"),
    "a parameter like the shim's own": (adapter(rule("(_load)", "UserEngine(_load)")), "needs for itself"),
    "a rule of two lines": (adapter(replace(RULE, expression="UserEngine(\n)")), "one plain line"),
    "a rule that is a statement": (adapter(replace(RULE, expression="x = 1")), "no expression"),
    "a parameter that is none": (adapter(replace(RULE, parameters=(Parameter("a, b"),))), "no Python name"),
    "parameters in no order": (
        adapter(replace(RULE, expression="UserEngine(a, b)", parameters=(Parameter("a", "1"), Parameter("b")))),
        "no Python",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    value, reason = REFUSED[case]
    with pytest.raises(ShimError, match=reason):
        render_shim(value)


def test_an_unknown_line_end_is_refused() -> None:
    with pytest.raises(ShimError, match="line end"):
        render_shim(shim(), "\x0b")


@pytest.mark.parametrize("text", ['""" + boom + """', "back\\slash", "\\", '"', "{{ 1 }}", "{name}", "é ✓ ß", "'\""])
def test_any_line_of_text_is_rendered_as_text(text: str) -> None:
    value: Shim = replace(shim(), doc=text, since=text, removal_version=text, migration=text)
    tree = ast.parse(render_shim(value))
    docstring = ast.get_docstring(tree)
    assert docstring is not None
    assert docstring.endswith(text)
    for each in (tree, ast.parse(render_warning_block(value))):
        constants = [str(node.value) for node in ast.walk(each) if isinstance(node, ast.Constant)]
        assert any(f"(since {text}, the old path goes in {text})" in constant for constant in constants)


@pytest.mark.parametrize(
    "extra",
    [
        "import os",
        "print(1)",
        "X = 1",
        "_MOVED = {'a': ('b', 'c')}",
        "__all__ = []",
        "if TYPE_CHECKING:\n    pass",
        "class ConsolidateDeprecationWarning(DeprecationWarning):\n    x = 1",
    ],
)
def test_a_text_with_a_statement_that_no_shim_has_does_not_pass(extra: str) -> None:
    text = render_shim(shim())
    check_shim(text, shim())
    with pytest.raises(ShimError, match=r"holds|does not hold"):
        check_shim(f"{text}\n{extra}\n", shim())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    def __dir__():", "    boom()\n\n    def __dir__():"),
        ("    def __dir__():", "    @boom\n    def __dir__():"),
        ("if TYPE_CHECKING:", "if TYPE_CHECKING:\n    boom()"),
        ("if TYPE_CHECKING:", "if TYPE_CHECKING:\n    x = boom()"),
        ("create_from_legacy(registry, bridge, context)", "create_from_legacy(bridge, registry, context)"),
        ("class _Adapter(type(_Protocol))", "class _Adapter(boom(_Protocol))"),
        ("class _Adapter(type(_Protocol))", "class _Adapter(type(_Protocol), metaclass=boom())"),
        ("from typing import Protocol as", "from boom import Protocol as"),
    ],
)
def test_a_text_that_runs_something_else_does_not_pass(old: str, new: str) -> None:
    text = render_shim(adapter())
    check_shim(text, adapter())
    with pytest.raises(ShimError, match=r"runs|shows"):
        check_shim(text.replace(old, new), adapter())


def test_a_notice_with_one_more_statement_does_not_pass() -> None:
    text = render_warning_block(shim())
    with pytest.raises(ShimError, match="no notice has"):
        check_notice(text + "import os\n")


def test_the_same_shim_gives_the_same_text_in_whatever_order_its_names_come() -> None:
    names = shim().names
    assert render_shim(shim(*names)) == render_shim(shim(*reversed(names)))
