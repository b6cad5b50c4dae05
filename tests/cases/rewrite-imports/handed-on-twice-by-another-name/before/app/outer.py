from app.inner import (  # what others take
    Handed,  # the engine
)
