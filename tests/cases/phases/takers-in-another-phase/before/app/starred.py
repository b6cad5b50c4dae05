from app.old.legacy import *

made = OldEngine("starred")
