import app.old.legacy
import app.old.other

print(app.old.legacy.OldEngine("a").run(), app.old.other.VALUE)
