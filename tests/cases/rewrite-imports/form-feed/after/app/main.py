import os

from app.engine import UserEngine

print(UserEngine("a").run(), os.sep)
