from app.names import Engine, Default
from app.engine import UserEngine
from app import names

print(Engine("a").run(), Default.run(), UserEngine("b").run(), names.UserEngine("c").run(), names.Engine("d").run())
