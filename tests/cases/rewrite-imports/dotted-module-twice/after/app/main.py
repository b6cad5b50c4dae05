import app.engine
import app.factory

print(app.engine.UserEngine("a").run())
print(app.engine.UserEngine("b").run(), app.factory.make_engine("c").name)
