from app.old.legacy import OldEngine
import app.one
