from app.engine import UserEngine
from app.old.legacy import helper

print(UserEngine('a').run(), helper('a/b'))
