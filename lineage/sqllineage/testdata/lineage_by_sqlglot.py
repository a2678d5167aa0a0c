"""Times the lineage of every output column with sqlglot.

Reads {"schema": {table: {column: type}}, "statements": [...], "rounds": n} and
writes {"seconds": [one per statement and round], "cpu": seconds, "failed": n}.
"""

import json
import logging
import sys
import time

from sqlglot import exp, parse_one
from sqlglot.lineage import lineage
from sqlglot.schema import MappingSchema


def query_of(statement):
    """The query of a statement, with the WITH that stands before INSERT."""
    if not isinstance(statement, (exp.Insert, exp.Create)):
        return statement
    query, outer = statement.expression, statement.args.get("with_")
    if outer is not None:
        query.set("with_", outer.pop())
    return query


logging.disable(logging.CRITICAL)
given = json.load(sys.stdin)
schema = MappingSchema(given["schema"], dialect="postgres")
seconds, failed, cpu = [], 0, 0.0
for turn in range(given["rounds"] + 1):
    for text in given["statements"]:
        began, used = time.perf_counter(), time.process_time()
        try:
            query = query_of(parse_one(text, dialect="postgres"))
            lineage(None, query, schema, dialect="postgres", copy=False)
        except Exception:
            failed += turn == 0
        if turn > 0:  # the first one only warms up
            seconds.append(time.perf_counter() - began)
            cpu += time.process_time() - used
json.dump({"seconds": seconds, "cpu": cpu, "failed": failed}, sys.stdout)
