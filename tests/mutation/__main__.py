"""How many small changes of the code does a test notice? Fails where it is fewer than 85 % in a room: python -m tests.mutation"""

import argparse
import subprocess
import sys
import time
from pathlib import Path

from tests.mutation.mutmut_files import all_mutants, changes
from tests.mutation.rooms import ROOMS, Room, rooms_in
from tests.mutation.verdicts import Verdicts, read_verdicts, sample, table
from tests.mutation.workplace import prepare

LEAST = 85  # per cent of the mutants of a room
_SURVIVORS = "survivors.diff"


def main() -> int:
    asked = _asked()
    rooms = rooms_in(asked.place)
    if not rooms:
        sys.exit(f"Nothing is mutated in {asked.place}. There are: {', '.join(room.name for room in ROOMS)}.")
    found = {room.name: _judge(room, asked) for room in rooms}
    print(table(found))
    short = [name for name, verdicts in found.items() if verdicts.share * 100 < LEAST]
    if short:
        print(f"\nBelow {LEAST} %: {', '.join(short)}.")
    return bool(short)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--place", default="", help="a room or a folder that holds some, as indicators/values")
    parser.add_argument("--sample", type=int, help="about so many mutants of each room, always the same ones")
    parser.add_argument("--survivors", action="store_true", help="leave out what was noticed in the last run")
    parser.add_argument("--processes", type=int, default=1)
    return parser.parse_args()


def _judge(room: Room, asked: argparse.Namespace) -> Verdicts:
    started = time.monotonic()
    place = prepare(room, fresh=not asked.survivors)
    every = all_mutants(place)
    mutants = sample(every, asked.sample) if asked.sample else every
    waiting = read_verdicts(place).not_noticed(mutants)
    if waiting:
        _run(place, waiting if len(waiting) < len(every) else [], asked.processes)
    forgotten = read_verdicts(place).not_judged(mutants)  # what mutmut knew of a function that has changed since
    if forgotten:
        _run(place, forgotten, asked.processes)
    verdicts = read_verdicts(place).of(mutants)
    survivors = place / _SURVIVORS
    survivors.write_text(changes(place, verdicts.survivors))
    minutes = (time.monotonic() - started) / 60
    print(f"{room.name}: {verdicts.killed} of {verdicts.judged} killed, {minutes:.0f} min; the others: {survivors}", flush=True)
    return verdicts


def _run(place: Path, names: list[str], processes: int) -> None:
    """No names: all. mutmut's own account of it is kept beside the code; it is shown where the tests fail without any change."""
    log = place / "mutmut.log"
    command = [Path(sys.executable).with_name("mutmut"), "run", "--max-children", str(processes), *names]
    with log.open("w") as output:
        done = subprocess.run(command, cwd=place, stdout=output, stderr=subprocess.STDOUT)
    if done.returncode:
        sys.exit(f"mutmut could not run in {place}:\n{log.read_text()[-3000:]}")


if __name__ == "__main__":
    sys.exit(main())
