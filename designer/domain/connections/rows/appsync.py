"""What a GraphQL API's resolvers reach."""

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.catalog.spec import Parameter, Source
from designer.domain.connections.messaging_parameters import RESOLVER_CALLS
from designer.domain.connections.parameters import DYNAMODB_ACTION, RESULT_TTL_S
from designer.domain.connections.spec import (
    Bridge,
    Comparison,
    Connection,
    End,
    Flow,
    Mode,
    PermissionSide,
    Requirement,
    Verdict,
)
from designer.domain.connections.wording import AT_LEAST_ONCE, ONCE, UNORDERED

_DATA_SOURCES = service_model("appsync", "DataSourceType")
_RESOURCES = ("AWS::AppSync::DataSource", "AWS::AppSync::Resolver", "AWS::IAM::Role")
_ERROR = "AppSync does not try again: the field is answered with an error."
_KINDS = "Data sources are functions, tables, event buses, OpenSearch, Aurora with the Data API and HTTP endpoints."


def _data_source(
    target: str,
    mechanism: str,
    *,
    label: str,
    explanation: str,
    conditions: str,
    permission: str,
    mode: Mode = Mode.INTEGRATION,
    flow: Flow = Flow.SYNC,
    verdict: Verdict = Verdict.VALID,
    requirements: tuple[Requirement, ...] = (),
    parameters: tuple[Parameter, ...] = (),
) -> Connection:
    return Connection(
        id=f"appsync.{target}.{mechanism}",
        source="appsync",
        target=target,
        mode=mode,
        flow=flow,
        verdict=verdict,
        label=label,
        explanation=explanation,
        conditions=conditions,
        authority=_DATA_SOURCES,
        preferred=True,
        retries=_ERROR,
        delivery=ONCE if flow is Flow.SYNC else AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.SERVICE_ROLE,
        permission=permission,
        cfn_resources=_RESOURCES,
        requirements=requirements,
        parameters=(RESOLVER_CALLS, *parameters),
    )


def _refused(target: str, *, what: str, alternative: str, second: str, authority: Source = _DATA_SOURCES) -> Connection:
    return Connection(
        id=f"appsync.{target}.data_source",
        source="appsync",
        target=target,
        mode=Mode.INTEGRATION,
        flow=Flow.SYNC,
        verdict=Verdict.INVALID,
        label="Data source",
        explanation=f"{what} is no kind of data source.",
        conditions=_KINDS,
        authority=authority,
        alternative=alternative,
        bridge=Bridge("lambda", "Insert a function", "appsync.lambda.resolver", second),
    )


