from app.old.legacy import OldEngine
from app.plain import made

engine = OldEngine('a')
print(engine.extra(), engine.extra(), made.run())
