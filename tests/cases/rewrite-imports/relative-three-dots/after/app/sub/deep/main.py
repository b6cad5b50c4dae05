from ...engine import UserEngine as Engine
from app.engine import UserEngine
from .. import deep

print(Engine("a").run(), UserEngine("b").run(), deep.UserEngine("c").run())
