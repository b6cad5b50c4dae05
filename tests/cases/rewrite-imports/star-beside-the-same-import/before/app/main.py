from app.old.legacy import *
from app.context import Context
import os

print(OldEngine("a").name, Context.user, os.sep)
