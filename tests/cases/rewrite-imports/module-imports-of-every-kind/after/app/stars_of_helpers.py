from app.old.helpers import *
from app.engine import UserEngine as OldEngine

LEVEL = 4
made = OldEngine("n")
