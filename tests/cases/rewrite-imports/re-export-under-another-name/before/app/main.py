from app.api import Engine
import app.api

print(Engine("a").run(), app.api.Engine("b").run())
