"""Reads the settings. Classes are named in them by their dotted names."""

import configparser
import json
import logging
import tomllib
from pathlib import Path
from pkgutil import resolve_name

CONFIG = Path(__file__).resolve().parents[3] / "config"


def request_engine_class():
    """Return the class that settings.toml names."""
    settings = tomllib.loads((CONFIG / "settings.toml").read_text(encoding="utf-8"))
    return resolve_name(settings["engines"]["request"])


def factory_classes():
    """Return the classes that engines.json names, by their keys."""
    factories = json.loads((CONFIG / "engines.json").read_text(encoding="utf-8"))["factories"]
    return {key: resolve_name(dotted) for key, dotted in factories.items()}


def loggers():
    """Return the loggers that logging.ini names."""
    parser = configparser.ConfigParser()
    parser.read(CONFIG / "logging.ini", encoding="utf-8")
    return [logging.getLogger(parser[name]["qualname"]) for name in parser.sections() if name.startswith("logger_")]
