import app.old.legacy
import app.old.legacy, app.factory

print(app.old.legacy.OldEngine("a").run())
print(app.old.legacy.OldEngine("b").run(), app.factory.make_engine("c").name)
