from typing import Dict, NewType, Tuple
from app.old.legacy import OldEngine

Engines = Dict[str, OldEngine]
Pair = Tuple["OldEngine", OldEngine]
Handle = NewType("Handle", OldEngine)
Alias = OldEngine
print(Alias("a").run(), Handle(OldEngine("h")).run(), len(Pair.__args__))
