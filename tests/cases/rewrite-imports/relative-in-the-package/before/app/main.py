from app.old import OldEngine
from .old import OldEngine as Again

print(OldEngine("a").run(), Again("b").run())
