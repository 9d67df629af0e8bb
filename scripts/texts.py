"""English texts that screens translate although no call of gettext marks them.

Closed lists, errors, terms and faults are kept as plain text where no catalogue is known; a
screen says them through `gettext(text)`. Here they are read out of the source, for the
catalogue (scripts/messages) and for the test that holds it complete.

usage: python scripts/texts.py FOLDER     marks them in a copy of the package, for xgettext
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from crosslight.core.contributions.content import Content, Identifier
from crosslight.core.contributions.priority import suggest_priority
from crosslight.core.indicators import catalogue
from crosslight.core.names.lexicon import lexicon
from crosslight.core.vocabulary.contributions import Answer, DangerReason, IdentifierKind, Timing
from crosslight.exchange.reports.wording import REGION

SOURCE = Path(__file__).resolve().parent.parent / "src" / "crosslight"
# Doors without a page, and texts that only people at a console or in a file read.
_UNREAD = (
    *("cli/", "api/", "exchange/", "exercises/", "config/", "core/evidence/", "ledger/"),
    "core/indicators/explanation.py",
)
_LISTS = re.compile(
    r"\w*LABELS|FEEDBACK_AXES|SEEN_BY_\w+|_SENTENCES|_OUTCOMES|_(?:WORD|TITLE)_ONLY_\w+"
    r"|_USUAL_AUDIENCE|_SAME"
)
# A refusal's reason is said after this sentence (foundation.guard).
_REFUSED = "You cannot do this. "
_REASONS = re.compile(r"_\w+_REASONS")
_PRIORITY = "core/contributions/priority.py"
_NAMES = "core/names/comparison.py"
_SAYING = frozenset(
    {"ContributorClass", "FieldError", "FormatFault", "Fault", "Wrong", "Term", "_fault"}
    | {"InputError", "NotAllowed", "WrongState"}
)
_SAID = frozenset({"what", "safe", "remedy", "message", "label"})
_CHOICES = frozenset({"NoticeKind", "Kind", "Nature"})
_SENTENCE = re.compile(r"[A-Z“][^_]*?(?:[a-z]|BAN|MSI)")


def texts(source: Path = SOURCE) -> dict[str, tuple[str, ...]]:
    """Of each file below `source`, as a path from there: its texts in the order of the lines."""
    files = sorted(source.rglob("*.py"))
    found = {path.relative_to(source).as_posix(): path for path in files}
    said = {
        name: tuple(dict.fromkeys(_texts_of(ast.parse(path.read_text("utf-8")))))
        for name, path in found.items()
        if not name.startswith(_UNREAD) and not name.endswith("/apps.py")
    }
    said[_PRIORITY] = _reasons_of_priority()
    return {name: each for name, each in said.items() if each}


def _reasons_of_priority() -> tuple[str, ...]:
    """Every reason that a suggestion can give: the same content with one thing named at a time."""
    empty = Content()
    contents = (
        empty,
        Content(place="-"),
        Content(is_ongoing=Answer.YES),
        Content(timing=Timing.TODAY),
        *(Content(identifiers=(Identifier(kind=kind, raw="-"),)) for kind in IdentifierKind),
        *(Content(danger=(reason,)) for reason in DangerReason),
    )
    known = catalogue()
    return tuple(
        dict.fromkeys(
            reason
            for content in contents
            for reason in suggest_priority(content, catalogue=known).reasons
        )
    )


def regions() -> tuple[str, ...]:
    """Of the spellings of names; translated under the context REGION, as some are languages too."""
    return tuple(sorted(set(lexicon().label_of.values())))


def notes() -> tuple[str, ...]:
    """What a name is to its short form, with the name left open."""
    heads = (relative.note.partition(" of ") for relative in lexicon().relatives)
    notes = {f"{head}{of}%(name)s" if of else head for head, of, _name in heads}
    return (*sorted(notes), "a related form")


def _texts_of(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case (
                ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
                | ast.Assign(targets=[ast.Name(id=name)], value=value)
            ) if _LISTS.fullmatch(name):
                yield from _listed(value)
            case (
                ast.AnnAssign(target=ast.Name(id=name), value=ast.Dict() as value)
                | ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict() as value)
            ) if _REASONS.fullmatch(name):
                yield from (_REFUSED + text for text in _listed(value) if text)
            case ast.ClassDef():
                yield from _of_class(node)
            case ast.Call():
                yield from _of_call(node)


def _listed(value: ast.expr) -> Iterator[str]:
    """The values of a table, its keys left out; a plain text by itself."""
    if isinstance(value, ast.Dict):
        for each in value.values:
            yield from _listed(each)
    elif isinstance(value, ast.Tuple):
        for each in value.elts:
            yield from _listed(each)
    elif isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value


def _of_class(node: ast.ClassDef) -> Iterator[str]:
    """What an error says of itself, and the labels of choices."""
    for line in node.body:
        match line:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(text))):
                if name in _SAID:
                    yield text
            case ast.Assign(value=ast.Tuple(elts=[_, ast.Constant(value=str(text))])):
                if node.name in _CHOICES:
                    yield text


def _of_call(node: ast.Call) -> Iterator[str]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    said = [each.value for each in node.keywords if each.arg in _SAID]
    said += [
        value
        for each in node.keywords
        if each.arg == "labels" and isinstance(each.value, ast.Dict)
        for value in each.value.values
    ]
    before = _REFUSED if name == "deny" else ""
    if name in _SAYING or before:
        said += node.args
    for each in said:
        match each:
            case ast.Constant(value=str(text)) if _SENTENCE.match(text) and not text.isupper():
                yield before + text


def mark(source: Path) -> None:
    """Append to each file of a copy what xgettext is to find in it."""
    for name, said in texts(source).items():
        with (source / name).open("a", encoding="utf-8") as file:
            file.writelines(f"\ngettext_noop({text!r})\n" for text in said)
    with (source / _NAMES).open("a", encoding="utf-8") as file:
        file.writelines(f"\ngettext_noop({note!r})\n" for note in notes())
        file.writelines(f"\npgettext({REGION!r}, {region!r})\n" for region in regions())


if __name__ == "__main__":
    mark(Path(sys.argv[1]))
