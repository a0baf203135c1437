"""Reads the workbooks that people send, whatever program made them, in a child process with limits."""
