from app.context import Context
from app.engine import UserEngine as OldEngine, EngineError as OldError
from app.factory import make_engine as create_engine
from app.old.sub.pool import *

made = OldEngine("n"), OldPool(7, "é")
