from app.hub import *

print(engine.run(), module.OldEngine("b").run())
