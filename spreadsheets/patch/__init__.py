"""Values put into a workbook file that stands there: everything else of it stays byte for byte."""
