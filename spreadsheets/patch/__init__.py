"""Writes values into an existing workbook file; everything else of it stays byte for byte."""
