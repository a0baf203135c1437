"""Forms as workbooks to be filled in an office's own Excel, and what they carry so that they find their way home."""
