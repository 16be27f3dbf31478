import { setTimeout as pause } from 'node:timers/promises';
import type { Journey } from './journey.js';
import { counts } from './placing.js';

/** Asks until the answer holds, for at most a minute: work of the queue is done a moment later. */
async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 240; tries++) {
    const found = await ask();
    if (found !== undefined) return found;
    await pause(250);
  }
  throw new Error(`${what} did not happen within a minute.`);
}

/** Step 7: the entitlement opens by itself; a payment run pays the nights; maker and approver differ. */
export async function pay(j: Journey): Promise<void> {
  j.step(7, 'The entitlement opens by itself; a payment run for the month pays the nights');
  const [worker, finance, approver] = [await j.as('worker'), await j.as('finance'), await j.as('approver')];
  const opened = await until('The entitlement', async () => {
    const { child } = await worker.ask('query ($id: Id!) { child(id: $id) { number entitlements { opensOn } } }', { id: j.fact('childId') });
    return child.entitlements.length > 0 ? child : undefined;
  });
  j.tell(`entitled since the first night: ${opened.entitlements[0].opensOn}`);
  const month = j.day(8).slice(0, 7);
  const { offices } = await finance.ask('{ offices(areaCode: "02", kind: province, first: 1) { nodes { id } } }');
  const run = await finance.does('preparePaymentRun', { month, officeId: offices.nodes[0].id }, 'PaymentRun { id state reason }');
  j.facts.runId = run.id;
  j.fails('approving what was not calculated', await approver.isRefused('approvePaymentRun', { runId: run.id }, 'PaymentRun { id }', 'SupportRefused'), 'RUN_STATE');
  await finance.does('calculatePaymentRun', { runId: run.id }, 'PaymentRun { state }');
  await finance.does('checkPaymentRun', { runId: run.id }, 'PaymentRun { state }');
  j.fails('the maker approves her own run', await finance.isRefused('approvePaymentRun', { runId: run.id }, 'PaymentRun { id }', 'SupportRefused'), 'FORBIDDEN');
  const approved = await approver.does('approvePaymentRun', { runId: run.id }, 'PaymentRun { state totals { nights riel count } lines(first: 100) { nodes { childNumber month nights riel kind } } }');
  const line = approved.lines.nodes.find((one: { childNumber: number; month: string }) => one.childNumber === opened.number && one.month === month);
  j.expect(line !== undefined, 'the child has a line');
  j.tell(`the run is ${approved.state}: ${approved.totals.count} lines, ${approved.totals.riel} riel; C-${line.childNumber}: ${line.nights} nights, ${line.riel} riel`);
}

/** Step 8: visits by rule; a reminder through the queue; one tap, the record after, the next one follows. */
export async function visit(j: Journey): Promise<void> {
  j.step(8, 'Visits are scheduled; a reminder reaches the worker; one tap, then the record; the next one follows');
  const worker = await j.as('worker');
  const visits = 'query ($id: Id!) { child(id: $id) { visits { id ordinal dueOn state } } }';
  const first = await until('The first visit', async () => (await worker.ask(visits, { id: j.fact('childId') })).child.visits[0]);
  j.tell(`visit ${first.ordinal} is due on ${first.dueOn}`);
  const reminder = await until('The reminder', async () => {
    const { inbox } = await worker.ask('{ inbox(first: 50) { nodes { subjectIds text reason } } }');
    return inbox.nodes.find((message: { subjectIds: string[] }) => message.subjectIds.includes(first.id));
  });
  j.tell(`in her inbox: "${reminder.text}"`);
  const elsewhere = await j.as('elsewhere');
  j.fails('a worker of another office taps it', await elsewhere.isRefused('tapVisit', { visitId: first.id, on: j.day(15) }, 'Visit { id }', 'CaseworkRefused'), 'NOT_FOUND');
  const tapped = await worker.does('tapVisit', { visitId: first.id, on: j.day(15) }, 'Visit { state }');
  j.tell(`one tap: ${tapped.state}`);
  await worker.does(
    'recordVisit',
    { visitId: first.id, on: j.day(15), seenAlone: true, worry: false, wellbeing: 'Eats and sleeps well.', schoolAndWork: 'Began school on Monday.', contact: 'Called her mother twice.', childSaid: 'The dog waits for me at the gate.', carerSaid: 'She helps with the rice and laughs.' },
    'Visit { state }',
  );
  const { child } = await worker.ask(visits, { id: j.fact('childId') });
  j.tell(`recorded; visit ${child.visits[0].ordinal} follows on ${child.visits[0].dueOn}`);
  j.expect(child.visits[0].ordinal === 2, 'the second visit is due');
}

