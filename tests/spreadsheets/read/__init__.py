"""Reading what people send: what is read, what is refused with which words, and what a child may never do."""
