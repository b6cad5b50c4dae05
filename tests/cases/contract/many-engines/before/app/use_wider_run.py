from app.old.wider import OldWider


def go(engine: OldWider):
    return engine.run('é'), engine.run(task=1)
