# vim: set fileencoding=cp1251 :
print("Привет"); from app.old.legacy import OldEngine; print("мир", OldEngine("мир").run())
