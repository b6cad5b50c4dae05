from app.old.wanting import Wanting
from app.old.forced import Forced

print(Wanting.CONSTANT, Forced().resume())
