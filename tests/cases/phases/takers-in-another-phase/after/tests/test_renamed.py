import app.renamed
from app.engine import UserEngine


def test_it():
    assert app.renamed.UserEngine is UserEngine
    return UserEngine().run()
