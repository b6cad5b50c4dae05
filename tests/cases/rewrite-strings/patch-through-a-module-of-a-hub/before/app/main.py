from unittest import mock

import app.hub

with mock.patch("app.hub.m.OldEngine") as fake:
    fake.return_value.run.return_value = "fake"
    print(app.hub.m.start())
with mock.patch("app." "mid.OldEngine") as fake:
    fake.return_value.run.return_value = "fake"
    print(app.hub.m.start())
