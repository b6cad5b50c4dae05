from app.old.legacy import OldEngine, create_engine

value = OldEngine \
    ("a") \
    . run()
chain = (
    OldEngine
    (
        "b"
    )
    .run
    ()
)
print(value, chain, create_engine  ("c").run())
