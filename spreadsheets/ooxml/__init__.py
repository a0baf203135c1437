"""The parts of an .xlsx: its zip, XML, shared texts, styles and addresses, for whoever reads or changes one."""
