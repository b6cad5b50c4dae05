from app.legacy import (  # what others take
    UserEngine,  # the engine
)
