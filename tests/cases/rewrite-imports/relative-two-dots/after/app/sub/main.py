from ..engine import UserEngine
from ..factory import make_engine
from app import engine as kept

print(UserEngine("a").run(), make_engine("b").run(), kept.UserEngine.limit)
