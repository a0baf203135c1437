"""Would a test notice? Changes the code of the rooms that compute a little, one change at a time, and runs their tests (decision 209)."""
