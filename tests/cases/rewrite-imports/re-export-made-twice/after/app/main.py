from app.engine import UserEngine
from app.hub import kept

print(UserEngine("a").run(), kept.run())
