from app.engine import UserEngine
from app.old.legacy import unmapped

print(UserEngine().run(), unmapped())
