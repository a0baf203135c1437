"""Sentences about what was left out or interpreted when a file was read."""

from spreadsheets.messages import gettext_noop

MACROS = gettext_noop("The macros in the file were not run.")
LINKS = gettext_noop("Links to other files were not followed; the values that stood in the cells were read.")
SECOND = gettext_noop(
    "The workbook is built unusually and was read a second way: cells with errors may look blank there, and shares in per cent may "
    "have come as fractions; look at them twice, or open it in Excel or WPS and save it again."
)
OLD = gettext_noop("The file is an old workbook; it was read. Saved as .xlsx it is read with more care.")
OTHER = gettext_noop(
    "The file is no .xlsx: cells with errors may look blank, and shares in per cent may have come as fractions; look at them twice."
)
GBK = gettext_noop("The text was written in GBK and was read as such.")
UTF16 = gettext_noop("The text was written in UTF-16 and was read as such.")
UTF32 = gettext_noop("The text was written in UTF-32 and was read as such.")
TABS = gettext_noop("The columns were parted by tabs and were read as such.")
SEMICOLONS = gettext_noop("The columns were parted by semicolons and were read as such.")