CONNECTIONS = (
    _data_source(
        "lambda",
        "resolver",
        mode=Mode.SYNCHRONOUS,
        label="Resolver",
        explanation="AppSync calls the function for the field and waits; its answer is the field's value.",
        conditions="30 s for the whole request. Fields of a list can be asked for in one call (BatchInvoke). An "
        "invocation of the type Event does not wait for the function.",
        permission="lambda:InvokeFunction on the data source's role",
    ),
    Connection(
        id="appsync.lambda.authorizer",
        source="appsync",
        target="lambda",
        mode=Mode.AUTHORIZER,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Lambda authorizer",
        explanation="Before a request AppSync asks the function whether the caller may, and remembers the answer.",
        conditions="The function answers within 10 s. The answer is remembered as long as the function or the API "
        "says.",
        authority=service_model("appsync", "LambdaAuthorizerConfig"),
        retries="None: the caller gets 401.",
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="lambda:InvokeFunction for appsync.amazonaws.com",
        cfn_resources=("AWS::AppSync::GraphQLApi", "AWS::Lambda::Permission"),
        requirements=(
            Requirement(
                End.SOURCE,
                "authorization",
                Comparison.ONE_OF,
                ("AWS_LAMBDA",),
                "the API asks a Lambda authorizer",
                fix="AWS_LAMBDA",
            ),
        ),
        parameters=(RESULT_TTL_S,),
    ),
    _data_source(
        "dynamodb",
        "action",
        label="Table as a data source",
        explanation="The resolver reads or writes items itself; no function is needed.",
        conditions="Request and answer are mapped in JavaScript or VTL. 30 s for the whole request.",
        permission="The dynamodb: action that is called, on the data source's role",
        parameters=(DYNAMODB_ACTION,),
    ),
    _data_source(
        "eventbridge_bus",
        "put_events",
        flow=Flow.ASYNC,
        label="PutEvents",
        explanation="The resolver puts an event on the bus and answers at once.",
        conditions="Request and answer are mapped in JavaScript or VTL.",
        permission="events:PutEvents on the data source's role",
    ),
    _data_source(
        "opensearch",
        "query",
        label="Domain as a data source",
        explanation="The resolver asks the domain and waits.",
        conditions="Request and answer are mapped in JavaScript or VTL. 30 s for the whole request.",
        permission="es:ESHttpGet, es:ESHttpPost and the like on the data source's role",
    ),
    _data_source(
        "rds_aurora",
        "data_api",
        verdict=Verdict.CONDITIONAL,
        label="Database through the Data API",
        explanation="The resolver runs a statement through the Data API and waits.",
        conditions="Aurora with the Data API switched on; user and password in Secrets Manager.",
        permission="rds-data:ExecuteStatement and secretsmanager:GetSecretValue on the data source's role",
        requirements=(
            Requirement(
                End.TARGET, "data_api", Comparison.ONE_OF, (True,), "the database's Data API is switched on", fix=True
            ),
        ),
    ),
    _data_source(
        "http_endpoint",
        "request",
        label="HTTP data source",
        explanation="The resolver calls the address and waits.",
        conditions="The address is public. Signed requests reach AWS APIs such as those of SQS and Step Functions.",
        permission="None, or the AWS action that a signed request calls",
    ),
    Connection(
        id="appsync.waf.web_acl",
        source="appsync",
        target="waf",
        mode=Mode.AUTHORIZER,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Web ACL",
        explanation="The firewall looks at each request before AppSync does.",
        conditions="One web ACL for an API, in the same Region.",
        authority=aws_docs(
            "Resources that you can protect with AWS WAF", "waf/latest/developerguide/how-aws-waf-works-resources.html"
        ),
        preferred=True,
        retries="None: the caller gets 403.",
        delivery="With each request",
        ordering=UNORDERED,
        permission_side=PermissionSide.NONE,
        permission="None",
        cfn_resources=("AWS::WAFv2::WebACLAssociation",),
    ),
    Connection(
        id="appsync.xray.tracing",
        source="appsync",
        target="xray",
        mode=Mode.DELIVERY,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label="Traces",
        explanation="AppSync writes a trace segment for sampled requests and their resolvers.",
        conditions="With tracing switched on. The role for it is made by itself.",
        authority=aws_docs(
            "Using AWS X-Ray to trace requests in AppSync", "appsync/latest/devguide/x-ray-tracing.html"
        ),
        preferred=True,
        retries="None: a lost segment is missing from the trace.",
        delivery="Sampled",
        ordering=UNORDERED,
        permission_side=PermissionSide.SERVICE_ROLE,
        permission="A service-linked role that AppSync makes itself",
        cfn_resources=("AWS::AppSync::GraphQLApi",),
        requirements=(
            Requirement(End.SOURCE, "xray_tracing", Comparison.ONE_OF, (True,), "the API's tracing is on", fix=True),
        ),
    ),
    _refused(
        "s3",
        what="A bucket",
        alternative="Let a function give the caller a pre-signed address, or read and write the object.",
        second="lambda.s3.api",
    ),
    _refused(
        "sns_standard",
        what="A topic",
        alternative="Let a function publish, or an HTTP data source with signed requests.",
        second="lambda.sns_standard.publish",
    ),
    _refused(
        "kinesis_stream",
        what="A stream",
        alternative="Let a function put the records, or an HTTP data source with signed requests.",
        second="lambda.kinesis_stream.put_record",
    ),
)
