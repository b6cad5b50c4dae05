from app.engine import UserEngine
from app.factory import make_engine