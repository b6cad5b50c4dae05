from app.engine import UserEngine
from app.old.legacy import (
    helper,
    other
)
from app.old.legacy import (helper as h,
                            other as o, more,)
from app.factory import make_engine
from app.old.legacy import (
    helper as h2, other as o2,
    more as m2
)
from app.engine import EngineError
from app.factory import make_engine as make
from app.old.legacy import helper as h3, \
    other as o3, more as m3
from app.engine import EngineError as Error

print(UserEngine("a").run(), helper(), other(), h(), make_engine("b").run(), o(), more(), h2(), o2(), EngineError.__bases__)
print(make("c").run(), m2(), h3(), o3(), Error.__bases__, m3())
