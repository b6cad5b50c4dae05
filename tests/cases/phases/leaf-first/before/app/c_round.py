import app.d_round
from app.old.legacy import OldEngine
