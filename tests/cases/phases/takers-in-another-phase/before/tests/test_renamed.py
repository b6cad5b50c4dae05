import app.renamed
from app.renamed import OldEngine


def test_it():
    assert app.renamed.OldEngine is OldEngine
    return OldEngine().run()
