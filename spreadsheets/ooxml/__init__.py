"""The parts of an .xlsx: its zip, XML, shared texts, styles and addresses, for all code that reads or changes one."""
