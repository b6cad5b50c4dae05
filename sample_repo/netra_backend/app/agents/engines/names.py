"""Other names for the engine."""

from typing import Union

from ..supervisor.execution_engine import ExecutionEngine
from ..supervisor.request_scoped_execution_engine import RequestScopedExecutionEngine

Engine = RequestScopedExecutionEngine
EngineType = Union[ExecutionEngine, RequestScopedExecutionEngine]
