from typing import Dict, NewType, Tuple
from app.engine import UserEngine

Engines = Dict[str, UserEngine]
Pair = Tuple["UserEngine", UserEngine]
Handle = NewType("Handle", UserEngine)
Alias = UserEngine
print(Alias("a").run(), Handle(UserEngine("h")).run(), len(Pair.__args__))
