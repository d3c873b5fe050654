"""Reads templates of AWS CloudFormation from the standard input, one per line, and writes their mistakes.

Of each template one line: a JSON array of what cfn-lint says of it, which is empty if the template is good.
"""

import json
import logging
import os
import sys

os.environ["AWS_DEFAULT_REGION"] = "us-east-1"

from cfnlint.api import lint

logging.disable(logging.CRITICAL)


def mistakes(template):
    for match in lint(json.dumps(template), regions=["us-east-1"]):
        place = "/".join(str(part) for part in getattr(match, "path", None) or [])
        yield f"{match.rule.id}: /{place}: {match.message}"


for line in sys.stdin:
    print(json.dumps(list(mistakes(json.loads(line)))), flush=True)
