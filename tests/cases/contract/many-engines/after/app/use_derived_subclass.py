from app.new.derived import NewDerived


class Sub(NewDerived):
    pass
