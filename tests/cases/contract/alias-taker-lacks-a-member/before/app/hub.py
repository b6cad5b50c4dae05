from app.old.legacy import OldEngine
import app.old.legacy as module

Engine = OldEngine
Other: type = module.OldEngine
