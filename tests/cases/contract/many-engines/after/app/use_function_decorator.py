from app.new.function import new_function


@new_function
def held():
    pass
