"""Nobody asks here for help on what Pyodide gives out."""


def get_cmeth_docstring(_):
    """The help on a function: none."""
    return ""
