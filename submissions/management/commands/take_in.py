"""`take_in FILE… [--by USERNAME] [--task FORM:PERIOD] [--answers FILE.json] [--accept]`: filled workbooks through the intake of the upload
page; a JSON object per file and line."""

import json
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice
from pathlib import Path
from time import perf_counter

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import activate, get_language, gettext_lazy
from django.utils.translation import gettext as _

from audit.origin import origin
from indicators.periods import BadPeriod, read_period
from orgs.accounts.accounts import system_operator
from orgs.management.garbage_collection import seldom_collected
from orgs.management.operator_command import OperatorCommand
from orgs.models import Organization, User
from spreadsheets.read.files import read_files
from spreadsheets.read.packs import unpacked
from spreadsheets.read.workbook import ReadWorkbook, Unreadable
from submissions.imports.report.answer_files import NO_ANSWERS, Answers, BadAnswers, read_answer_file
from submissions.imports.report.import_report import FileResult, FileVerdict
from submissions.imports.report.report_text import as_json
from submissions.imports.report.rival_files import OfFile, claims_of_results
from submissions.imports.report.scope import ImportScope, operator_scope, scope_of
from submissions.imports.service.head_names import remember_answers
from submissions.imports.service.import_service import Incoming, accept_many, weigh_many
from submissions.models import Task

AT_ONCE = 250  # files weighed and written together; meanwhile the next ones are being read
ZIP = ".zip"


class Command(OperatorCommand):
    """Without --accept nothing is written. Exit 1 where a file was refused."""

    help = gettext_lazy("Take filled workbooks in, through the intake of the upload page; without --accept only a preview.")

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", help=gettext_lazy("workbooks, comma files, or a zip of them"))
        parser.add_argument(
            "--by", metavar="USERNAME", help=gettext_lazy("in this person's name and posts; else the system operator's")
        )
        parser.add_argument(
            "--task", metavar="FORM:PERIOD", help=gettext_lazy("what the files are for; else it is recognised from each")
        )
        parser.add_argument(
            "--answers",
            metavar="FILE.json",
            help=gettext_lazy("what was asked (heads) and what to put in place of cells, by address"),
        )
        parser.add_argument("--accept", action="store_true", help=gettext_lazy("take in what is ready; else only a preview"))

    def handle(self, *, files, by, task, answers, accept, **options):
        at = timezone.now()
        user = _person(by) if by else system_operator()
        scope = scope_of(user, timezone.localdate(at)) if by else operator_scope(user, timezone.localdate(at))
        given = Given(
            _task(task, scope) if task else None, _only_post(scope), _answers(answers, files) if answers else NO_ANSWERS
        )
        refused = 0
        with origin(channel="command:take_in"):
            for result in taken(files, scope, given, is_accepted=accept):
                self.stdout.write(json.dumps(as_json(result), ensure_ascii=False))
                refused += result.verdict == FileVerdict.REFUSED
        if refused:
            raise SystemExit(1)


@dataclass(frozen=True)
class Given:
    """What the command was given about all files: their task, where they are put in (the person's only post), and the answers to each."""

    task: Task | None = None
    place: Organization | None = None
    answers: Answers = NO_ANSWERS

    def incoming(self, name: str, read: ReadWorkbook | Unreadable, digest: str) -> Incoming:
        answers = self.answers.of(name)
        if not isinstance(read, Unreadable) and (strange := self.answers.strange_to(name, read)):
            sentence = _("The answers name %(address)s, where this file has nothing.") % {"address": strange}
            read = Unreadable("answers", sentence)
        return Incoming(name, read, digest, self.task, self.place, answers.cells, answers.heads)


def taken(paths: Iterable[str], scope: ImportScope, given: Given, *, is_accepted: bool) -> Iterator[FileResult]:
    """What became of each file, a batch at a time; a file that fails stops no other."""
    reading = _incoming(paths, given)
    begun, before = perf_counter(), []
    spoken = (get_language(),)  # a new thread has the default language
    # The children read the next batch while this one is weighed.
    with seldom_collected(), ThreadPoolExecutor(max_workers=1, initializer=activate, initargs=spoken) as ahead:
        next_batch = ahead.submit(_batch, reading)
        while batch := next_batch.result():
            next_batch = ahead.submit(_batch, reading)
            answers = _accepted(batch, scope, given, before) if is_accepted else weigh_many(batch, scope, others=before)
            before += claims_of_results(answers)
            share = (perf_counter() - begun) / len(batch)
            yield from (replace(result, seconds=share) for result in answers)
            begun = perf_counter()


