"""Adds annotations to a received workbook file: red cells, comments, sentences, a list; everything else stays as it is."""
