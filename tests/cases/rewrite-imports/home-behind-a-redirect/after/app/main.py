from app.engine import UserEngine
from app.context import Context
from app.api import Facade

print(UserEngine("a").run(), Context.user, Facade.__name__)
