"""Connections, emitters and the handler of incoming messages."""
