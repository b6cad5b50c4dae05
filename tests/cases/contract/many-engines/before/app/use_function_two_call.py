from app.old.function_two import old_function_two

made = old_function_two('call')
