"""Whether a call rule can take one call: the arguments bound, each evaluated once and in the same order."""

from __future__ import annotations

from msgspec import Struct

from planner.callrule import CallRule
from planner.facts import Call
from planner.interfaces import bind


class Bridge(Struct, frozen=True):
    """How a rule takes a call: `bound` pairs each parameter that the call gives with the index of its argument.

    `in_order` tells that the rule evaluates the arguments in the order in which they stand, so that the text between
    them can be kept.
    """

    rule: CallRule
    bound: tuple[tuple[str, int], ...]
    in_order: bool


def bridge(rule: CallRule, call: Call) -> Bridge | str:
    """Return how the rule takes the call, or the reason why it does not."""
    if any(argument.star for argument in call.arguments):
        return "the call unpacks its arguments, so they cannot be told apart"
    if not call.exact:
        return "the call stands where its end cannot be told"
    if call.printed:
        return "an f-string prints the call as it is written"
    written = rule.expression + "".join(item.default for item in rule.parameters)
    if any(quote in written for quote in call.quotes) or (call.quotes and "\\" in written):
        return "the rule brings quotes into an f-string, which Python before 3.12 does not read"
    kinds = tuple(
        (
            item.name,
            "positional" if not item.keyword else "plain" if item.positional else "keyword",
            bool(item.default),
        )
        for item in rule.parameters
    )
    bound = bind(call.arguments, kinds)
    if bound is None:
        return f"the arguments do not fit {rule.signature}"
    if rule.awaited and not call.in_async:
        return "the rule awaits, and the call does not stand in an async function"
    if rule.awaited and call.awaited:
        return "the call is awaited already"
    used = [name for name, _, _ in rule.uses]
    for name in bound:
        if name not in used:
            return f"the rule drops the argument for `{name}`"
    order = [bound[name] for name in used if name in bound]
    in_order = order == sorted(order) and len(order) == len(call.arguments)
    if not in_order and not all(argument.pure for argument in call.arguments):
        return "the rule would evaluate the arguments in another order"
    return Bridge(rule, tuple(sorted(bound.items())), in_order)
