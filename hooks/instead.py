"""Modules that Pyodide's start imports and the calculator never uses, each reduced to what the start asks of it.

Pyodide brings an event loop and an installer of packages. The calculator is one function from text to text, and nothing
else may be loaded here, so both are left out with what only they import (`asyncio`, sockets, `subprocess`, `zipfile`):
nearly half of the standard library that the start would ask for.
"""

# By path in the standard library, the source that takes its place.
MODULES = {
    # Pyodide's core imports the name and uses it only for what is awaited.
    "asyncio/__init__.py": "",
    # What the two import from JavaScript stays, in its order: a copy of the memory expects to find it.
    "pyodide/webloop.py": (
        "from pyodide_js._api import scheduleCallback\n"  #
        "def _initialize_event_loop():\n"
        "    pass\n"
    ),
    # The start asks where packages would go, and which are there.
    "pyodide/_package_loader.py": (
        "from pyodide_js import loadedPackages\n"
        "class _Place:\n"
        "    def __init__(self, path):\n"
        "        self.path = path\n"
        "    def __str__(self):\n"
        "        return self.path\n"
        'SITE_PACKAGES = _Place("/lib/python3.13/site-packages")\n'
        'DSO_DIR = _Place("/usr/lib")\n'
        "def init_loaded_packages():\n"
        "    pass\n"
    ),
    # `importlib.abc` imports these only to pass on names that are out of date.
    "importlib/resources/__init__.py": "",
    "importlib/resources/abc.py": "",
}
