"""The view `flat_figures`: every typed value of every report that was sent in, one row each, for programs that ask SQL.

The same rows as reports.flat.rows (docs/flat-data.md): units and townships are called as they were on the last day of the period. A view holds the tables it reads: a later migration that changes one of them
takes the view away first and puts it back at its end (docs/decisions/136-a-view-over-the-tables.md).
"""

from django.db import migrations

_DAY = """
    CASE substr(period, 5)
        WHEN '' THEN {date}(substr(period, 1, 4) || '-12-31')
        WHEN 'H1' THEN {date}(substr(period, 1, 4) || '-06-30')
        WHEN 'H2' THEN {date}(substr(period, 1, 4) || '-12-31')
        WHEN 'Q1' THEN {date}(substr(period, 1, 4) || '-03-31')
        WHEN 'Q2' THEN {date}(substr(period, 1, 4) || '-06-30')
        WHEN 'Q3' THEN {date}(substr(period, 1, 4) || '-09-30')
        WHEN 'Q4' THEN {date}(substr(period, 1, 4) || '-12-31')
        ELSE CASE WHEN substr(period, 5, 1) = 'W' THEN {week_end} ELSE {month_end} END
    END"""
# A week ends on its Sunday; the fourth of January lies in the first one.
_SQLITE_DAY = _DAY.format(
    date="date",
    week_end="""date(
            substr(period, 1, 4) || '-01-04',
            '-' || ((strftime('%w', substr(period, 1, 4) || '-01-04') + 6) % 7) || ' days',
            '+' || (7 * CAST(substr(period, 6) AS INTEGER) - 1) || ' days'
        )""",
    month_end="date(period || '-01', '+1 month', '-1 day')",
)
_POSTGRES_DAY = _DAY.format(
    date="date",
    week_end="to_date(replace(period, 'W', '-'), 'IYYY-IW') + 6",
    month_end="date(to_date(period, 'YYYY-MM') + interval '1 month - 1 day')",
)
_SQLITE_LINES = """
    SELECT task.county_id, task.id, json_extract(line.value, '$.code'), json_extract(line.value, '$.item'), json_extract(line.value, '$.name'),
           json_extract(line.value, '$.unit'), json_extract(line.value, '$.kind'),
           json_extract(line.value, '$.org_rule'), json_extract(line.value, '$.period_rule')
    FROM submissions_task AS task, json_each(task.layout) AS line
    WHERE json_extract(line.value, '$.numerator') = '' AND json_extract(line.value, '$.formula') = ''"""
_POSTGRES_LINES = """
    SELECT task.county_id, task.id, line.value ->> 'code', line.value ->> 'item', line.value ->> 'name',
           line.value ->> 'unit', line.value ->> 'kind', line.value ->> 'org_rule', line.value ->> 'period_rule'
    FROM submissions_task AS task, json_array_elements(task.layout::json) AS line(value)
    WHERE line.value ->> 'numerator' = '' AND line.value ->> 'formula' = ''"""
_NAME = """coalesce((SELECT former.name FROM orgs_formername AS former
                 WHERE former.county_id = {org}.county_id AND former.organization_id = {org}.id AND former.until >= days.day
                 ORDER BY former.until LIMIT 1), {org}.name"""
_VIEW = """
CREATE VIEW flat_figures AS
WITH days(county_id, task_id, day) AS MATERIALIZED (SELECT county_id, id, {day} FROM submissions_task),
lines(county_id, task_id, code, item, name, unit, kind, over_units, over_time) AS MATERIALIZED ({lines}),
keys AS MATERIALIZED (SELECT *, CASE item WHEN '' THEN code ELSE code || ':' || item END AS key FROM lines)
SELECT county.code AS county, form.code AS form, task.period AS period, CAST(days.day AS {text}) AS period_end,
       org.code AS org, {org_name} AS org_name, submission.unit_category AS unit_category,
       coalesce(township.code, '') AS township, {township_name} AS township_name,
       line.code AS indicator, line.item AS item, line.name AS indicator_name, line.unit AS unit, line.kind AS kind,
       line.over_units AS over_units, line.over_time AS over_time, {value} AS value, {is_na} AS is_na,
       submission.state AS state, version.number AS version,
       coalesce({submitted_at}, '') AS submitted_at, coalesce({approved_at}, '') AS approved_at
FROM submissions_submission AS submission
JOIN submissions_version AS version ON version.county_id = submission.county_id AND version.id = submission.standing_id
JOIN submissions_task AS task ON task.county_id = submission.county_id AND task.id = submission.task_id
JOIN days ON days.county_id = task.county_id AND days.task_id = task.id
JOIN indicators_form AS form ON form.id = task.form_id
JOIN orgs_organization AS county ON county.county_id = submission.county_id AND county.id = submission.county_id
JOIN orgs_organization AS org ON org.county_id = submission.county_id AND org.id = submission.organization_id
JOIN orgs_placement AS place ON place.county_id = submission.county_id AND place.organization_id = org.id
     AND place.valid_from <= days.day AND (place.valid_to IS NULL OR place.valid_to >= days.day)
LEFT JOIN orgs_placement AS top ON top.county_id = county.county_id AND top.organization_id = county.id
     AND top.valid_from <= days.day AND (top.valid_to IS NULL OR top.valid_to >= days.day)
LEFT JOIN orgs_organization AS township ON township.county_id = submission.county_id AND length(place.path) > length(top.path)
     AND township.id = CAST(substr(place.path, length(top.path) + 1, 8) AS INTEGER)
CROSS JOIN {figures} AS figure
CROSS JOIN keys AS line
WHERE line.county_id = task.county_id AND line.task_id = task.id AND line.key = figure.key
      AND submission.state IN ('submitted', 'passed', 'approved')"""
_NAMES = {"org_name": _NAME.format(org="org") + ")", "township_name": _NAME.format(org="township") + ", '')"}
_SQLITE = _VIEW.format(
    **_NAMES,
    day=_SQLITE_DAY,
    lines=_SQLITE_LINES,
    text="TEXT",
    figures="json_each(version.figures)",
    # A fraction as it is written in the document: json_each gives the nearest binary one.
    value="""CASE figure.type WHEN 'text' THEN NULL WHEN 'integer' THEN CAST(figure.value AS TEXT)
            ELSE coalesce(version.figures -> figure.fullkey, CAST(figure.value AS TEXT)) END""",
    is_na="figure.type = 'text'",
    submitted_at="datetime(substr(submission.submitted_at, 1, 19), '+8 hours')",
    approved_at="datetime(substr(submission.approved_at, 1, 19), '+8 hours')",
)
_POSTGRES = _VIEW.format(
    **_NAMES,
    day=_POSTGRES_DAY,
    lines=_POSTGRES_LINES,
    text="text",
    figures="json_each_text(version.figures::json)",
    value="NULLIF(figure.value, 'NA')",
    is_na="CASE figure.value WHEN 'NA' THEN 1 ELSE 0 END",
    submitted_at="to_char(submission.submitted_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS')",
    approved_at="to_char(submission.approved_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS')",
)


def make_view(apps, schema_editor):
    schema_editor.execute(_POSTGRES if schema_editor.connection.vendor == "postgresql" else _SQLITE)


def drop_view(apps, schema_editor):
    schema_editor.execute("DROP VIEW IF EXISTS flat_figures")


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0001_initial"),
        ("indicators", "0001_initial"),
        ("submissions", "0001_initial"),
        ("reports", "0001_initial"),
    ]

    operations = [migrations.RunPython(make_view, drop_view)]
