from app.old.pool import *

made = OldPool(5)
