"""The offline edition: calculator, safety valve, probation, law tables, runtime and law in one HTML file.

It opens from a disk with no server and no network, and its security policy leaves it nothing to send with.
"""

from hooks.offline.edition import FOLDER, Edition, build, filled, write

__all__ = ["FOLDER", "Edition", "build", "filled", "write"]
