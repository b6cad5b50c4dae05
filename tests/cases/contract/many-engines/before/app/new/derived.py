import app.new.base
from app.new import base as under


class Middle(app.new.base.Base):
    pass


class NewDerived(Middle, under.Mixin):
    pass
