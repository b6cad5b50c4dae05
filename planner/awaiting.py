"""Whether what a call rule calls must be awaited, and whether that is what callers of the legacy symbol do."""

from __future__ import annotations

import ast

from planner.callrule import CallRule
from planner.interfaces import Interfaces
from planner.model import Symbol


def gives_awaitable(rule: CallRule, goes: Symbol, interfaces: Interfaces) -> bool | None:
    """Return whether the rule's expression gives something to await, None where its callee cannot be told.

    `goes` is the replacement, whose first name is the rule's root.
    """
    call = ast.parse(rule.expression, mode="eval").body
    if isinstance(call, ast.Await):
        return False
    callee = call.func if isinstance(call, ast.Call) else call
    interface = interfaces.of(Symbol(goes.module, rule.root))
    if isinstance(callee, ast.Name):
        return interface.kind.startswith("async") if interface.kind else None
    if isinstance(callee, ast.Attribute) and isinstance(callee.value, ast.Name):
        method = interface.method(callee.attr)
        return method[0].startswith("async") if method is not None else None
    return None


def adapter_is_async(rule: CallRule, legacy: Symbol, goes: Symbol, interfaces: Interfaces) -> bool:
    """Tell whether an adapter must be a coroutine, because its callers await what the rule gives at once."""
    is_async = interfaces.of(legacy).kind == "async function"
    return is_async and gives_awaitable(rule, goes, interfaces) is False


def unlike(rule: CallRule, legacy: Symbol, goes: Symbol, interfaces: Interfaces) -> str:
    """Return why a call cannot become the rule's expression for what is awaited, "" where nothing is in the way."""
    kind, awaitable = interfaces.of(legacy).kind, gives_awaitable(rule, goes, interfaces)
    if rule.awaited or not kind or awaitable is None or awaitable == kind.startswith("async"):
        return ""
    given = "something to await" if awaitable else "its value at once"
    return f"{legacy.last} is {'not ' * awaitable}awaited, and what the rule calls gives {given}"
