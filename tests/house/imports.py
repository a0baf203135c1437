"""The imports of a module, read from its source."""

import ast
from pathlib import Path

from tests.house.files import module_of, tree_of


def imports_of(path: Path) -> list[tuple[int, str]]:
    """(line, full name) of everything a file imports; `from a import b` names a.b, which may be a module or a thing in a."""
    found = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [(node.lineno, f"{_whole(node, path)}.{alias.name}") for alias in node.names]
    return found


def _whole(node: ast.ImportFrom, path: Path) -> str:
    if not node.level:
        return node.module or ""
    inside = module_of(path).split(".")
    package = inside if path.name == "__init__.py" else inside[:-1]
    kept = package[: len(package) - node.level + 1]
    return ".".join([*kept, node.module] if node.module else kept)


def imports_inside_functions(path: Path) -> list[int]:
    """The lines of imports that stand inside a function."""
    functions = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return sorted(
        {node.lineno for function in functions for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)}
    )
