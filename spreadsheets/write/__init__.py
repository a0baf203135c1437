"""Writes workbooks: printed sheets and forms, with rows streamed into a template."""
