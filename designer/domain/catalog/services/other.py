"""A resource of a type that the catalog does not know yet: kept, drawn and labelled."""

from designer.domain.catalog.spec import UNKNOWN_SERVICE, Category, Kind, Modelled, Parameter, Service, Source

_WINDTUNNEL = Source(title="Windtunnel")

SERVICE = Service(
    id=UNKNOWN_SERVICE,
    name="Other resource",
    label="resource",
    category=Category.OTHER,
    summary="A resource of a type that Windtunnel does not model. It is kept as it is and takes no part in a run.",
    icon="",
    source=_WINDTUNNEL,
    parameters=(
        Parameter(
            id="resource_type",
            label="Resource type",
            kind=Kind.TEXT,
            default=None,
            help="The CloudFormation type that the resource had where it came from.",
            source=_WINDTUNNEL,
            headline=True,
        ),
    ),
    model=Modelled(modelled=(), not_modelled=("Everything: calls to it are counted and end there.",)),
    keywords=("unknown", "custom", "external"),
)
