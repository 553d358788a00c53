"""Pyodide's core imports the name and uses it only for what is awaited."""
