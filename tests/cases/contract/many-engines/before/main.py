import app.use_same_call
from app import use_same_subclass, use_wider_run
from app.use_narrower_stop import go

print(app.use_same_call.made.name, use_same_subclass.Sub().limit, use_wider_run.go.__name__, go.__name__)
