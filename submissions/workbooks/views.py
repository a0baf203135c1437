"""The download of a form as a workbook to be filled in Excel."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from submissions.core import access
from submissions.core.json_answers import workbook_answer
from submissions.workbooks.stamps import Shape
from submissions.workbooks.unit_data import NoWorkbook, default_shape
from submissions.workbooks.workbook import form_workbook


@require_GET
def workbook(request: HttpRequest, task_id: int, org_id: int) -> HttpResponse:
    """Downloads the form. ?shape=unit, sheets or grid; the default fits the organization.

    If there is nothing to fill, a sentence says why.
    """
    today = timezone.localdate()
    task = access.task_to_see(request.user, task_id, today)
    organization = access.place_in(request.user, task, org_id, today, access.TAKING_FORMS)
    wanted = request.GET.get("shape", "")
    shape = Shape(wanted) if wanted in set(Shape) else default_shape(task, organization)
    try:
        made = form_workbook(task=task, organization=organization, shape=shape, by=request.user, at=timezone.now())
    except NoWorkbook as why:
        messages.error(request, str(why))
        return redirect("submissions:task_at", task.pk, organization.pk)
    return workbook_answer(made.content, made.name)
