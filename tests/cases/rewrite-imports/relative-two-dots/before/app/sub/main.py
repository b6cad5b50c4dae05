from ..old.legacy import OldEngine, create_engine
from ..old import legacy as kept

print(OldEngine("a").run(), create_engine("b").run(), kept.OldEngine.limit)
