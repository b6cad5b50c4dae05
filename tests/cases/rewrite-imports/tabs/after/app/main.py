def run():
	if True:
		from app.engine import UserEngine
		from app.factory import make_engine
		return UserEngine("a").run(), make_engine("b").run()


print(run())
