"""A page as a browser takes it: white space at the edges of a block, and more than one of it, is where a template broke its lines."""

import re

_BLOCK = r"(?:td|th|tr|li|dt|dd|p|div|h[1-6]|caption|option)"


def markup_of(response) -> str:
    text = re.sub(r"\s+", " ", response.content.decode())
    text = re.sub(rf"(<{_BLOCK}\b[^>]*>) ", r"\1", text)
    text = re.sub(rf" (</{_BLOCK}>)", r"\1", text)
    return re.sub(r"> <", "><", text.replace('" >', '">'))
