from app.old.function_two import old_function_two

held = [old_function_two]
