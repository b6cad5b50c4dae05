"""The core's way to run agents. The package hands out what its module defines."""

from .core_engine import CORE_ENGINE_NAME, CoreExecutionEngine

__all__ = ["CORE_ENGINE_NAME", "CoreExecutionEngine"]
