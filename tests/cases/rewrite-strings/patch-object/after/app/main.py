from unittest import mock
from unittest.mock import patch

import app.service
from app import service
from app.engine import UserEngine

with patch.object(service, "UserEngine") as fake:
    fake.return_value.run.return_value = "by alias"
    print(service.start())
with mock.patch.object(app.service, "UserEngine", autospec=True) as fake:
    fake.return_value.run.return_value = "by path"
    print(service.start())
with patch.object(UserEngine, "run", return_value="class member"):
    print(service.start())
