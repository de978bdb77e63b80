"""Every help page is complete, and its links lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.help.article import Article, Block, Bullets, Facts, Line, Paragraph, Table
from designer.domain.help.contents import article_to_json, articles
from tests.grouped import grouped

PAGES = list(articles().values())


def lines(block: Block) -> Iterator[Line]:
    match block:
        case Paragraph(line):
            yield line
        case Bullets(listed):
            yield from listed
        case Facts(items):
            yield from (line for _, line in items)
        case Table(_, rows):
            yield from (cell for row in rows for cell in row)


@grouped((f"{article.topic}: {article.id[:2]}", (article,)) for article in PAGES)
def test_a_page_tells_something_and_all_its_links_lead_somewhere(article: Article) -> None:
    assert article.title
    assert article.kind
    spans = [span for part in article.parts for block in part.blocks for line in lines(block) for span in line]
    assert spans
    for span in spans:
        assert span.link == "" or span.link.startswith("https://") or span.link in articles(), span
    assert all(part.blocks for part in article.parts)


@grouped((f"{article.topic}: {article.id[:2]}", (article,)) for article in PAGES)
def test_a_table_has_as_many_cells_in_each_row_as_headings(article: Article) -> None:
    for part in article.parts:
        for block in part.blocks:
            if isinstance(block, Table):
                assert {len(row) for row in block.rows} == {len(block.head)}


def test_a_services_page_has_what_a_person_asks_for() -> None:
    page = articles()["services/lambda"]
    titles = [part.title for part in page.parts]
    assert titles[:3] == ["", "How it is invoked", "What it invokes"]
    assert {"Settings", "Workload", "Limits", "Prices", "What a run models", "In templates"} <= set(titles)


def test_a_connections_page_names_what_it_requires() -> None:
    page = str(article_to_json(articles()["connections/dynamodb.lambda.event_source_mapping"]))
    assert "It works only when the table's stream is on." in page
    assert "services/dynamodb" in page
