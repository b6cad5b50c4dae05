from app.three import Engine
from app.two import OldEngine
from app import one

print(Engine("a").run(), OldEngine("b").run(), one.OldEngine("c").run())
