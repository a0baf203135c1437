"""Addresses of submissions."""

from django.urls import path

from submissions.views import detail, filling, grid_filling, intake, remembered, reviewing, tasks, uploads, workbooks

app_name = "submissions"
urlpatterns: list[path] = [
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/open/", tasks.open_new, name="task_open"),
    path("tasks/<int:task_id>/", tasks.task, name="task"),
    path("tasks/<int:task_id>/deadline/", tasks.deadline, name="deadline"),
    path("tasks/<int:task_id>/withdraw/", tasks.withdraw, name="task_withdraw"),
    path("tasks/<int:task_id>/at/<int:org_id>/", tasks.task, name="task_at"),
    path("tasks/<int:task_id>/remind/<int:org_id>/", tasks.remind, name="remind"),
    path("tasks/<int:task_id>/review/<int:org_id>/", reviewing.review, name="review"),
    path("tasks/<int:task_id>/review/<int:org_id>/approve/", reviewing.approve_many, name="approve_many"),
    path("review/", reviewing.inbox, name="inbox"),
    path("organizations/<int:org_id>/submissions/", detail.of_organization, name="of_organization"),
    path("submissions/<int:submission_id>/", detail.detail, name="detail"),
    path("submissions/<int:submission_id>/approve/", reviewing.approve, name="approve"),
    path("submissions/<int:submission_id>/return/", reviewing.send_back, name="return"),
    path("submissions/<int:submission_id>/exempt/", detail.exempt, name="exempt"),
    path("submissions/<int:submission_id>/lift/", detail.lift, name="lift"),
    path("submissions/<int:submission_id>/fill/", filling.fill, name="fill"),
    path("submissions/<int:submission_id>/save/", filling.save, name="save"),
    path("submissions/<int:submission_id>/nil/", filling.nil, name="nil"),
    path("submissions/<int:submission_id>/submit/", filling.submit, name="submit"),
    path("submissions/<int:submission_id>/withdraw/", filling.withdraw, name="withdraw"),
    path("tasks/<int:task_id>/grid/<int:org_id>/", grid_filling.grid, name="grid"),
    path("tasks/<int:task_id>/workbook/<int:org_id>/", workbooks.workbook, name="workbook"),
    path("intake/", intake.intake, name="intake"),
    path("intake/put/", intake.put, name="intake_put"),
    path("intake/remembered/", remembered.remembered, name="remembered"),
    path("intake/remembered/<int:head_id>/forget/", remembered.forget, name="forget_head"),
    path("intake/<int:upload_id>/", uploads.upload, name="upload"),
    path("intake/<int:upload_id>/accept/", uploads.accept, name="upload_accept"),
    path("intake/<int:upload_id>/drop/", uploads.drop, name="upload_drop"),
    path("intake/<int:upload_id>/marked.xlsx", uploads.marked, name="upload_marked"),
]
