import app.c_round
from app.old.legacy import OldEngine
