# vim: set fileencoding=cp1251 :
print("Привет"); from app.engine import UserEngine; print("мир", UserEngine("мир").run())
