from app.new.accepted import NewAccepted


class Sub(NewAccepted):
    pass
