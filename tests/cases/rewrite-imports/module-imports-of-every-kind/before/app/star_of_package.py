from app.stars import *

held = made, OldPool(8), limit_of
