from app.old import legacy
from app.old import helpers

made = legacy.OldEngine("n")
try:
    from app.context import Context as legacy
except ImportError:
    pass
held = helpers.LEVEL
helpers = None
