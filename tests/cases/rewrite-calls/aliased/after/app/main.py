from app.engine import UserEngine as Engine, UserEngine
import app.engine
import app.engine as legacy

print(Engine.create("a", None, user='nobody').show(), UserEngine.create("b", "c", user='nobody').show(), app.engine.UserEngine.create("d", None, user='nobody').show(), legacy.UserEngine.create("e", None, user='nobody').show())
