from .legacy import OldEngine
from . import legacy

print(OldEngine("a").run(), legacy.OldEngine.limit)
