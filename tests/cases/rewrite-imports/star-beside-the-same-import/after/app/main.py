from app.engine import UserEngine as OldEngine
from app.context import Context
import os

print(OldEngine("a").name, Context.user, os.sep)
