from app.old.legacy import OldEngine, create_engine
from app.old import legacy

Engine = OldEngine
Other: type = legacy.OldEngine
make = create_engine
