"""Whether the period that a table states differs from its task's period, so that a person has to decide.

A month in a table for a quarterly form contradicts nothing, because it may be the month of filling in, but it decides nothing
either. A file's name alone states no period: it may support one, and one that names a year and another period is asked about.

"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from indicators.choices import Frequency
from orgs.names.name_similarity import folded
from spreadsheets.read.workbook import ReadWorkbook
from submissions.imports.report.import_report import Remark, Weight
from submissions.imports.tables.geometry.stated_periods import StatedPeriod, periods_of_name, stated_periods
from submissions.imports.tables.match_targets import AskedTask
from submissions.imports.tables.recognition.form_choice import title_texts, visible

# 填报时间：2026年9月 and 截至9月底 give the time of filling in, or the last day; they name no period.
_FILLED_IN = re.compile("(?:填报|填表|填写|报送|制表|上报|报出|编制|打印)(?:时间|日期|年月|日)?:|截[至止]|止$")
_LABEL = re.compile(".*(?:填报|填表|填写|报送|制表|上报|报出|编制|打印)(?:时间|日期|年月|日)?:?$")


def period_doubt(read: ReadWorkbook, name: str, task: AskedTask) -> str:
    """The question in words; "" if the text has the task's own period, or no other one."""
    stated = list(_of_table(read))
    if any(one.fits(task.period) for one in stated):
        return ""
    others = [one for one in stated if one.frequency != Frequency.YEAR]
    if others:
        sentence = _("The table says “%(said)s”, but %(form)s is filled in for %(period)s. Say which task it is for.")
        return sentence % _words(others[0], task)
    dated = [one for one in periods_of_name(name) if one.year and one.frequency != Frequency.YEAR]
    if dated and not any(one.fits(task.period) for one in dated):
        sentence = _(
            "The table states no period, its file is called “%(said)s”, and %(form)s is filled in for %(period)s. Say which task it is for."
        )
        return sentence % _words(dated[0], task)
    return ""


def name_remarks(name: str, task: AskedTask) -> Iterator[Remark]:
    """A notice if the file's name has another period than the one it was read for."""
    stated = periods_of_name(name)
    if any(one.fits(task.period) is False for one in stated) and not any(one.fits(task.period) for one in stated):
        sentence = _("The file's name says “%(said)s”; a name states no period, and the table was read for %(period)s.")
        yield Remark("", Weight.NOTICE, sentence % _words(stated[0], task))


def fits_statement(read: ReadWorkbook, name: str, task: AskedTask) -> bool:
    """Whether the table, or its file's name, states this task's period."""
    return any(one.fits(task.period) for one in (*_of_table(read), *periods_of_name(name)))


def _of_table(read: ReadWorkbook) -> Iterator[StatedPeriod]:
    for sheet in visible(read):
        before = ""
        for text in (sheet.title, *title_texts(sheet)):
            if not (_FILLED_IN.search(folded(text)) or _LABEL.fullmatch(before)):
                yield from stated_periods(text)
            before = folded(text)


def _words(stated: StatedPeriod, task: AskedTask) -> dict[str, str]:
    return {"said": stated.text, "form": task.form_title, "period": task.period.label}
