"""Two engines, of which one is only counted."""
from __future__ import annotations

from app.old.plain import Plain


class Wanting:
    CONSTANT = 1

    def __init__(self, name="default", more=None):
        self.name = name

    def run(self): ...

    async def stop(self): ...

    def pause(self, seconds=1): ...

    @staticmethod
    def check(value): ...

    @property
    def state(self): ...

    def _private(self): ...


class Second:
    pass
