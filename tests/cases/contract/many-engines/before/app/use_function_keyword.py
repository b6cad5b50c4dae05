from app.old.function import old_function


def made():
    return old_function('k', deep=True), old_function(name='k')
