"""What each page of the reading side shows, as plain values: texts are formatted here, templates only put them in place."""
