from app.legacy import OldEngine

if True:
	engine = OldEngine(
		"r",
		user="u",
	)
	print(engine.show())
