from app.old.helpers import *
from app.old.legacy import *

LEVEL = 4
made = OldEngine("n")
