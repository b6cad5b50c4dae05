from app.old.function import old_function


@old_function
def held():
    pass
