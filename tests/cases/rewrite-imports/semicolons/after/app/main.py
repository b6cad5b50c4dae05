import os; from app.engine import UserEngine; print(UserEngine("a").run(), os.sep)
from app.engine import EngineError; from app.factory import make_engine; print(make_engine("b").run(), EngineError.__mro__[1].__name__)
