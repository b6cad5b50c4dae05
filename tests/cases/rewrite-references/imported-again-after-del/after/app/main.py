from app.engine import UserEngine
del UserEngine
from app.engine import UserEngine

print(UserEngine("again").run())
