"""Pages of the documentation that the app shows."""

from __future__ import annotations

from designer.domain.help.article import Bullets, Code, Paragraph, Span, Table
from designer.domain.help.contents import articles
from designer.domain.help.guide_articles import GUIDES, guide_article

PAGE = """\
# The title

<!-- a mark -->
Some *text* with `code`, a [guide](model.md#lambda), a [service](services/lambda.md), a
[page](https://docs.aws.amazon.com/) and a [file](../README.md).

## First part

- one
- two `2`

| A | B |
|---|---|
| 1 | 2 |

```json
{"a": 1}
```

### Below

End.
"""


def test_markdown_becomes_a_page_of_parts_and_blocks() -> None:
    page = guide_article("trial", PAGE)
    assert (page.title, page.address) == ("The title", "guides/trial")
    opening, first = page.parts
    (paragraph,) = opening.blocks
    assert isinstance(paragraph, Paragraph)
    assert Span("code", code=True) in paragraph.line
    assert Span("guide", link="guides/model") in paragraph.line
    assert Span("service", link="services/lambda") in paragraph.line
    assert Span("page", link="https://docs.aws.amazon.com/") in paragraph.line
    assert Span("file") in paragraph.line
    assert first.title == "First part"
    assert [type(block) for block in first.blocks] == [Bullets, Table, Code, Paragraph, Paragraph]
    assert first.blocks[0] == Bullets(((Span("one"),), (Span("two "), Span("2", code=True))))
    assert first.blocks[1] == Table(("A", "B"), (((Span("1"),), (Span("2"),)),))
    assert first.blocks[2] == Code('{"a": 1}')


def test_every_guide_is_in_the_app_with_links_that_lead_somewhere() -> None:
    known = articles()
    for name in GUIDES:
        page = known[f"guides/{name}"]
        assert page.parts
        for part in page.parts:
            for block in part.blocks:
                lines = [block.line] if isinstance(block, Paragraph) else []
                lines += list(block.lines) if isinstance(block, Bullets) else []
                for span in (span for line in lines for span in line):
                    assert span.link == "" or span.link.startswith("https://") or span.link in known, span


def test_the_model_page_has_the_validation_table() -> None:
    tables = [b for part in articles()["guides/model"].parts for b in part.blocks if isinstance(b, Table)]
    assert any(table.head[0] == "Against" and len(table.rows) > 20 for table in tables)