/** Step 9: exact counts for who may see records; the published quarter for everybody else. */
export async function count(j: Journey): Promise<void> {
  j.step(9, 'Counts that are true: exact for the supervisor, a published quarter for the policy analyst');
  const after = await counts(j);
  const before = j.before;
  j.tell(`on ${j.day(8)}: residential ${before['residential']} -> ${after['residential']}, foster ${before['foster']} -> ${after['foster']}`);
  j.expect(after['residential'] === (before['residential'] ?? 0) - 1 && after['foster'] === (before['foster'] ?? 0) + 1, 'residential one fewer, foster one more');
  const analyst = await j.as('analyst');
  const { publishedQuarters } = await analyst.ask('{ publishedQuarters }');
  const { publishedQuarter } = await analyst.ask('query ($quarter: String!) { publishedQuarter(quarter: $quarter) { quarter roundedTo leastShown cells { dimension category careKind shown } } }', { quarter: publishedQuarters[0] });
  const residential = publishedQuarter.cells.find((cell: { dimension: string; careKind: string }) => cell.dimension === 'country' && cell.careKind === 'residential');
  j.tell(`published ${publishedQuarter.quarter}: residential ${residential.shown}, rounded to ${publishedQuarter.roundedTo}, nothing below ${publishedQuarter.leastShown}`);
  for (const day of [j.day(8), j.day(9)]) {
    const { careCounts } = await analyst.ask('query ($on: Day!) { careCounts(on: $on) { ... on StatisticsRefused { code message } } }', { on: day });
    j.fails(`the analyst asks for ${day}`, careCounts, 'QUARTERS_ONLY');
  }
  const person = await analyst.send('query ($id: Id!) { child(id: $id) { number } }', { id: j.fact('childId') });
  j.fails('the analyst asks for a child', { code: person.errors?.[0]?.extensions.code ?? '', message: person.errors?.[0]?.message ?? '' }, 'FORBIDDEN');
}

/** Step 10: an auditor reads who did all this, and who opened the child's file. */
export async function audit(j: Journey): Promise<void> {
  j.step(10, 'An auditor reads who did all this, and who opened the child\'s file');
  const auditor = await j.as('auditor');
  const { acts } = await auditor.ask('query ($id: Id!) { acts(subjectId: $id, first: 50) { nodes { act on by { nameLatin } system } } }', { id: j.fact('placementId') });
  for (const one of acts.nodes) j.tell(`${one.act}${one.on ? ` on ${one.on}` : ''} by ${one.by?.nameLatin ?? one.system}`);
  const { reads } = await auditor.ask('query ($id: Id!) { reads(subjectId: $id, first: 100) { nodes { by { nameLatin } operation } } }', { id: j.fact('childId') });
  const readers = new Set(reads.nodes.map((read: { by: { nameLatin: string } | null }) => read.by?.nameLatin));
  j.tell(`the child's file was opened ${reads.nodes.length} times, by ${[...readers].join(', ')}`);
  j.expect(readers.size >= 3, 'the readers of the file are known');
  const file = await auditor.send('query ($id: Id!) { child(id: $id) { number } }', { id: j.fact('childId') });
  j.fails('the auditor opens the file herself', { code: file.errors?.[0]?.extensions.code ?? '', message: file.errors?.[0]?.message ?? '' }, 'FORBIDDEN');
}
