from app.legacy import OldEngine as Engine, OldEngine as UserEngine
import app.legacy
import app.legacy as legacy

print(Engine("a").show(), UserEngine("b", "c").show(), app.legacy.OldEngine("d").show(), legacy.OldEngine("e").show())
