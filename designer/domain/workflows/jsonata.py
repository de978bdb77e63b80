"""A syntax check for JSONata expressions: tokens and the structure of operators, calls and brackets.

It follows the grammar of JSONata 2.0 (https://docs.jsonata.org), which Step Functions runs, and says
whether an expression can be read; what it yields is not computed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

STEP_FUNCTIONS: Final = frozenset({"partition", "range", "hash", "random", "uuid", "parse"})
"""Functions that Step Functions adds to those of JSONata."""

_BINDING: Final = {
    ".": 75, "[": 80, "{": 70, "(": 80, "@": 80, "#": 80, "?": 20, "+": 50, "-": 50, "*": 60, "/": 60, "%": 60,
    "=": 40, "<": 40, ">": 40, "^": 40, ":=": 10, "!=": 40, "<=": 40, ">=": 40, "~>": 40, "and": 30, "or": 25, "in": 40,
    "&": 50,
}  # fmt: skip
"""How strongly each operator holds what stands before it."""

_TOKEN: Final = re.compile(
    r"""(?P<space>\s+|/\*.*?\*/)
    |(?P<number>\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)
    |(?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
    |(?P<quoted>`[^`]*`)
    |(?P<variable>\$[A-Za-z0-9_$]*)
    |(?P<operator>\.\.|:=|!=|>=|<=|\*\*|~>|[.\[\]{}(),@\#;:?+\-*/%|=<>^&~])
    |(?P<name>[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\(?:[\"\\/bfnrt']|u[0-9A-Fa-f]{4})|\\(?P<bad>.?)", re.DOTALL)
_OPENED: Final = {"(": ")", "[": "]", "{": "}"}
_OPERAND_NEXT: Final = frozenset("([{,;:?+-*/%|=<>^&~@#.") | {"..", ":=", "!=", ">=", "<=", "**", "~>"}
_MAXIMUM_DEPTH: Final = 200


class JsonataError(ValueError):
    """The expression cannot be read; ``offset`` is the character at which that shows."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    offset: int


def check_jsonata(expression: str) -> frozenset[str]:
    """The names of the variables and functions used, without the dollar sign. Raises :class:`JsonataError`."""
    tokens = _tokens(expression)
    if tokens[0].kind == "end":
        raise JsonataError("the expression is empty", 0)
    parser = _Parser(tokens)
    parser.expression(0)
    rest = parser.token
    if rest.kind != "end":
        raise JsonataError(f"{rest.text!r} cannot stand here", rest.offset)
    return frozenset(token.text[1:] for token in tokens if token.kind == "variable" and len(token.text) > 1)


def _tokens(expression: str) -> list[_Token]:
    found: list[_Token] = []
    offset = 0
    while offset < len(expression):
        if expression[offset] == "/" and _operand_expected(found) and not expression.startswith("/*", offset):
            offset = _regular_expression(expression, offset, found)
            continue
        match = _TOKEN.match(expression, offset)
        if match is None or (match.group() == "/" and expression.startswith("/*", offset)):
            raise _unreadable(expression, offset)
        kind = str(match.lastgroup)
        if kind == "text":
            _check_escapes(match.group(), offset)
        if kind == "name" and match.group() in ("and", "or", "in") and not _operand_expected(found):
            kind = "operator"
        if kind != "space":
            found.append(_Token(kind, match.group(), offset))
        offset = match.end()
    found.append(_Token("end", "", len(expression)))
    return found


def _operand_expected(found: list[_Token]) -> bool:
    if not found:
        return True
    return found[-1].kind == "operator" and (found[-1].text in _OPERAND_NEXT or found[-1].text in ("and", "or", "in"))


def _regular_expression(expression: str, offset: int, found: list[_Token]) -> int:
    place = offset + 1
    in_class = False
    while place < len(expression):
        character = expression[place]
        if character == "\\":
            place += 1
        elif character == "[":
            in_class = True
        elif character == "]":
            in_class = False
        elif character == "/" and not in_class:
            break
        place += 1
    else:
        raise JsonataError("the regular expression is not closed with /", offset)
    end = place + 1
    while expression[end : end + 1] in ("i", "m") and expression[end : end + 1]:
        end += 1
    found.append(_Token("text", expression[offset:end], offset))
    return end


def _unreadable(expression: str, offset: int) -> JsonataError:
    character = expression[offset]
    if character in "\"'":
        return JsonataError("text is not closed with its quotation mark", offset)
    if character == "`":
        return JsonataError("a name is not closed with its backtick", offset)
    if expression.startswith("/*", offset):
        return JsonataError("a comment is not closed with */", offset)
    return JsonataError(f"{character!r} is no sign of JSONata", offset)


def _check_escapes(text: str, offset: int) -> None:
    for match in _ESCAPE.finditer(text):
        if match.group("bad") is not None:
            raise JsonataError(f"\\{match.group('bad')} is no escape in a text", offset + match.start())


class _Parser:
    """Reads operators by how strongly they hold (top-down operator precedence)."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._place = 0
        self._depth = 0

    @property
    def token(self) -> _Token:
        return self._tokens[self._place]

    def _advance(self, expected: str = "") -> _Token:
        token = self.token
        if expected and token.text != expected:
            if token.kind == "end":
                raise JsonataError(f"the expression ends before {expected!r}", token.offset)
            raise JsonataError(f"{expected!r} is expected here, not {token.text!r}", token.offset)
        if token.kind != "end":
            self._place += 1
        return token

    def expression(self, binding: int) -> None:
        """Read one operand and all operators behind it that hold more strongly than ``binding``."""
        self._depth += 1
        if self._depth > _MAXIMUM_DEPTH:
            raise JsonataError("the expression is nested too deeply", self.token.offset)
        start = self._operand()
        while self.token.kind == "operator" and _BINDING.get(self.token.text, 0) > binding:
            self._operator(start)
        self._depth -= 1

    def _operand(self) -> _Token:
        token = self._advance()
        if token.kind in ("number", "text", "quoted", "variable", "name"):
            if token.text in ("function", "λ") and self.token.text == "(":
                self._function()
            return token
        if token.kind == "end":
            raise JsonataError("the expression ends where a value is expected", token.offset)
        if token.text in ("*", "**", "%"):
            return token
        if token.text == "-":
            self.expression(70)
        elif token.text == "(":
            self._block()
        elif token.text == "[":
            self._items("]")
        elif token.text == "{":
            self._pairs()
        elif token.text == "|":
            self._transform()
        elif token.text == "?":
            return token  # stands for an argument that is filled in later: $f(?, 2)
        else:
            raise JsonataError(f"a value is expected before {token.text!r}", token.offset)
        return token

    def _operator(self, start: _Token) -> None:
        token = self._advance()
        text = token.text
        if text == "(":
            self._items(")")
        elif text == "[":
            self._predicate()
        elif text == "{":
            self._pairs()
        elif text == "?":
            self._conditional()
        elif text == "^":
            self._order()
        elif text in ("@", "#"):
            self._binding(text)
        elif text == ":=":
            if start.kind != "variable":
                raise JsonataError("only a variable can be given a value with :=", token.offset)
            self.expression(_BINDING[":="] - 1)
        else:
            self.expression(_BINDING[text])

    def _predicate(self) -> None:
        if self.token.text != "]":
            self.expression(0)
        self._advance("]")

    def _conditional(self) -> None:
        self.expression(0)
        if self.token.text == ":":
            self._advance()
            self.expression(0)

    def _binding(self, sign: str) -> None:
        variable = self._advance()
        if variable.kind != "variable":
            raise JsonataError(f"a variable is expected after {sign!r}", variable.offset)

    def _block(self) -> None:
        while self.token.text != ")" or self.token.kind == "text":
            self.expression(0)
            if self.token.text != ";":
                break
            self._advance()
        self._advance(")")

    def _items(self, closing: str) -> None:
        if self.token.text == closing:
            self._advance()
            return
        while True:
            self.expression(0)
            if self.token.text == "..":
                self._advance()
                self.expression(0)
            if self.token.text != ",":
                break
            self._advance()
        self._advance(closing)

    def _pairs(self) -> None:
        if self.token.text == "}":
            self._advance()
            return
        while True:
            self.expression(0)
            self._advance(":")
            self.expression(0)
            if self.token.text != ",":
                break
            self._advance()
        self._advance("}")

    def _order(self) -> None:
        self._advance("(")
        while True:
            if self.token.text in ("<", ">"):
                self._advance()
            self.expression(0)
            if self.token.text != ",":
                break
            self._advance()
        self._advance(")")

    def _transform(self) -> None:
        self.expression(0)
        self._advance("|")
        self.expression(0)
        if self.token.text == ",":
            self._advance()
            self.expression(0)
        self._advance("|")

    def _function(self) -> None:
        self._advance("(")
        while self.token.text != ")":
            argument = self._advance()
            if argument.kind != "variable":
                raise JsonataError("the arguments of a function are variables", argument.offset)
            if self.token.text != ",":
                break
            self._advance()
        self._advance(")")
        if self.token.text == "<":
            while self.token.text not in (">", "{") and self.token.kind != "end":
                self._advance()
            self._advance(">")
        self._advance("{")
        self.expression(0)
        self._advance("}")
