from app.other import engines as taken, more
from app import other

print(taken.UserEngine("a").run(), more.UserEngine("b").run(), other.engines.UserEngine("c").run())
