from app.engine import UserEngine
from app import api

print(UserEngine.create("a", None, user='nobody').show())
