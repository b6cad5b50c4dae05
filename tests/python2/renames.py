"""The symbols that move in the tests of Python 2 files: a class, a function, a constant, a whole module."""

from planner.model import Symbol

RENAMES = (
    (Symbol("app.old", "Old"), Symbol("app.new", "New")),
    (Symbol("app.old", "make"), Symbol("app.new", "make")),
    (Symbol("app.old", "LIMIT"), Symbol("lib.limits", "LIMIT")),
    (Symbol("app.older", "Older"), Symbol("app.new", "New")),
    (Symbol("app.util.whole"), Symbol("app.util2.moved")),
)