def _accepted(batch: list[Incoming], scope: ImportScope, given: Given, before: Sequence[OfFile]) -> list[FileResult]:
    """`before`: the figures of the files before. Answers about heads are remembered as on the page."""
    at = timezone.now()
    done = accept_many(batch, scope, by=scope.user, at=at, others=before)
    for result in done if given.answers else ():
        remember_answers(result=result, organizations=_where_remembered(result, scope), by=scope.user, at=at)
    return done


def _where_remembered(result: FileResult, scope: ImportScope) -> list[Organization]:
    """The person's posts as clerk in the county of the task; of the operator the county itself."""
    if result.task_id is None:
        return []
    county_id = Task.objects.values_list("county_id", flat=True).get(pk=result.task_id)
    wanted = {county_id} if scope.is_operator else scope.posts
    return list(Organization.objects.filter(county_id=county_id, pk__in=wanted))


def _batch(reading: Iterator[Incoming]) -> list[Incoming]:
    return list(islice(reading, AT_ONCE))


def _incoming(paths: Iterable[str], given: Given) -> Iterator[Incoming]:
    """Read in their order, several at work ahead; name and digest of each are kept beside until its turn."""
    pending: deque[tuple[str, str]] = deque()
    refused: list[Incoming] = []

    def contents() -> Iterator[tuple[str, bytes]]:
        for name, content in _contents(paths, refused):
            pending.append((name, sha256(content).hexdigest()))
            yield name, content

    for _name, read in read_files(contents()):
        yield from refused
        refused.clear()
        name, digest = pending.popleft()
        yield given.incoming(name, read, digest)
    yield from refused


def _contents(paths: Iterable[str], refused: list[Incoming]) -> Iterator[tuple[str, bytes]]:
    """Each file, those of a zip one by one; what cannot even be opened goes to `refused`."""
    for path in map(Path, paths):
        try:
            content = path.read_bytes()
            if path.suffix.lower() == ZIP:
                yield from ((f"{path.name}/{name}", inner) for name, inner in unpacked(content, path.name))
            else:
                yield path.name, content
        except OSError as error:
            sentence = _("%(path)s cannot be opened: %(why)s") % {"path": path, "why": error.strerror}
            refused.append(Incoming(path.name, Unreadable("missing", sentence)))
        except Unreadable as unreadable:
            refused.append(Incoming(path.name, unreadable))


def _task(text: str, scope: ImportScope) -> Task:
    form, _colon, period = text.replace("：", ":").rpartition(":")
    try:
        found = Task.objects.filter(form__code=form, period=read_period(period)).select_related("form", "county")
    except BadPeriod as error:
        raise CommandError(f"--task: {error}") from error
    if not scope.is_operator:
        found = found.filter(county_id__in=scope.counties)
    tasks = list(found[:2])
    if not tasks:
        sentence = _("--task: there is no task of form “%(form)s” for %(period)s; write FORM:PERIOD as in open_task.")
        raise CommandError(sentence % {"form": form, "period": period})
    if len(tasks) > 1:
        raise CommandError(_("--task: several counties have this task; say with --by in whose name the files are taken in."))
    return tasks[0]


def _answers(path: str, files: Iterable[str]) -> Answers:
    try:
        return read_answer_file(Path(path).read_bytes(), [Path(file).name for file in files])
    except OSError as error:
        sentence = _("%(path)s cannot be opened: %(why)s") % {"path": path, "why": error.strerror}
        raise CommandError(f"--answers: {sentence}") from error
    except BadAnswers as error:
        raise CommandError(f"--answers: {path}: {error}") from error


def _only_post(scope: ImportScope) -> Organization | None:
    return Organization.objects.get(pk=next(iter(scope.posts))) if len(scope.posts) == 1 else None


def _person(username: str) -> User:
    user = User.objects.filter(username=username).first()
    if user is None:
        raise CommandError(_("There is no user “%(name)s”.") % {"name": username})
    return user
