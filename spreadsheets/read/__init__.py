"""Reading what people send: any workbook of any maker, parsed in a child process with limits."""
