"""Writing workbooks: printed sheets and forms, rows streamed into a template."""
