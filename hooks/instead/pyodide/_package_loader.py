"""No package can be loaded. The start asks where packages would go, and which are there."""

from pyodide_js import loadedPackages  # noqa: F401  (in its order: a copy of the memory expects to find it)


class _Place:
    def __init__(self, path):
        self.path = path

    def __str__(self):
        return self.path


SITE_PACKAGES = _Place("/lib/python3.13/site-packages")
DSO_DIR = _Place("/usr/lib")


def init_loaded_packages():
    pass
