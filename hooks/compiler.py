"""Compiles a zip of sources from standard input to a zip of byte code on standard output.

Run by `hooks/pack.py` in an interpreter of its own, with `-X no_debug_ranges`: what a traceback needs, its lines, stay,
the columns go. A fresh interpreter also makes the same bytes every time. `pyodide py-compile` keeps docstrings, columns
and annotations, and makes the pack a seventh larger.
"""

import __future__

import ast
import importlib.util
import io
import marshal
import sys
import zipfile

from hooks.records import Sources

OURS = "calculator/"


class _Strip(ast.NodeTransformer):
    """Takes the docstrings out; `assert` stays, so the code does what it did."""

    def visit_Module(self, node: ast.Module) -> ast.Module:
        return self._without(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        return self._without(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AsyncFunctionDef:
        return self._without(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        return self._without(node)

    def _without[T: ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef](self, node: T) -> T:
        self.generic_visit(node)
        if ast.get_docstring(node, clean=False) is not None:
            node.body[:1] = [] if len(node.body) > 1 or isinstance(node, ast.Module) else [ast.Pass()]
        return node


class _StripOurs(_Strip):
    """Takes out of the calculator also what only a reader of the source needs: annotations, and the names of types."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.returns = None
        made = super().visit_FunctionDef(node)
        used = {inner.id for line in made.body for inner in ast.walk(line) if isinstance(inner, ast.Name)}
        made.type_params = [one for one in made.type_params if ast.unparse(one).partition(":")[0].strip("*") in used]
        return made

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.ImportFrom | None:
        # said to the compiler instead, for the annotations that make a class of named parts
        return None if node.module == "__future__" else node


def compiled(tree: ast.Module, path: str) -> bytes:
    """A `.pyc` that is never checked against a source, with the path inside the archive as its only name."""
    flags = 0
    if path.startswith(OURS):
        tree, flags = _StripOurs().visit(tree), __future__.annotations.compiler_flag
    else:
        tree = _Strip().visit(tree)
    code = compile(ast.fix_missing_locations(tree), path, "exec", flags=flags, dont_inherit=True)
    unchecked = (1).to_bytes(4, "little") + bytes(8)
    return importlib.util.MAGIC_NUMBER + unchecked + marshal.dumps(code)


def main() -> None:
    """Compile what comes in, in order; the records of the calculator are written out first."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())) as archive,
        zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as out,
    ):
        files = {path: archive.read(path) for path in sorted(archive.namelist())}
        ours = Sources({path: source for path, source in files.items() if path.startswith(OURS)})
        for path, source in files.items():
            tree = ours.written_out(path) if path.startswith(OURS) else ast.parse(source)
            out.writestr(zipfile.ZipInfo(path + "c"), compiled(tree, path))
    sys.stdout.buffer.write(made.getvalue())


if __name__ == "__main__":
    main()
