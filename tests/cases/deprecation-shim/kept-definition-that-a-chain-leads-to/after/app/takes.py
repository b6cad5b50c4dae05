"""Moved: what app.takes held has a new home.

    G -> app.new.New
    helper -> app.plain.helper

This module hands them out under their old names, with a warning, and goes when nothing uses it any more.
`consolidate plan` finds what still imports from here, and fixes it (migration one-engine).
"""

import importlib as _importlib
import sys as _sys
import warnings as _warnings
from typing import TYPE_CHECKING

__all__ = [
    "G",
    "helper",
]

_MOVED = {
    "G": ("app.new", "New"),
    "helper": ("app.plain", "helper"),
}


class ConsolidateDeprecationWarning(DeprecationWarning):
    """A name was taken from the path that it has left."""


if TYPE_CHECKING:
    from app.new import New as G
    from app.plain import helper as helper
else:

    def _load(module, name):
        """Import a replacement when it is asked for, not before: it may itself import this module."""
        value = _importlib.import_module(module)
        for part in filter(None, name.split(".")):
            try:
                value = getattr(value, part)
            except AttributeError as error:
                reason = "it is missing there, or still being imported: a circular import"
                raise ImportError(f"cannot import name {part!r} from {module!r} ({reason})", name=module) from error
        return value

    def __getattr__(name):
        if name in _MOVED:
            module, attribute = _MOVED[name]
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = _load(module, attribute)
        # The import machinery asks a package whether it has a name; the import statement then takes it, and that warns.
        if not _sys._getframe(1).f_code.co_filename.startswith("<frozen importlib"):
            new = f"{module}.{attribute}" if attribute else module
            _warnings.warn(
                f"consolidate: {__name__}.{name} is now {new}"
                " (the old path will go); run `consolidate plan` to find and fix what uses it",
                ConsolidateDeprecationWarning,
                stacklevel=2,
            )
        return value

    def __dir__():
        return sorted({*globals(), *_MOVED})
