from unittest import mock
from unittest.mock import patch

import app.service
from app import service
from app.old.legacy import OldEngine

with patch.object(service, "OldEngine") as fake:
    fake.return_value.run.return_value = "by alias"
    print(service.start())
with mock.patch.object(app.service, "OldEngine", autospec=True) as fake:
    fake.return_value.run.return_value = "by path"
    print(service.start())
with patch.object(OldEngine, "run", return_value="class member"):
    print(service.start())
