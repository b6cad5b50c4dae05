from app.engine import UserEngine
from app.factory import make_engine
from app import engine

Engine = UserEngine
Other: type = engine.UserEngine
make = make_engine
