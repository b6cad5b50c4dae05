from app.new.same import NewSame


def made():
    return NewSame('k', deep=True), NewSame(name='k')
