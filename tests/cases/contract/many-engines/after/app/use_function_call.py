from app.new.function import new_function

made = new_function('call')
