"""Tables in the documentation that are made from the code, each between two marks."""

from collections.abc import Iterable, Mapping


def table(head: str, rows: Iterable[tuple[str, ...]]) -> str:
    """Return a table in Markdown; `head` has the names of the columns with `|` between them."""
    columns = head.count("|") + 1
    lines = [head, " | ".join(["---"] * columns), *map(" | ".join, rows)]
    return "\n".join(f"| {line} |" for line in lines)


def filled(page: str, tables: Mapping[str, str]) -> str:
    """Return the page with each table in its place. Raises ValueError if it has no place for one."""
    for name, text in tables.items():
        before, start, rest = page.partition(f"<!-- table: {name} -->\n")
        _, end, after = rest.partition("\n<!-- end -->")
        if not end:
            raise ValueError(f"the page has no place for the table {name}")
        page = before + start + text + end + after
    return page
