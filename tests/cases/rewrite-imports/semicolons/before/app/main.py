import os; from app.old.legacy import OldEngine; print(OldEngine("a").run(), os.sep)
from app.old.legacy import OldError, create_engine; print(create_engine("b").run(), OldError.__mro__[1].__name__)
