from app.old.legacy import OldEngine
from app.engine import UserEngine
from app.old.legacy import OldEngine as Again

print(OldEngine("a").run(), UserEngine("b").run(), Again("c").run())
