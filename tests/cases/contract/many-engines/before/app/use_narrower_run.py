from app.old.narrower import OldNarrower


def go(engine: OldNarrower):
    return engine.run('é'), engine.run(task=1)
