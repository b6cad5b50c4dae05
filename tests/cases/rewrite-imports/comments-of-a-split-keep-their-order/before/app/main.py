from app.old.legacy import (  # all of it
    _state,
    Context,  # about Context
    OldEngine,  # about OldEngine
    kept,  # about kept
)

print(OldEngine("a").run(), Context.user, _state, kept())
