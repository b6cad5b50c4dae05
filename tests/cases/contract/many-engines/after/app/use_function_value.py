from app.new.function import new_function

held = [new_function]
