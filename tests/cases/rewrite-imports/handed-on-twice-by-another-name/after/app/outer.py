from app.engine import (  # what others take
    UserEngine,  # the engine
)
