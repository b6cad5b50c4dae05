from app.names import Engine, Default, OldEngine
from app import names

print(Engine("a").run(), Default.run(), OldEngine("b").run(), names.OldEngine("c").run(), names.Engine("d").run())
