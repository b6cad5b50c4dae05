"""Who a run belongs to. Every run has exactly one context, and a context never changes."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Mapping

_numbers = itertools.count(1)


class InvalidContextError(TypeError):
    """Something other than a UserExecutionContext was given where a user must be known."""


@dataclass(frozen=True)
class UserExecutionContext:
    """The user, the thread of the conversation and the run."""

    user_id: str
    thread_id: str = "thread-main"
    run_id: str = field(default_factory=lambda: f"run-{next(_numbers)}")
    metadata: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    def __post_init__(self) -> None:
        if not self.user_id:
            raise InvalidContextError("a context needs a user_id")

    def child(self, run_id: str) -> UserExecutionContext:
        """Return the context of a run that this run started."""
        return UserExecutionContext(self.user_id, self.thread_id, run_id, self.metadata)


def validate_user_context(context: Any) -> UserExecutionContext:
    """Return the context, or raise InvalidContextError where it is none (a mock, a dict, None)."""
    if not isinstance(context, UserExecutionContext):
        raise InvalidContextError(f"expected UserExecutionContext, got {type(context).__name__}")
    return context


def anonymous_context() -> UserExecutionContext:
    """Return a context for work that no user asked for, such as a nightly job."""
    return UserExecutionContext(user_id="system", thread_id="thread-system")
