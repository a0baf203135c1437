"""The page `/figures/` and its JSON: the same question, the same Grid as the `figures` command."""

from datetime import date

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from orgs.moments import page_of_one_moment
from reports.dashboards.table import number_asked, page_of, rows_of_page, table_of
from reports.figures.answers.change_texts import COMPARE_LABELS
from reports.figures.answers.figure_query import EVERY_ROW
from reports.figures.answers.formats import as_json
from reports.figures.output.grid import Grid
from reports.figures.plan.query_plan import BadQuestion
from reports.figures.plan.report_trees import counties_below
from reports.scope.download_events import record_taken
from reports.scope.figure_address import BY_LABELS, VIEW_LABELS, FigureQuestion, question_of
from reports.scope.kept_period import keep_period, kept_period
from reports.scope.page_scope import BASIS_WORDS, options_of, place_of, seeing_posts
from reports.scope.task_queries import forms_asked, ids_of_codes


@require_safe
@page_of_one_moment
def table(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    posts = seeing_posts(request.user, today)
    question = question_of(request.GET, request.user, posts, today, kept_period(request))
    number = number_asked(request.GET.get("page", ""))
    grid, refused = _answer(question, today, rows_of_page(number))
    if grid is not None and not grid.rows:
        number = page_of(grid, number).number
        grid, refused = _answer(question, today, rows_of_page(number))
    county_ids = counties_below(question.organization, today)
    context = {
        "question": question,
        "refused": refused,
        "place": place_of(question.organization, posts, today),
        "forms": forms_asked(county_ids),
        "now": now,
        "basis_words": BASIS_WORDS[question.basis],
        **_choices(question),
    }
    if grid is not None:
        ids = ids_of_codes(county_ids, [row.org for row in grid.rows])
        context["table"] = table_of(grid, question.compare, page_of(grid, number), ids)
    response = render(request, "reports/dashboards/table.html", context, status=400 if refused else 200)
    return keep_period(response, request, question.opening) if len(question.periods) == 1 else response


@require_safe
def figures_json(request: HttpRequest) -> HttpResponse:
    """Whoever may see the page may take its figures along; that is recorded like every export."""
    now = timezone.now()
    today = timezone.localdate(now)
    posts = seeing_posts(request.user, today)
    question = question_of(request.GET, request.user, posts, today)
    grid, refused = _answer(question, today)
    if grid is None:
        sentence = " ".join(refused) or _("Nothing has been asked for any period yet, so there are no figures.")
        return JsonResponse({"said": sentence}, status=400, json_dumps_params={"ensure_ascii": False})
    record_taken(
        what="json", organization=question.organization, asked=question.address, rows=len(grid.rows), by=request.user, at=now
    )
    return HttpResponse(as_json(grid), content_type="application/json; charset=utf-8")


def _answer(question: FigureQuestion, today: date, shown: slice = EVERY_ROW) -> tuple[Grid | None, list[str]]:
    if question.refused or question.is_empty:
        return None, list(question.refused)
    try:
        return question.answer(today, shown), []
    except BadQuestion as error:
        return None, [str(error)]


def _choices(question: FigureQuestion) -> dict:
    """The choosers of the page, with what is asked chosen."""
    return {
        "opening": question.opening,
        "periods": question.opening.options if question.periods else [],
        "bys": options_of(BY_LABELS, question.by),
        "views": options_of(VIEW_LABELS, question.view.kind),
        "trees": question.trees,
        "bases": question.bases,
        "compares": [
            {"value": value, "label": label, "is_chosen": value in question.compare} for value, label in COMPARE_LABELS.items()
        ],
    }
