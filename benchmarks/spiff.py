"""A peer: a procedure of five user tasks in SpiffWorkflow, kept as its own JSON in one table of the same database."""

from __future__ import annotations

import io
from itertools import pairwise

from django.db import connection, transaction
from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

NAMES = ("apply", "refer", "review", "approve", "publish")
HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:five"><process id="five" isExecutable="true">'


def _bpmn() -> bytes:
    steps = ["start", *NAMES, "end"]
    nodes = "".join(f'<manualTask id="{n}"><incoming>f{i}</incoming><outgoing>f{i + 1}</outgoing></manualTask>' for i, n in enumerate(NAMES))
    flows = "".join(f'<sequenceFlow id="f{i}" sourceRef="{a}" targetRef="{b}"/>' for i, (a, b) in enumerate(pairwise(steps)))
    ends = '<startEvent id="start"><outgoing>f0</outgoing></startEvent><endEvent id="end"><incoming>f5</incoming></endEvent>'
    return f"{HEAD}{ends}{nodes}{flows}</process></definitions>".encode()


class Procedures:
    """`n` running procedures; `work(i)` reads the i-th, completes its next task and writes it back in one transaction."""

    def __init__(self, n: int) -> None:
        parser = BpmnParser()
        parser.add_bpmn_xml(etree.parse(io.BytesIO(_bpmn())))
        self.spec = parser.get_spec("five")
        self.serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TABLE bench_procedure (id integer PRIMARY KEY, state text NOT NULL)")
            cursor.executemany("INSERT INTO bench_procedure VALUES (%s, %s)", [(i, self._begun()) for i in range(n)])

    def _begun(self) -> str:
        workflow = BpmnWorkflow(self.spec)
        workflow.do_engine_steps()
        text: str = self.serializer.serialize_json(workflow)
        return text

    def work(self, i: int) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT state FROM bench_procedure WHERE id = %s", [i])
            workflow = self.serializer.deserialize_json(cursor.fetchone()[0])
            workflow.get_next_task(state=TaskState.READY, manual=True).run()
            workflow.do_engine_steps()
            cursor.execute("UPDATE bench_procedure SET state = %s WHERE id = %s", [self.serializer.serialize_json(workflow), i])
