from app.engine import UserEngine
from app.context import Context
from app.factory import make_engine as make

print UserEngine('a'), make('b'), Context
