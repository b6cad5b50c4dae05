from app.modules import helpers, legacy
import app.modules


def test_it():
    return legacy.OldEngine().run(), app.modules.pool.OldPool(7).size, helpers.LEVEL
