from app.engine import UserEngine
from app.engine import UserEngine as Again

print(UserEngine("a").run(), UserEngine("b").run(), Again("c").run())
