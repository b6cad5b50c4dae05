from app.old.legacy import (
    OldEngine,
    helper,
    other
)
from app.old.legacy import (helper as h, create_engine,
                            other as o, more,)
from app.old.legacy import (
    helper as h2, other as o2, OldError,
    create_engine as make, more as m2
)
from app.old.legacy import helper as h3, \
    other as o3, OldError as Error, more as m3

print(OldEngine("a").run(), helper(), other(), h(), create_engine("b").run(), o(), more(), h2(), o2(), OldError.__bases__)
print(make("c").run(), m2(), h3(), o3(), Error.__bases__, m3())
