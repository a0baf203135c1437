"""A figure has one text: 200 numbers of the demonstration, drawn with a fixed seed, on every face that shows them."""

import random
from collections import Counter

import pytest
from django.db import transaction
from django.utils import translation

from tests.acceptance.faces.book import Book, Number
from tests.acceptance.faces.walk import LAST, drawn, read_spot, spots
from tests.reports.story import Story

# The fixture needs the tables; the tests ask only what it read. Making the demonstration takes 90 s of processor, reading it 65:
# on a busy machine more than the time that one test has.
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(1500)]

SEED, COUNT = 20261130, 200
FACES = {
    "fill page", "detail", "return page", "review panel", "workbook", "figures --format json", "figures --format csv",
    "figures.json", "figures --records", "table page", "flat data", "dashboard table", "dashboard tile",
    "R1", "R2", "R3", "R4", "R5", "upper table",
}  # fmt: skip


@pytest.fixture(scope="module")
def walked(django_db_setup, django_db_blocker, tmp_path_factory) -> tuple[Book, list[Number]]:
    """The demonstration filled once and read; nothing of it is left."""
    dice, book = random.Random(SEED), Book()
    translation.activate("en")
    with django_db_blocker.unblock(), transaction.atomic():
        story = Story(tmp_path_factory.mktemp("faces"))
        story.run("demo", "--until", LAST)
        read = list(spots(story, dice))
        for spot in read:
            read_spot(book, spot)
        numbers = drawn(read, dice, COUNT)
        transaction.set_rollback(True)
    return book, numbers


def test_every_face_was_read(walked):
    book, _numbers = walked
    assert {face.partition(",")[0] for texts in book.texts.values() for face, _text in texts} >= FACES


def test_each_of_200_numbers_has_one_text(walked):
    book, numbers = walked
    assert len(numbers) == COUNT
    assert not [number for number in numbers if len(book.faces_of(number)) < 2], "a number that is on one face proves nothing"
    assert Counter(len({text for _face, text in book.texts[number]}) for number in numbers) == {1: COUNT}


def test_whatever_else_was_read_on_the_way_has_one_text_too(walked):
    """Some twenty thousand numbers."""
    book, _numbers = walked
    assert book.differing() == {}
