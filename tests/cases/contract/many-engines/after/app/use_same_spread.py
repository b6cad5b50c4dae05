from app.new.same import NewSame


def made(*given, **named):
    return NewSame(*given, **named)
