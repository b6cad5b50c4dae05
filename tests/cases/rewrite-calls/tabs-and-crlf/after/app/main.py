from app.engine import UserEngine

if True:
	engine = UserEngine.create(
		"r",
		None, user="u",
	)
	print(engine.show())
