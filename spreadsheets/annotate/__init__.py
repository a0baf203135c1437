"""Adds annotations to a workbook file that came in: red cells, comments, sentences, a list; everything else stays as it is."""
