"""The application: routes call services, services call agents, agents talk over WebSockets."""
