from app.new.same import NewSame


class Sub(NewSame):
    pass
