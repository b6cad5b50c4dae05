from app.old.legacy import Ctx
