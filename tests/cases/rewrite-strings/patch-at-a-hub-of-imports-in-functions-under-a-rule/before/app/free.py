def make():
    from app.unpatched import OldEngine

    return OldEngine("free").show()
