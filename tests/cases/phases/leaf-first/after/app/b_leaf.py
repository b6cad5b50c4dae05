from app.a_base import value
from app.engine import UserEngine

print(value, UserEngine('leaf').run())
