"""Moved: what app.legacy held has a new home.

    OldEngine -> app.engine.UserEngine

This module hands them out under their old names, with a warning, and goes when nothing uses it any more.
`consolidate plan` finds what still imports from here, and fixes it (migration one-engine).
"""

import importlib as _importlib
import sys as _sys
import warnings as _warnings
from typing import TYPE_CHECKING

__all__ = [
    "OldEngine",
]

_MOVED = {
    "OldEngine": ("app.engine", "UserEngine"),
}


class ConsolidateDeprecationWarning(DeprecationWarning):
    """A name was taken from the path that it has left."""


if TYPE_CHECKING:
    from app.engine import UserEngine as OldEngine
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

    from typing import Protocol as _Protocol

    class _Adapter(type(_Protocol)):  # so that ABC and Protocol can stand beside it among the bases of a class
        """The type of a class whose construction has changed: a call goes by the rule, all else to the replacement."""

        _moved_seen = _moved_hash = None

        @staticmethod
        def __prepare__(name, bases, **keywords):
            from types import prepare_class

            return prepare_class(name, _Adapter._moved_bases(bases), keywords)[1]

        def __new__(meta, name, bases, namespace, **keywords):
            if not bases:
                return type.__new__(meta, name, bases, namespace)
            from abc import ABCMeta
            from types import prepare_class

            # A subclass. Python has dropped an explicit `metaclass=ABCMeta`, for this one is more special.
            if any(getattr(value, "__isabstractmethod__", False) for value in namespace.values()):
                keywords["metaclass"] = ABCMeta
            bases = _Adapter._moved_bases(bases)
            meta, _, keywords = prepare_class(name, bases, keywords)
            return meta(name, bases, namespace, **keywords)

        def __init__(cls, *args):
            """Leave out Protocol's, which would ask the replacement, and so import it."""

        @staticmethod
        def _moved_bases(bases):
            return tuple(base._moved_to() if isinstance(base, _Adapter) else base for base in bases)

        def _moved_to(cls):
            new = _load(*_MOVED[cls._moved_call.__name__])
            if new is not cls._moved_seen and isinstance(new, type):
                type.__setattr__(cls, "_moved_seen", new)
                try:
                    type.__setattr__(cls, "__bases__", (object,))  # has Python call mro again
                except TypeError:  # instances with slots, or of a built-in type: the layout differs
                    type.__delattr__(cls, "_moved_seen")
            return new

        def mro(cls):
            """Make the adapter a subclass of the replacement, once that is known, which knows nothing of it."""
            return [cls, *(cls._moved_seen or object).__mro__]

        # Annotations compare and hash, and they may do so while the replacement is being imported: so no import here.
        def _moved_known(cls):
            try:
                if _MOVED[cls._moved_call.__name__][0] in _sys.modules:
                    cls._moved_to()
            except ImportError:
                pass
            return cls._moved_seen or cls

        def __eq__(cls, other):
            return other is cls or other is cls._moved_known() or NotImplemented

        def __hash__(cls):
            if cls._moved_hash is None:
                type.__setattr__(cls, "_moved_hash", type.__hash__(cls._moved_known()))
            return cls._moved_hash

        def __call__(cls, /, *args, **kwargs):
            return cls._moved_call(*args, **kwargs)

        @property
        def __signature__(cls):
            from inspect import signature

            return signature(cls._moved_call)

        def __getattribute__(cls, name):
            if name in ("__class__", "__module__", "__qualname__", "__signature__") or name.startswith("_moved_"):
                return type.__getattribute__(cls, name)
            return getattr(cls._moved_to(), name)

        def __setattr__(cls, name, value):
            setattr(cls._moved_to(), name, value)

        def __delattr__(cls, name):
            delattr(cls._moved_to(), name)

        def __dir__(cls):
            return dir(cls._moved_to())

        def __instancecheck__(cls, instance):
            return instance.__class__ is cls or isinstance(instance, cls._moved_to())

        def __subclasscheck__(cls, other):
            return other is cls or issubclass(other, cls._moved_to())

    def _adapt_OldEngine(registry, bridge=None, *, user='nobody'):
        UserEngine = _load("app.engine", "UserEngine")
        return UserEngine.create(registry, bridge, user=user)

    _adapt_OldEngine.__name__ = _adapt_OldEngine.__qualname__ = "OldEngine"

    _ADAPTERS = {
        "OldEngine": _Adapter("OldEngine", (), {"_moved_call": _adapt_OldEngine}),
    }

    def __getattr__(name):
        if name in _MOVED:
            module, attribute = _MOVED[name]
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = _ADAPTERS[name] if name in _ADAPTERS else _load(module, attribute)
        if isinstance(value, _Adapter):
            value._moved_known()
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
