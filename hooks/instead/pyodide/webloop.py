"""There is no event loop: the calculator is called and answers."""

# Imported from JavaScript still, in its order: a copy of the memory expects to find it.
from pyodide_js._api import scheduleCallback  # noqa: F401


def _initialize_event_loop():
    pass
