"""Pyodide's core asks one thing of it."""


def iscoroutinefunction(value):
    """Whether a call gives something to await."""
    return bool(getattr(getattr(value, "__code__", None), "co_flags", 0) & 0x80)
