"""The engines in one place: a package that passes on what other modules define."""

from ..supervisor.execution_engine import ExecutionEngine, SupervisorExecutionEngine
from ..supervisor.request_scoped_execution_engine import RequestScopedExecutionEngine
from .names import Engine, EngineType

__all__ = [
    "Engine",
    "EngineType",
    "ExecutionEngine",
    "RequestScopedExecutionEngine",
    "SupervisorExecutionEngine",
]
