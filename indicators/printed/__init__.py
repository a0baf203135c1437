"""What printed tables and workbooks of forms share: their looks and the sheet of definitions."""
