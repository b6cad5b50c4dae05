# consolidate: notice of deprecation, begin
class _ConsolidateDeprecationWarning(DeprecationWarning):
    """This module is imported, although what it holds has a replacement."""


def _consolidate_notice() -> None:
    import sys
    import warnings

    frame = sys._getframe(1)
    while frame.f_back is not None and (
        frame.f_globals.get("__name__") in (__name__, "importlib")
        or frame.f_code.co_filename.startswith(("<frozen importlib", "<frozen zipimport"))
    ):
        frame = frame.f_back
    warnings.warn_explicit(
        f"consolidate: {__name__} is deprecated: "
        "Plain is now app.new.New"
        " (the old path will go); run `consolidate plan` to find and fix what uses it",
        _ConsolidateDeprecationWarning,
        frame.f_code.co_filename,
        frame.f_lineno,
        frame.f_globals.get("__name__", "<unknown>"),
        frame.f_globals.setdefault("__warningregistry__", {}),
    )


_consolidate_notice()
del _consolidate_notice
# consolidate: notice of deprecation, end

class Plain:
    def __init__(self, a):
        self.a = a

    def run(self):
        return self.a

    def only_here(self):
        return self.a + 1
