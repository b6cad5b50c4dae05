import unittest.mock
import unittest.mock as um
from unittest import mock
from unittest.mock import patch

from app import service


@patch("app.old.legacy.OldEngine")
def decorated(fake):
    fake.return_value.run.return_value = "decorated"
    return service.start()


@mock.patch('app.old.legacy.OldEngine', autospec=True)
def second(fake):
    fake.return_value.run.return_value = "second"
    return service.start()


def context():
    with unittest.mock.patch("app.old.legacy.OldEngine") as fake:
        fake.return_value.run.return_value = "context"
        return service.start()


def started():
    patcher = um.patch(target="app.old.legacy.OldEngine")
    fake = patcher.start()
    fake.return_value.run.return_value = "started"
    try:
        return service.start()
    finally:
        patcher.stop()


print(decorated(), second(), context(), started(), service.start())
