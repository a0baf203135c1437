"""How large a file may be before it is parsed, and how large the result may be.

The number that an operator sets is how many MB an uploaded file may have; `allow_uploads` derives the others from it. It is set
where the program starts, and passed to every child that reads.
"""

MEBIBYTE = 1024 * 1024

CELL_CHARACTERS = 32_767  # the longest text of a workbook's cell
SHEET_ROWS = 1_048_576
SHEET_COLUMNS = 16_384

# Tables of the loaders: an administrator's own files, read in the process that loads them.
FILE_BYTES = 64 * MEBIBYTE  # a county's year: 3,000 units × 60 figures × 4 quarters as CSV is about 30 MB
TABLE_ROWS = 1_000_000
TABLE_COLUMNS = 256

# An uploaded workbook: anyone's file, read in a child process. A filled form of 60 rows has 7–20 kB.
UPLOAD_MEBIBYTES = 5
UPLOAD_BYTES = UPLOAD_MEBIBYTES * MEBIBYTE
UPLOAD_SHEETS = 256
UPLOAD_CELLS = 400_000  # that hold something; 3,000 units × 60 figures are 180,000
UPLOAD_CHARACTERS = 8_000_000
UPLOAD_MERGES = 50_000
WIDE_MERGE_CELLS = 100_000  # a larger merged range is cut to the used part of the sheet
NAME_CHARACTERS = 255

# A zip of files that came back.
PACK_BYTES = 64 * MEBIBYTE
PACK_FILES = 4_000
PACK_TOTAL_BYTES = 96 * MEBIBYTE

# An .xlsx is a zip: a 2 kB file can unpack to gigabytes, so its directory is read before any part is.
ZIP_ENTRIES = 1_024
ZIP_PART_BYTES = 256 * MEBIBYTE
ZIP_TOTAL_BYTES = 384 * MEBIBYTE
UPLOAD_PART_BYTES = 64 * MEBIBYTE  # 10⁶ empty styled rows are about 50 MB
UPLOAD_TOTAL_BYTES = 96 * MEBIBYTE
UPLOAD_DESCRIBING_BYTES = 16 * MEBIBYTE  # styles, the list of sheets, relations: offices pile up styles to a few MB
ZIP_RATIO = 200  # a sheet of repeated figures packs about 30 : 1, a bomb 1,000 : 1
ZIP_RATIO_FROM = MEBIBYTE  # small parts may pack as well as they like

# The child that reads uploads.
CHILD_MEMORY = 512 * MEBIBYTE
CHILD_CPU_SECONDS = 8  # for one file
CHILD_WALL_SECONDS = 12
CHILD_FILES = 500  # after so many files it is replaced
CHILD_GROWN_MEMORY = 160 * MEBIBYTE  # after a file that made it grow beyond this it is replaced
CHILD_IDLE_SECONDS = 600
CHILD_ANSWER_BYTES = 64 * MEBIBYTE
CHILDREN = 2  # of one process, and at work on one machine
TURN_SECONDS = 120  # how long a file waits for its turn

PATCHED_BYTES = 96 * MEBIBYTE  # unpacked size of a foreign table to be filled; a blank one has some hundred kB

_USUAL = UPLOAD_MEBIBYTES
_GROWING = (
    "UPLOAD_CELLS", "UPLOAD_CHARACTERS", "UPLOAD_PART_BYTES", "UPLOAD_TOTAL_BYTES", "UPLOAD_DESCRIBING_BYTES", "CHILD_MEMORY",
    "CHILD_CPU_SECONDS", "CHILD_WALL_SECONDS", "CHILD_GROWN_MEMORY", "CHILD_ANSWER_BYTES",
)  # fmt: skip
_AS_WRITTEN = {name: globals()[name] for name in (*_GROWING, "PACK_BYTES", "PACK_TOTAL_BYTES")}


def allow_uploads(mebibytes: int) -> None:
    """Sets the upload limit in MB.

    The limits of unpacked size and of the reader grow with it and never shrink below the usual: a small file may well hold many
    cells.
    """
    grown = max(mebibytes / _USUAL, 1.0)
    sizes = {"UPLOAD_MEBIBYTES": mebibytes, "UPLOAD_BYTES": mebibytes * MEBIBYTE}
    sizes |= {name: int(_AS_WRITTEN[name] * grown) for name in _GROWING}
    sizes |= {name: max(_AS_WRITTEN[name], mebibytes * MEBIBYTE) for name in ("PACK_BYTES", "PACK_TOTAL_BYTES")}
    globals().update(sizes)
