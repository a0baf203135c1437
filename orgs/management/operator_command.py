"""The base class of all operator commands: help in the reader's language, with the forms of PERIOD, ORG and DATE."""

from argparse import SUPPRESS, ArgumentParser

from django.core.management.base import BaseCommand, DjangoHelpFormatter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spreadsheets.write.text_metrics import text_width

# Metavar -> its form; the help of a command explains those it uses.
SHAPES = {
    "PERIOD": gettext_lazy(
        "a period: 2026 (year), 2026H1 (half-year), 2026Q3 (quarter), 2026-09 (month), 2026W37 (week), or as it is printed:"
        " 2026年第三季度, 2026年上半年, 2026年9月"
    ),
    "PERIODS": gettext_lazy("one PERIOD or several parted by commas, such as 2026Q1,2026Q2 or 2026年第一季度,2026年第二季度"),
    "ORG": gettext_lazy("the code of an organization, as in the column code of load_orgs, such as 370883101"),
    "DATE": gettext_lazy("a day as year, month and day: 2026-09-30"),
    "FORM": gettext_lazy("the number of a form, as in the column form of load_forms"),
}


class HelpFormatter(DjangoHelpFormatter):
    """Wraps by the visible width: a Chinese character takes two columns, and Chinese has no spaces."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        return _wrapped(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for part in text.splitlines() for line in _wrapped(part, width - len(indent)) or [""])


class OperatorCommand(BaseCommand):
    """`help`: one sentence, lazily translated."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs) -> ArgumentParser:
        """Django's parser with its texts translated now: argparse accepts no lazy ones."""
        parser = super().create_parser(prog_name, subcommand, formatter_class=HelpFormatter, **kwargs)
        parser.description = str(self.help)
        parser._positionals.title, parser._optionals.title = _("Arguments"), _("Options")
        for action in parser._actions:
            if action.help and action.help != SUPPRESS:
                action.help = str(action.help)
        parser.epilog = "\n".join(self.explained(parser)) or None
        return parser

    def explained(self, parser: ArgumentParser) -> list[str]:
        """The lines printed below the options: the forms of the placeholders that the command uses."""
        used = " ".join(f"{action.metavar} {action.help}" for action in parser._actions)
        return [f"{name}: {shape}" for name, shape in SHAPES.items() if name in used]


def _wrapped(text: str, width: int) -> list[str]:
    """Lines no wider than `width`, broken at spaces and between Chinese characters."""
    lines, line, word = [], "", ""
    for sign in f"{text} ":
        if sign == " " or text_width(sign) == 2:
            if line and text_width(line + word + sign.strip()) > width:
                lines, line = [*lines, line.rstrip()], ""
            line, word = line + word + sign, ""
        else:
            word += sign
    return [*lines, line.rstrip()] if line.strip() else lines
