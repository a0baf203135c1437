"""Writes values into an existing workbook file; the rest of the file stays byte for byte."""
