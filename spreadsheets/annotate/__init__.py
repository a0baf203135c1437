"""Marks put into a workbook file that came in: red cells, comments, sentences, a list. Everything else stays as it is."""
