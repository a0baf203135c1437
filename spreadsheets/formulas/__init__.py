"""Computes the formulas of a foreign workbook exactly, as a spreadsheet program would."""
