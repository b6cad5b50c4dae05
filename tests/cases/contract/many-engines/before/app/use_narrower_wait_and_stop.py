from app.old.narrower import OldNarrower


async def go(engine: OldNarrower):
    engine.stop()
    await engine.wait()
    return await engine.wait()
