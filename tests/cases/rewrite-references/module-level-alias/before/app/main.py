from app import hub
from app.hub import Engine as Local, make
from unittest.mock import patch

print(Local("a").run(), hub.Engine("b").run(), hub.Other("c").run(), make("d").run())
with patch("app.hub.Engine") as fake:
    fake.return_value.run.return_value = "fake"
    print(hub.Engine("e").run())
