from app.legacy import *
