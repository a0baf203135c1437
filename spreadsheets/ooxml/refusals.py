"""Reasons why a file is not read: its real kind, and a sentence on what to do, which the parent process translates."""

from spreadsheets.messages import gettext_noop, say


class Refusal(Exception):
    """A file that is not read.

    `kind` names its real kind, `message` is an English message id, `values` are inserted into it.
    """

    def __init__(self, kind: str, message: str, **values: str | int):
        super().__init__(kind, message, values)
        self.kind, self.message, self.values = kind, message, values

    def sentence(self) -> str:
        """The sentence in the reader's language."""
        return say(self.message, **self.values)


class NotKnown(Exception):
    """The first reader met something unknown; the second reader may know it."""


def refused(kind: str) -> Refusal:
    """The refusal for a whole kind of file."""
    return Refusal(kind, KINDS[kind])


DAMAGED = gettext_noop("The workbook is damaged; open it in Excel or WPS and save it again as .xlsx.")
STRANGE = gettext_noop("The workbook is not built as Excel or WPS build one; open it there and save it again as .xlsx.")
ENTITIES = gettext_noop("The workbook holds a document type, which no spreadsheet program writes; it was not opened.")
UNPACKS_TOO_LARGE = gettext_noop(
    "The workbook unpacks to more than %(limit)d MB; copy the table alone into a new workbook and save that."
)
# For any zip, a workbook or a zip of workbooks: what it is, which rule, what to do.
TOO_MANY_PARTS = gettext_noop(
    "The file is a zip of %(count)d parts; at most %(limit)d are taken. "
    "It was not opened: save the workbook again in Excel or WPS, or pack the files anew."
)
BOMB = gettext_noop(
    "“%(name)s” inside the file unpacks to more than %(limit)d times its size, as files do that are made to fill a machine (zip "
    "bombs). It was not opened: save the workbook again in Excel or WPS, or pack the files anew."
)
LYING_SIZE = gettext_noop(
    "“%(name)s” inside the file unpacks to more than the %(size)d bytes it says, as files do that are made to fill a machine (zip "
    "bombs). It was not opened: save the workbook again in Excel or WPS, or pack the files anew."
)
PATH_OUTSIDE = gettext_noop(
    "“%(name)s” inside the file leads out of the folder it would be unpacked into (zip slip); names may only lead into it. "
    "It was not opened: save the workbook again in Excel or WPS, or pack the files anew."
)
ABSOLUTE_PATH = gettext_noop(
    "“%(name)s” inside the file names a place on the disk (an absolute path); names may only lead into the zip's own folders. "
    "It was not opened: save the workbook again in Excel or WPS, or pack the files anew."
)
NAME_TWICE = gettext_noop(
    "“%(name)s” stands in the file twice, and it cannot be told which one counts; a name may stand once, whatever the case of its "
    "letters. It was not opened: save the workbook again in Excel or WPS, or pack the files anew."
)
STRANGE_PACKING = gettext_noop(
    "“%(name)s” inside the file is packed in a way (number %(method)d) that spreadsheet programs do not use; only stored and "
    "deflated parts are taken. It was not opened: save the workbook again in Excel or WPS, or pack the files anew."
)
OVERLAPPING = gettext_noop(
    "“%(name)s” inside the file does not lie where the zip says, or lies on top of another part, as in files that are made to fill "
    "a machine (zip bombs). It was not opened: save the workbook again in Excel or WPS, or pack the files anew."
)
TOO_LARGE = gettext_noop(
    "The file is larger than %(limit)d MB; a filled form is far smaller. Send the form alone, or several files."
)
TOO_MANY_CELLS = gettext_noop("More than %(limit)d cells hold something; send the form alone.")
TOO_MANY_SHEETS = gettext_noop("The workbook has more than %(limit)d sheets; send the form alone.")
TOO_MUCH_TEXT = gettext_noop("The workbook holds too much text to be a table of figures; send the form alone.")
TOO_MANY_MERGES = gettext_noop("The workbook has more than %(limit)d merged ranges; send the form alone.")
BAD_PLACE = gettext_noop(
    "Cell %(cell)s of the sheet “%(sheet)s” stands where no cell can stand; open the file in Excel or WPS and save it again."
)
BAD_TEXT = gettext_noop(
    "Cell %(cell)s of the sheet “%(sheet)s” points to a text that is not in the file; open it in Excel or WPS and save it again."
)
TWICE = gettext_noop(
    "Cell %(cell)s of the sheet “%(sheet)s” stands there twice; open the file in Excel or WPS and save it again."
)
BROKEN_TEXT = gettext_noop("Quotation marks or line ends are broken in row %(row)d; save the file again.")
TOO_SLOW = gettext_noop(
    "Reading the file took too long and was stopped; copy the table alone into a new workbook and save that."
)
TOO_HEAVY = gettext_noop(
    "Reading the file took too much memory and was stopped; copy the table alone into a new workbook and save that."
)
GAVE_UP = gettext_noop("Reading the file failed and was stopped; open it in Excel or WPS and save it again as .xlsx.")
BUSY = gettext_noop("Too many files are being read at this moment; send the file again in a minute.")

