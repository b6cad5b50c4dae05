from unittest.mock import Mock, patch

from app import service

fake = Mock()
fake.return_value.run.return_value = "fake"
with patch.multiple(service, OldEngine=fake):
    print(service.start())
with patch.multiple(target="app.service", OldEngine=fake):
    print(service.start())
