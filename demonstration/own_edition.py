"""The common form that the demonstration county adopted as its own edition, with one line more, of an indicator of its own."""

from datetime import datetime
from pathlib import Path

from demonstration.side_forms import LICENCES
from indicators.catalogue.adoption import adopt_form
from indicators.catalogue.line_actions import add_lines
from indicators.definitions import forms_of, indicators_of
from indicators.loading.catalogue import load_catalogue
from orgs.models import Organization, User
from spreadsheets.tables import read_table

OWN_INDICATOR = "HL-901"
SECTION = "四、本县增加"
CATALOGUE = Path(__file__).resolve().parent / "catalogue.csv"


def adopt_with_one_line_more(county: Organization, *, by: User, at: datetime) -> None:
    """Tasks opened before keep their lines; those opened from now on ask for one figure more."""
    load_catalogue(read_table(CATALOGUE), by=by, at=at, owner=county)
    edition = adopt_form(form=forms_of(county.pk).get(code=LICENCES), county=county, by=by, at=at)
    own = indicators_of(county.pk).filter(code=OWN_INDICATOR)
    add_lines(form=edition, indicators=list(own), section=SECTION, by=by, at=at)
