"""An index finds exactly the things inside an area, however large the area or the number of rows that hold something."""

import random

from spreadsheets.formulas.area_index import AreaIndex
from spreadsheets.formulas.values import Area


def test_the_index_finds_what_looking_at_every_thing_finds():
    draw = random.Random(9)
    for _ in range(200):
        spots = [(draw.choice("AB"), draw.randint(1, 12), draw.randint(1, 6)) for _ in range(draw.randint(0, 30))]
        top, left = draw.randint(1, 12), draw.randint(1, 6)
        area = Area(draw.choice("ABC"), top, left, draw.choice([top, top + 3, 1_048_576]), left + draw.randint(0, 3))
        found = AreaIndex(zip(spots, range(len(spots)), strict=True)).inside(area)
        wanted = [
            number
            for number, (sheet, row, column) in enumerate(spots)
            if sheet == area.sheet and area.top <= row <= area.bottom and area.left <= column <= area.right
        ]
        assert sorted(found) == wanted
