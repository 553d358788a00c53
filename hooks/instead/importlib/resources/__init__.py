"""`importlib.abc` imports this only to pass on names that are out of date."""
