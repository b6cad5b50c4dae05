import app.engine
import app.old.other

print(app.engine.UserEngine("a").run(), app.old.other.VALUE)
