from app.other.legacy import OldEngine
from app.old.legacy_factory import OldEngineFactory
from .other import legacy
import app.other.legacy as again
from app.other import *

value = OldEngine(), OldEngineFactory(), legacy.OldEngine(), again.OldEngine()
