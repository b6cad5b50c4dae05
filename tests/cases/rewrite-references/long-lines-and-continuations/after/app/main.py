from app.engine import UserEngine
from app.factory import make_engine

value = UserEngine \
    ("a") \
    . run()
chain = (
    UserEngine
    (
        "b"
    )
    .run
    ()
)
print(value, chain, make_engine  ("c").run())
