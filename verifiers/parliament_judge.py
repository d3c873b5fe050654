"""Reads policies of roles from the standard input, one JSON document per line, and writes what parliament finds in them.

Of each policy one line: a JSON array of texts, which is empty if the policy is good.
"""

import json
import os
import sys
import types


def resource_filename(package, name):
    return os.path.join(os.path.dirname(sys.modules[package].__file__), name)


# parliament finds its files by a module that is in no current release of setuptools, and asks it for nothing else.
sys.modules["pkg_resources"] = types.SimpleNamespace(resource_filename=resource_filename)

from parliament import analyze_policy_string


def mistakes(policy):
    for finding in analyze_policy_string(policy, ignore_private_auditors=True).findings:
        yield f"{finding.issue}: {json.dumps(finding.detail, default=str)}"


for line in sys.stdin:
    print(json.dumps(list(mistakes(line))), flush=True)
