from app.old.function import old_function

made = old_function('call')