KINDS = {
    "damaged": DAMAGED,
    "strange": STRANGE,
    "charts": gettext_noop(
        "The workbook holds charts only and no sheet with cells; put in the workbook that holds the table itself."
    ),
    "empty": gettext_noop("The file is empty; nothing was sent. Save the workbook again and send it."),
    "encrypted": gettext_noop("The workbook is locked with a password; save it without one and send it again."),
    "locked zip": gettext_noop("The zip is locked with a password; send the files without one."),
    "old .xls": gettext_noop("This is an old .xls workbook that could not be read; save it as .xlsx."),
    ".et": gettext_noop("This is a workbook of WPS (.et) that could not be read; save it as .xlsx."),
    ".xlsb": gettext_noop("This is a binary workbook (.xlsb) that could not be read; save it as .xlsx."),
    ".ods": gettext_noop("This is an OpenDocument workbook (.ods) that could not be read; save it as .xlsx."),
    "OpenDocument": gettext_noop(
        "This is an OpenDocument file, but no workbook; copy its table into a workbook and save that as .xlsx."
    ),
    "Word document": gettext_noop("This is a Word document; copy its table into a workbook and save that as .xlsx."),
    "PowerPoint": gettext_noop("These are PowerPoint slides; copy the table into a workbook and save that as .xlsx."),
    "Numbers": gettext_noop("This is a workbook of Apple Numbers; export it as .xlsx there."),
    "HTML": gettext_noop("This is a web page, whatever its name says; open it in Excel or WPS and save it as .xlsx."),
    "XML spreadsheet": gettext_noop("This is an XML spreadsheet of 2003; open it in Excel or WPS and save it as .xlsx."),
    "XML": gettext_noop("This is an XML file, but no workbook; send the workbook as .xlsx."),
    "PDF": gettext_noop("This is a PDF; figures can not be taken from it. Send the workbook as .xlsx."),
    "picture": gettext_noop("This is a picture; figures can not be taken from it. Send the workbook as .xlsx."),
    "RTF": gettext_noop("This is a text document (RTF); copy its table into a workbook and save that as .xlsx."),
    "text": gettext_noop("This is a text without columns; send a workbook (.xlsx) or a comma separated file (.csv)."),
    "zip": gettext_noop(
        "This is a zip of other files; send the workbooks themselves, or one zip with nothing but workbooks in it."
    ),
    "rar": gettext_noop("This is a .rar archive; unpack it and send the workbooks, or pack them as .zip."),
    "7z": gettext_noop("This is a .7z archive; unpack it and send the workbooks, or pack them as .zip."),
    "gzip": gettext_noop("This is a .gz archive; unpack it and send the workbooks, or pack them as .zip."),
    "OLE document": gettext_noop(
        "This is an old Office file, but no workbook; copy its table into a workbook and save that as .xlsx."
    ),
    "unknown": gettext_noop("This is no workbook; send it as .xlsx."),
}
