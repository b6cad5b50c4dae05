from app.old.sub.pool import *

size = internal()
