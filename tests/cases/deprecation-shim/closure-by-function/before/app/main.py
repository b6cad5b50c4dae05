from app.helper import use

print(use())
