"""Splunk, in its own cloud or on your servers: a destination outside AWS."""

from designer.domain.catalog.sink_parameters import answer_parameters
from designer.domain.catalog.sources import aws_docs
from designer.domain.catalog.spec import Category, Modelled, Service

SERVICE = Service(
    id="splunk",
    name="Splunk",
    label="splunk",
    category=Category.DATA,
    summary="Log search and monitoring outside AWS. It takes events over HTTPS at its HTTP Event Collector.",
    icon="resource/Servers",
    source=aws_docs(
        "Configure Splunk destination settings", "firehose/latest/dev/create-destination.html#create-destination-splunk"
    ),
    parameters=answer_parameters(100, 1_000, "request"),
    model=Modelled(
        modelled=("Requests take the latency of the settings, and the set share of them fails.",),
        not_modelled=("Capacity: it never slows down under load.",),
    ),
    keywords=("splunk", "hec", "logs", "siem", "monitoring", "third party"),
)
