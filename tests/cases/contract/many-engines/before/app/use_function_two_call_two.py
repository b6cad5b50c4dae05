from app.old.function_two import old_function_two


def made():
    return old_function_two('call', 2)
