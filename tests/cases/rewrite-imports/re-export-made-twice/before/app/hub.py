from app.old.legacy import OldEngine
from .old.legacy import OldEngine

kept = OldEngine("kept")
