from app.new.wider import NewWider


def go(engine: NewWider):
    return engine.run('é'), engine.run(task=1)
