from unittest.mock import Mock

from app.legacy import OldEngine

engine = OldEngine("r")
print(type(engine) in (OldEngine, int), Mock(spec=OldEngine).show is not None)
match engine:
    case OldEngine():
        print("matched")
