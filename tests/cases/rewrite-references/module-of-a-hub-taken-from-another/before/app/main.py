from app.other import engines as taken, more
from app import other

print(taken.OldEngine("a").run(), more.OldEngine("b").run(), other.engines.OldEngine("c").run())
