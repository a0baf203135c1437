"""The empty workbook of each loader: heads it knows, choices to choose from, nothing to load until it is filled."""

import io
from datetime import datetime

import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from orgs.loading.columns import Holds, named_table
from orgs.loading.template import template_workbook
from spreadsheets.tables import read_table
from tests.orgs.loading.test_columns import LOADERS

MADE_AT = datetime(2026, 9, 30, 12)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("loader", LOADERS)
def test_it_reads_back_as_an_empty_table_of_all_columns(loader, language):
    with override(language):
        content = template_workbook("清单", LOADERS[loader], made_at=MADE_AT)
        table = named_table(read_table(content, "t.xlsx"), LOADERS[loader])
    assert table.columns == tuple(column.name for column in LOADERS[loader])
    assert table.rows == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("loader", LOADERS)
def test_every_word_of_its_lists_is_read(loader, language):
    with override(language):
        book = load_workbook(io.BytesIO(template_workbook("清单", LOADERS[loader], made_at=MADE_AT)))
        sheet, guide = book.worksheets
        rules = {str(rule.sqref).partition("2")[0]: rule for rule in sheet.data_validations.dataValidation}
        for place, column in enumerate(LOADERS[loader], 1):
            letter = sheet.cell(1, place).column_letter
            assert sheet[f"{letter}2"].number_format == ("General" if column.holds == Holds.NUMBER else "@")
            if column.words:
                where = rules[letter].formula1.partition("!")[2].replace("$", "")
                words = [row[0].value for row in guide[where]]
                assert [column.words.read(word) for word in words] == list(column.words._choices.values)
                assert rules[letter].type == "list"


def test_a_filled_one_keeps_zeros_and_periods():
    book = load_workbook(io.BytesIO(template_workbook("数据", LOADERS["figures"], made_at=MADE_AT)))
    sheet = book.worksheets[0]
    for place, value in enumerate(("F", "2026年第三季度", "0370883", "A-1", None, 5), 1):
        sheet.cell(2, place).value = value
    buffer = io.BytesIO()
    book.save(buffer)
    row = named_table(read_table(buffer.getvalue(), "t.xlsx"), LOADERS["figures"]).rows[0]
    assert (row["org_code"], row["period"], row["value"]) == ("0370883", "2026年第三季度", "5")
