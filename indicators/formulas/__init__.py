"""One small safe language over Decimal for formulas, checks and conditions; parser.py has its grammar."""

from indicators.formulas.formula import Formula, parse
from indicators.formulas.lexer import FormulaError
from indicators.formulas.references import Reference, Resolve
from indicators.formulas.verdicts import BrokenRule, Side, Verdict, VerdictState

__all__ = ["BrokenRule", "Formula", "FormulaError", "Reference", "Resolve", "Side", "Verdict", "VerdictState", "parse"]
