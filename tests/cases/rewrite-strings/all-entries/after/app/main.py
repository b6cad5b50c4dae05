import app.api
from app.engine import UserEngine
from app.factory import make_engine

print(UserEngine("a").run(), make_engine("b").run(), len(app.api.__all__), app.api.EngineError.__mro__[1].__name__)
