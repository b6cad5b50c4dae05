from app.old.legacy import (  # all of it
    _state,
)
from app.context import (
    Context,  # about Context
)
from app.engine import (
    UserEngine,  # about OldEngine
)
from app.old.legacy import (
    kept,  # about kept
)

print(UserEngine("a").run(), Context.user, _state, kept())
