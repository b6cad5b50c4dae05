from app.old.legacy import *
from app.old.sub.pool import *

made = OldEngine("n"), OldPool(7, "é")
