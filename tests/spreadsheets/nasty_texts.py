"""Texts that have broken exports: formula starts, control characters, odd planes, entities, lookalikes. Our own list."""

NASTY = [
    "=1+1", "=cmd|' /C calc'!A0", "+86 537", "-5 less", "@SUM(A1)", "\t=1+1",
    "\r=1+1", "\n=1+1", "＝1+1", "＋1", "－1", "＠A1", " =1+1", "\u3000=1+1",
    "\u00a0-1", '=HYPERLINK("http://x","y")', "=A1&\"x\"", "#REF!", "#DIV/0!",
    "#N/A", "TRUE", "NaN", "1E999", "0012", "370883", "1/2", "2026-09-30", "12%",
    "", " ", "  两端空格  ", "两\n行", "两\r\n行", "a\tb", "\x00nul", "\x07bell",
    "\x1b[31m红", "\x0b\x0c", "\x7f", "\x85next", "\u2028line\u2029", "\ufffe",
    "\uffff", "\ufeff字节序", "\ud800孤", "孤\udfff", "😀党员", "𠮷野家", "e\u0301",
    "\u202eright to left", "\u200b零宽", "<b>粗</b>", "&amp;", "a & b", "]]>",
    "<![CDATA[x]]>", "<!-- x -->", "<?xml?>", "_x0041_", "_x000D_", "_xZZZZ_",
    "_x005F_", "'apostrophe", '"quotes"', "a,b;c", "\\", "C:\\x", "../../etc",
    "{}[]()", "%s %d %(x)s", "{0}", "$1 \\1", "NULL", "None", "é" * 300,
    "长" * 32_767, "长" * 32_768, "😀" * 16_384, "x" * 40_000,
]  # fmt: skip
