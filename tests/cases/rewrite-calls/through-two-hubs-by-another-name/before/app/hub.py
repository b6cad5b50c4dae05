from app.legacy import (  # what others take
    OldEngine,  # the engine
)
