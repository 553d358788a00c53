"""Compiles a zip of sources from standard input to a zip of byte code on standard output.

Run by `hooks/pack.py` in an interpreter of its own, with `-X no_debug_ranges`: what a traceback needs, its lines, stay,
the columns go. A fresh interpreter also makes the same bytes every time. `pyodide py-compile` keeps docstrings and
columns, and makes the pack a seventh larger.
"""

import ast
import importlib.util
import io
import marshal
import sys
import zipfile

TEXTS_KEPT = "_pyodide/"  # Pyodide shows these docstrings, and dedents them when it starts
A_TEXT = "-"  # a dataclass without a docstring would work out its signature to make one


class _Strip(ast.NodeTransformer):
    """Takes the docstrings out; `assert` stays, so the code does what it did."""

    def visit_Module(self, node: ast.Module) -> ast.Module:
        return self._without(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        return self._without(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AsyncFunctionDef:
        return self._without(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        made = self._without(node)
        if made.decorator_list:
            made.body.insert(0, ast.Expr(ast.Constant(A_TEXT)))
        return made

    def _without[T: ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef](self, node: T) -> T:
        self.generic_visit(node)
        if ast.get_docstring(node, clean=False) is not None:
            node.body[:1] = [] if len(node.body) > 1 or isinstance(node, ast.Module) else [ast.Pass()]
        return node


def compiled(source: bytes, path: str) -> bytes:
    """A `.pyc` that is never checked against a source, with the path inside the archive as its only name."""
    tree = ast.parse(source)
    if not path.startswith(TEXTS_KEPT):
        tree = ast.fix_missing_locations(_Strip().visit(tree))
    code = compile(tree, path, "exec", dont_inherit=True)
    unchecked = (1).to_bytes(4, "little") + bytes(8)
    return importlib.util.MAGIC_NUMBER + unchecked + marshal.dumps(code)


def main() -> None:
    """Compile what comes in, in order."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())) as sources,
        zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive,
    ):
        for path in sorted(sources.namelist()):
            archive.writestr(zipfile.ZipInfo(path + "c"), compiled(sources.read(path), path))
    sys.stdout.buffer.write(made.getvalue())


if __name__ == "__main__":
    main()
