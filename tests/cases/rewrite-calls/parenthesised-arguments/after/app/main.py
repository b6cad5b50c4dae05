from app.engine import UserEngine

r = "r"
print(UserEngine.create((r), ("b"), user='nobody').show(), UserEngine.create(((r)), None, user=(  "u" )).show())
print(UserEngine.create( r , "b", user='nobody' , ).show(), UserEngine.create(r, None, user='nobody').show(), UserEngine.create((r, 1)[0], None, user='nobody').show(), UserEngine.create(("t",), None, user='nobody').show())
