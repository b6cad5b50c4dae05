"""The registry of tools that administrators maintain."""

from netra_backend.app.services.unified_tool_registry.registry import UnifiedToolRegistry

__all__ = ["UnifiedToolRegistry"]
