from app.new.function import new_function


def made():
    return new_function('k', deep=True), new_function(name='k')
