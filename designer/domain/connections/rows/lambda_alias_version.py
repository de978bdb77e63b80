"""From an alias to the versions behind it."""

from designer.domain.catalog.sources import aws_docs, toolkit
from designer.domain.connections.messaging_parameters import ALIAS_PARAMETERS
from designer.domain.connections.spec import (
    Comparison,
    Connection,
    End,
    Flow,
    Mode,
    PermissionSide,
    Requirement,
    Verdict,
)
from designer.domain.connections.wording import ONCE, UNORDERED

_CONCURRENCY = toolkit("Lambda concurrency", "concurrency.md")

CONNECTIONS = (
    Connection(
        id="lambda_alias_version.lambda.version",
        source="lambda_alias_version",
        target="lambda",
        mode=Mode.INTEGRATION,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Version",
        explanation="What is called through the alias runs this published version, or its share of the calls does.",
        conditions="One version, or two that share the calls. Published versions only: $LATEST can change at any time.",
        authority=aws_docs("Lambda aliases", "lambda/latest/dg/configuration-aliases.html"),
        preferred=True,
        retries="As the way in which the alias was called. CodeDeploy can move the share back when an alarm goes off.",
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.NONE,
        permission="None; callers need lambda:InvokeFunction on the alias's own ARN",
        cfn_resources=("AWS::Lambda::Alias", "AWS::Lambda::Version"),
        requirements=(
            Requirement(
                End.EDGE,
                "version",
                Comparison.NONE_OF,
                ("$LATEST", "", None),
                "a published version stands behind the alias, not $LATEST",
                fix="1",
            ),
        ),
        parameters=ALIAS_PARAMETERS,
    ),
    Connection(
        id="lambda_alias_version.lambda.latest",
        source="lambda_alias_version",
        target="lambda",
        mode=Mode.INTEGRATION,
        flow=Flow.SYNC,
        verdict=Verdict.INVALID,
        label="$LATEST behind an alias",
        explanation="AWS refuses shares and provisioned concurrency for $LATEST.",
        conditions="Both need a published version, which never changes. Provisioned concurrency also excludes "
        "SnapStart.",
        authority=_CONCURRENCY,
        drawable=False,
        alternative="Publish a version and let the alias point to it.",
    ),
)
