"""`take_in FILE… [--by USERNAME] [--accept]`: filled workbooks through the intake of the upload page; a JSON object per file and line."""

import gc
import json
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from itertools import islice
from pathlib import Path
from time import perf_counter

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import activate, get_language, gettext_lazy
from django.utils.translation import gettext as _

from audit.origin import origin
from orgs.actions.accounts import system_operator
from orgs.management.operator_command import OperatorCommand
from orgs.models import User
from spreadsheets.reading.files import read_files
from spreadsheets.reading.packs import unpacked
from spreadsheets.reading.workbook import Unreadable
from submissions.intake.printing import as_json
from submissions.intake.scope import Scope, operator_scope, scope_of
from submissions.intake.taking import Incoming, accept_many, weigh_many
from submissions.intake.told import FileTold, Verdict

AT_ONCE = 250  # files weighed and written together; meanwhile the next ones are being read
ZIP = ".zip"
_COLLECTED_AT = 100_000  # objects made and not freed


class Command(OperatorCommand):
    """Without --accept nothing is written. Exit 1 where a file was refused."""

    help = gettext_lazy("Take filled workbooks in, through the intake of the upload page; without --accept only a preview.")

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", help=gettext_lazy("workbooks, comma files, or a zip of them"))
        parser.add_argument(
            "--by", metavar="USERNAME", help=gettext_lazy("in this person's name and posts; else the system operator's")
        )
        parser.add_argument("--accept", action="store_true", help=gettext_lazy("take in what is ready; else only a preview"))

    def handle(self, *, files, by, accept, **options):
        at = timezone.now()
        user = _person(by) if by else system_operator()
        scope = scope_of(user, timezone.localdate(at)) if by else operator_scope(user, timezone.localdate(at))
        refused = 0
        with origin(channel="command:take_in"):
            for told in taken(files, scope, is_accepted=accept):
                self.stdout.write(json.dumps(as_json(told), ensure_ascii=False))
                refused += told.verdict == Verdict.REFUSED
        if refused:
            raise SystemExit(1)


def taken(paths: Iterable[str], scope: Scope, *, is_accepted: bool) -> Iterator[FileTold]:
    """What became of each file, a batch at a time; a file that fails stops no other."""
    reading = _incoming(paths)
    begun = perf_counter()
    spoken = (get_language(),)  # a thread speaks the default language unless it is told
    # The children read the next batch while this one is weighed.
    with _seldom_collected(), ThreadPoolExecutor(max_workers=1, initializer=activate, initargs=spoken) as ahead:
        next_batch = ahead.submit(_batch, reading)
        while batch := next_batch.result():
            next_batch = ahead.submit(_batch, reading)
            answers = accept_many(batch, scope, by=scope.user, at=timezone.now()) if is_accepted else weigh_many(batch, scope)
            share = (perf_counter() - begun) / len(batch)
            yield from (replace(told, seconds=share) for told in answers)
            begun = perf_counter()


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """A batch is some hundred thousand cells without a cycle among them: looking for cycles each 700 took a third of the time."""
    before = gc.get_threshold()
    gc.set_threshold(_COLLECTED_AT, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _batch(reading: Iterator[Incoming]) -> list[Incoming]:
    return list(islice(reading, AT_ONCE))


def _incoming(paths: Iterable[str]) -> Iterator[Incoming]:
    """Read in their order, several at work ahead; name and digest of each are kept beside until its turn."""
    asked: deque[tuple[str, str]] = deque()
    refused: list[Incoming] = []

    def contents() -> Iterator[tuple[str, bytes]]:
        for name, content in _contents(paths, refused):
            asked.append((name, sha256(content).hexdigest()))
            yield name, content

    for _name, read in read_files(contents()):
        yield from refused
        refused.clear()
        name, digest = asked.popleft()
        yield Incoming(name, read, digest)
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
            said = _("%(path)s cannot be opened: %(why)s") % {"path": path, "why": error.strerror}
            refused.append(Incoming(path.name, Unreadable("missing", said)))
        except Unreadable as unreadable:
            refused.append(Incoming(path.name, unreadable))


def _person(username: str) -> User:
    user = User.objects.filter(username=username).first()
    if user is None:
        raise CommandError(_("There is no user “%(name)s”.") % {"name": username})
    return user
