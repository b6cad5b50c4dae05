"""Types and patterns."""

from typing import Any, cast

from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine, ExecutionEngine as First

EngineList = list["ExecutionEngine"]


def as_engine(thing: Any) -> ExecutionEngine:
    """Return a thing that is known to be an engine."""
    return cast("ExecutionEngine", thing)


def sort_out(things: list[Any]) -> tuple["EngineList", list[Any]]:
    """Return the engines, and the rest."""
    engines: EngineList = []
    rest = []
    for thing in things:
        match thing:
            case ExecutionEngine():
                engines.append(thing)
            case _:
                rest.append(thing)
    return engines, rest


def new_engine(registry, bridge, user_context) -> "First":
    """Return an engine, by its second name."""
    return First(registry, bridge, user_context)
