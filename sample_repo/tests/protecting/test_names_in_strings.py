"""Classes that are found by name."""

from netra_backend.app.services import plugins


def test_engine_class(alice, ask):
    assert ask(plugins.engine_class()(alice)).user_id == "alice"
    assert ask(plugins.scoped_engine_by_name(alice)).user_id == "alice"


def test_computed_name(registry, bridge, alice, ask):
    assert ask(plugins.old_engine_by_name(registry, bridge, alice)).user_id == "alice"


def test_factories(bridge, alice, ask):
    for kind in plugins.FACTORIES:
        assert ask(plugins.factory_class(kind)(bridge).create_engine(alice)).user_id == "alice"
