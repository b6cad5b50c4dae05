import app.api
from app.api import OldEngine, create_engine

print(OldEngine("a").run(), create_engine("b").run(), len(app.api.__all__), app.api.OldError.__mro__[1].__name__)
