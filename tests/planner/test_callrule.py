"""A call rule as it is read: its parameters, what it names in which order, and what it calls."""

import pytest

from planner.callrule import CallRuleError, Parameter, parse_rule


def test_parameters_keep_their_kinds_and_defaults() -> None:
    rule = parse_rule("(a, /, b, c=1 , *, d, e='x')", "New(a)")
    assert rule.parameters == (
        Parameter("a", "", True, False),
        Parameter("b", "", True, True),
        Parameter("c", "1", True, True),
        Parameter("d", "", False, True),
        Parameter("e", "'x'", False, True),
    )
    assert parse_rule("(a=1, /, b=None)", "New(a)").parameters == (
        Parameter("a", "1", True, False),
        Parameter("b", "None", True, True),
    )
    assert parse_rule("()", "New()").parameters == ()


RULES = {
    "New()": ("New", [], False),
    "New(a, b)": ("New", ["a", "b"], False),
    "New(b, key=a)": ("New", ["b", "a"], False),
    "New(z=b, y=[a])": ("New", ["b", "a"], False),
    "New.make.more(a)": ("New", ["a"], False),
    "New(a.b, x, c=1)": ("New", ["a"], False),
    "await New(a)": ("New", ["a"], True),
    "await New.make(b)": ("New", ["b"], True),
    "New(await b)": ("New", ["b"], False),
    "New(f(a), g(b))": ("New", ["a", "b"], False),
    "New({b: a})": ("New", ["b", "a"], False),
    "New(key)": ("New", [], False),
}


@pytest.mark.parametrize(("expression", "told"), RULES.items())
def test_what_it_names_stands_where_it_says(expression: str, told: tuple[str, list[str], bool]) -> None:
    rule = parse_rule("(a, b)", expression)
    assert (rule.root, [name for name, _, _ in rule.uses], rule.awaited) == told
    assert [expression[start:end] for _, start, end in rule.uses] == told[1]
    assert (rule.signature, rule.expression) == ("(a, b)", expression)


WRONG = {
    ("(a)", "a.make()"): ("to", "the expression must call the replacement by its name"),
    ("(a)", "New[a]()"): ("to", "the expression must call the replacement by its name"),
    ("(a)", "New"): ("to", "the expression must be a call"),
    ("(a)", "await New"): ("to", "the expression must be a call"),
    ("(a)", "[New(a)]"): ("to", "the expression must be a call"),
    ("(a)", "New(x := a)"): ("to", "the expression must not unpack, assign, yield or define"),
    ("(a)", "New((yield a))"): ("to", "the expression must not unpack, assign, yield or define"),
    ("(a)", "New([*a])"): ("to", "the expression must not unpack, assign, yield or define"),
    ("(a)", "New(f(**a))"): ("to", "the expression must not unpack, assign, yield or define"),
    ("(a)", "New(x, y=f(a), **b)"): ("to", "the expression must not unpack, assign, yield or define"),
    ("(a)", "New(a, x=a)"): ("to", "a parameter stands twice in the expression, so it would be evaluated twice"),
    ("(a)", "New(é)"): ("to", "the expression must be one line of ASCII"),
    ("(a)", "New(a,\n a)"): ("to", "the expression must be one line of ASCII"),
    ("(a)", "New(" * 30): ("to", f"{'New(' * 20!r} is no expression"),
    ("(a)", "x\0"): ("to", "'x\\x00' is no expression"),
    ("(a)", "(" * 300 + ")" * 300): ("to", f"{'(' * 80!r} is no expression"),
    ("a", "New()"): ("from", "the parameters must stand in parentheses"),
    ("(a", "New()"): ("from", "the parameters must stand in parentheses"),
    ("a)", "New()"): ("from", "the parameters must stand in parentheses"),
    ("(a, b, *, a)", "New()"): ("from", "a parameter stands twice in the parameter list"),
    ("(a, /, b, a)", "New()"): ("from", "a parameter stands twice in the parameter list"),
    ("(a, *b)", "New()"): ("from", "the parameters must not unpack"),
    ("(a, **b)", "New()"): ("from", "the parameters must not unpack"),
    ("(" + "a b" * 40 + ")", "New()"): ("from", f"{('(' + 'a b' * 40)[:80]!r} is no parameter list"),
    ("(a=1, b)", "New()"): ("from", "'(a=1, b)' is no parameter list"),
    ("(\0)", "New()"): ("from", "'(\\x00)' is no parameter list"),
}


@pytest.mark.parametrize(("sides", "told"), WRONG.items())
def test_what_is_no_rule_is_refused_with_the_side(sides: tuple[str, str], told: tuple[str, str]) -> None:
    with pytest.raises(CallRuleError) as caught:
        parse_rule(*sides)
    assert (caught.value.key, str(caught.value)) == told
