from app.old.wanting import Plain, Second, Wanting
from app.old.forced import Forced
from app.old.reported import Reported


async def f(item: Wanting, other: "Forced", third):
    item.pause(3); item.pause(); item.run()
    await item.stop()
    item.state, item.CONSTANT, Wanting.check(1), item._private(), third.pause()
    other.resume(), other.pause(1), Second(), Reported().pause()
    return Wanting("a"), Wanting("a", 2), Wanting(name="b", more=1), Forced(), Plain()
