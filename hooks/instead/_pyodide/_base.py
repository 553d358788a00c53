"""Runs what the start itself says as text, always statements and one expression; and imports for JavaScript."""

from importlib import import_module


def eval_code(source, scope=None):
    """The value of the last expression."""
    scope = {} if scope is None else scope
    *statements, last = source.split("; ")
    exec("\n".join(statements), scope)
    return eval(last, scope)


def pyimport_impl(name):
    """The module of this name."""
    return import_module(name)
