from app.old.function import old_function

held = [old_function]
