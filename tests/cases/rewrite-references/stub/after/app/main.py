from app.service import start
from app.engine import UserEngine

print(start().run(), UserEngine.limit)
