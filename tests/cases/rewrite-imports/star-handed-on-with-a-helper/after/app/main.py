from app.engine import UserEngine
from app.outer import helper

print(helper(UserEngine("a").name))
