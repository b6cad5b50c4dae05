def run():
	if True:
		from app.old.legacy import OldEngine, create_engine
		return OldEngine("a").run(), create_engine("b").run()


print(run())
