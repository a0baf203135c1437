"""The page of a county's calendar: look at a year, upload days, take an empty table along."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from orgs.accounts.access import COUNTY, require_role
from orgs.loading.template import template_workbook
from spreadsheets.tables import TableProblems, read_table
from submissions.tasks.calendar.loading import COLUMNS, load_calendar
from submissions.tasks.calendar.pages import CalendarForm, calendar_rows, year_chosen, year_words, years_to_show
from submissions.tasks.calendar.working_days import calendar_of

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """A year's days off and make-up days, and the upload of more."""
    today = timezone.localdate()
    county = require_role(request.user, COUNTY, today)[0].organization.county
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form, problems = CalendarForm(*posted), []
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            loaded = load_calendar(read_table(file.read(), file.name), county=county, by=request.user, at=timezone.now())
        except TableProblems as found:
            problems = found.lines()
        else:
            messages.success(request, loaded.sentence)
            return redirect("submissions:calendar")
    year = year_chosen(request.GET.get("year", ""), today)
    known = calendar_of(county.pk)
    context = {
        "county": county, "form": form, "problems": problems, "year": year, "years": years_to_show(year, today),
        "rows": calendar_rows(known, year), "known": year_words(known, year), "is_known": known.knows(year),
    }  # fmt: skip
    return render(request, "submissions/tasks/calendar.html", context)


@require_GET
def calendar_template(request: HttpRequest) -> HttpResponse:
    """An empty table of days to fill."""
    require_role(request.user, COUNTY, timezone.localdate())
    content = template_workbook(_("Calendar"), COLUMNS, made_at=timezone.localtime())
    answer = HttpResponse(content, content_type=WORKBOOK)
    answer["Content-Disposition"] = 'attachment; filename="calendar.xlsx"'
    return answer
