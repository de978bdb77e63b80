"""An HTTP endpoint that is not one of the AWS services: on the internet, in a VPC or on premises."""

from designer.domain.catalog.sink_parameters import answer_parameters
from designer.domain.catalog.sources import WINDTUNNEL, aws_docs, workload
from designer.domain.catalog.spec import Category, Choice, Kind, Modelled, Parameter, Section, Service

SERVICE = Service(
    id="http_endpoint",
    name="HTTP endpoint",
    label="endpoint",
    category=Category.DATA,
    summary="A server that answers HTTP requests and is not an AWS service: a partner's API, a webhook, a system in "
    "your own data centre.",
    icon="resource/GenericApplication",
    source=WINDTUNNEL,
    parameters=(
        Parameter(
            id="location",
            label="Location",
            kind=Kind.CHOICE,
            default="internet",
            choices=(
                Choice("internet", "On the internet"),
                Choice("vpc", "Inside a VPC"),
                Choice("on_premises", "On premises"),
            ),
            help="From where it can be reached. SNS, Firehose and API destinations reach public addresses; what is "
            "inside a VPC or on premises needs a private connection.",
            source=WINDTUNNEL,
            headline=True,
        ),
        Parameter(
            id="https",
            label="HTTPS",
            kind=Kind.BOOLEAN,
            default=True,
            help="Answers on port 443 with a certificate that a public authority signed. EventBridge, Firehose and API "
            "destinations take nothing else.",
            source=aws_docs("API destinations", "eventbridge/latest/userguide/eb-api-destinations.html"),
            cfn_property="InvocationEndpoint",
        ),
        Parameter(
            id="firehose_format",
            label="Answers in the Firehose format",
            kind=Kind.BOOLEAN,
            default=False,
            help="Its answer repeats the request id and gives a timestamp, which Firehose insists on.",
            source=aws_docs(
                "HTTP endpoint delivery specification", "firehose/latest/dev/httpdeliveryrequestresponse.html"
            ),
            section=Section.WORKLOAD,
        ),
        *answer_parameters(100, 1_000, "request"),
        Parameter(
            id="concurrent_requests",
            label="Requests at once",
            kind=Kind.INTEGER,
            default=None,
            unit="requests",
            minimum=1,
            maximum=1_000_000,
            help="How many requests it works on at the same time; further ones get 503. Unset: no limit.",
            source=workload("how much the endpoint can take"),
            section=Section.WORKLOAD,
        ),
    ),
    model=Modelled(
        modelled=(
            "Requests take the latency of the settings, and the set share of them fails.",
            "Requests above those that it can work on at once get 503.",
        ),
        not_modelled=("The network on the way to it.",),
    ),
    cfn_types=("AWS::Events::ApiDestination",),
    keywords=("http", "https", "webhook", "api", "rest", "third party", "on-premises", "server", "external", "partner"),
    entry_point=True,
)
