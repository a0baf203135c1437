"""Reads the workbooks that people send, of any maker, in a child process with limits."""
