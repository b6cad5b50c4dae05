from app.new.function_two import new_function_two
