"""Works out the formulas of a foreign workbook as a spreadsheet program would, exactly. Knows no file and no Django."""
