from app.old.function_two import old_function_two
