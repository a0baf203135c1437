"""A file of answers for take_in: what a person says about the heads and cells of files, as the page's form would send it. Pure.

    {"Sheet1!C1": "line:A-1"}                                   answers to what was asked of every file, by its address
    {"heads": {…}, "cells": {…}}                                the same of every file, and texts in place of cells as below
    {"村.xlsx": {"Sheet1!C1": "line:A-1"}}                      of one file; "*" is every file
    {"村.xlsx": {"heads": {"Sheet1!C1": "line:A-1"},            the same, and a text in place of that of a cell;
                 "cells": {"Sheet1!D7": "40", "Sheet1!D8": ""}}}  "" leaves the cell out

Answers under a file's own name come before those under "*".
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from spreadsheets.ooxml.addresses import range_of
from spreadsheets.read.workbook import ReadWorkbook

EVERY = "*"
_PARTS = {"heads", "cells"}


class BadAnswers(ValueError):
    """The text is no file of answers; the message is a sentence for people."""


@dataclass(frozen=True)
class FileAnswers:
    """The answers about one file, by address."""

    heads: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answers:
    """The answers about all files of one run, by file name."""

    by_file: Mapping[str, FileAnswers] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.by_file)

    def of(self, name: str) -> FileAnswers:
        every, own = self.by_file.get(EVERY, FileAnswers()), self.by_file.get(name, FileAnswers())
        return FileAnswers({**every.heads, **own.heads}, {**every.cells, **own.cells})

    def strange_to(self, name: str, read: ReadWorkbook) -> str:
        """The first address under the file's own name that is outside its sheets; "" if there is none."""
        own, titles = self.by_file.get(name, FileAnswers()), {sheet.title for sheet in read.sheets}
        return next((address for address in (*own.heads, *own.cells) if not _is_inside(address, titles)), "")


NO_ANSWERS = Answers()


def read_answer_file(content: bytes, files: Collection[str]) -> Answers:
    """Reads the answers.

    `files`: names of the imported files; a file inside a zip is “name of the zip/name”. Raises BadAnswers.
    """
    try:
        given = json.loads(content.decode("utf-8-sig"))
    except ValueError as error:
        raise BadAnswers(_("this is no JSON: %(why)s.") % {"why": error}) from error
    if not isinstance(given, dict):
        raise BadAnswers(_('write {"address": "answer"}, or {"file": {"address": "answer"}}.'))
    if given and all(isinstance(value, str) for value in given.values()):
        return Answers({EVERY: FileAnswers(heads=given)})
    if given and set(given) <= _PARTS and not set(given) & set(files):
        return Answers({EVERY: _of_file(EVERY, given, files)})
    return Answers({name: _of_file(name, answers, files) for name, answers in given.items()})


def _of_file(name: str, answers: object, files: Collection[str]) -> FileAnswers:
    if name != EVERY and name not in files and name.partition("/")[0] not in files:
        raise BadAnswers(_("“%(name)s” is none of the files that are taken in.") % {"name": name})
    if not isinstance(answers, dict):
        raise BadAnswers(_('“%(name)s”: write {"address": "answer"}.') % {"name": name})
    if set(answers) <= _PARTS and all(isinstance(part, dict) for part in answers.values()):
        return FileAnswers(dict(_texts(name, answers.get("heads", {}))), dict(_texts(name, answers.get("cells", {}))))
    return FileAnswers(heads=dict(_texts(name, answers)))


def _texts(name: str, answers: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for address, answer in answers.items():
        if not isinstance(answer, str):
            sentence = _("“%(name)s”, %(address)s: an answer is a text in quotation marks.")
            raise BadAnswers(sentence % {"name": name, "address": address})
        yield address, answer


def _is_inside(address: str, titles: Collection[str]) -> bool:
    """Whether the address is in one of the sheets.

    An address without a cell (a sheet, the name of the file, the task) is checked where the question is asked; a row of heads
    is a range.
    """
    title, mark, cell = address.rpartition("!")
    return not mark or (title in titles and range_of(cell) is not None)
