"""The parts of a workbook file as bytes: where cells stand in them and how one is written anew. Knows no meaning of a cell."""
