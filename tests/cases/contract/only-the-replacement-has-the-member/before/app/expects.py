from contextlib import suppress

from app.old.legacy import OldEngine

engines = [OldEngine()]
answer = "suppressed"
with suppress(AttributeError):
    answer = engines[0].create({})
