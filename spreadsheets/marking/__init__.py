"""Marks put into a workbook file that came in: red cells, comments, a column of sentences. Everything else stays as it is."""
