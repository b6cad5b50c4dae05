from app.engine import UserEngine
from app.part import made

print(made.run(), UserEngine('u').run())
