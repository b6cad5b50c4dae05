from unittest.mock import Mock

from app.engine import UserEngine

engine = UserEngine.create("r", None, user='nobody')
print(type(engine) in (UserEngine, int), Mock(spec=UserEngine).show is not None)
match engine:
    case UserEngine():
        print("matched")
