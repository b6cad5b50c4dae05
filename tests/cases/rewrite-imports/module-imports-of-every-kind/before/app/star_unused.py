from app.old.legacy import *
