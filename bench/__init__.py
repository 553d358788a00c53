"""Our page against a stock Pyodide page, in one run: `make bench`."""
