"""Forms as workbooks to be filled in Excel, with the stamps by which a returned workbook is recognised."""
