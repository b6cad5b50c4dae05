"""Engines."""

import os
from app.context import Context

# How deep.
_DEPTH = 2


class OldEngine:
    limit = 3

    def __init__(self, name="default"):
        self.name = name

    def run(self):
        return f"ran {self.name}"


# Helps.
def helper(text):  # no successor
    return _inner(text) * _DEPTH


def _inner(text):
    return text.replace(os.sep, "-")
