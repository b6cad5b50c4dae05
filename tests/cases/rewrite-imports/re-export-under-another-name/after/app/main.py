from app.engine import UserEngine
import app.api

print(UserEngine("a").run(), app.api.Engine("b").run())
