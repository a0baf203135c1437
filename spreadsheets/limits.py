"""How large a file may be before anyone parses it, and how large a table may get. Numbers only."""

MEBIBYTE = 1024 * 1024

FILE_BYTES = 64 * MEBIBYTE  # a county's year: 3,000 units × 60 figures × 4 quarters as CSV is about 30 MB
TABLE_ROWS = 1_000_000
TABLE_COLUMNS = 256
CELL_CHARACTERS = 32_767  # what one cell of a workbook can hold

# An .xlsx is a zip: a 2 kB file can unpack to gigabytes, so its directory is read before any part is.
ZIP_ENTRIES = 512
ZIP_PART_BYTES = 256 * MEBIBYTE
ZIP_TOTAL_BYTES = 384 * MEBIBYTE
ZIP_RATIO = 200  # a sheet of repeated figures packs about 30 : 1, a bomb 1,000 : 1
ZIP_RATIO_FROM = MEBIBYTE  # small parts may pack as well as they like
