import { randomUUID } from 'node:crypto';
import { Stream } from '../../../src/demo/random.js';
import { todayIn } from '../../../src/kernel/civil-date.js';
import { encodeCursor } from '../../../src/kernel/cursor.js';
import type { Stack } from '../stack.js';
import { ACT, BY_ID, LIST } from './documents.js';
import { ITS_QUESTIONS } from './postgraphile.js';

/** One question, as everybody is asked it. */
export interface Entry {
  readonly name: keyof typeof ITS_QUESTIONS;
  readonly what: string;
  readonly login: string;
  readonly document: string;
  readonly operationName: string;
  /** The variables of the nth request, and those of PostGraphile's. */
  readonly variables: (n: number) => object;
  readonly itsVariables: (n: number) => object;
  /** The body without what is new each time. */
  readonly settled: (body: string) => string;
}

/** So many different requests come again and again. */
export const VARIANTS = 200;

const VILLAGE = '02030102';

/** The three entries, drawn from the seed. */
export async function entries(stack: Stack, seed: number): Promise<Entry[]> {
  const reader = 'demo-supervisor';
  const { ACCOUNT, OFFICES } = await givens(stack, reader);
  const offices = OFFICES.split(',');
  const random = new Stream(`bench/${seed}/api`);
  const ids = async (sql: string): Promise<string[]> => (await stack.owner.query<{ id: string }>(sql, [offices])).rows.map(({ id }) => id);
  const some = (all: readonly string[]): string[] => Array.from({ length: VARIANTS }, () => random.pick(all));
  const children = some(await ids('select id from children.children where office_id = any ($1) order by id'));
  const families = await ids('select id from carers.families where office_id = any ($1) order by id');
  // Pages that are full, wherever they begin.
  const starts = some(families.slice(0, -60));
  const [office] = (await stack.owner.query<{ id: string }>('select territory.office_for($1) as id', [VILLAGE])).rows.map(({ id }) => id);
  const asIs = (body: string): string => body;
  return [
    { name: 'by-id', what: 'a child\'s file by id, opening written down', login: reader, document: BY_ID, operationName: 'ById', variables: (n) => ({ id: children[n % VARIANTS] }), settled: asIs, itsVariables: (n) => ({ id: children[n % VARIANTS] }) },
    { name: 'list', what: '50 families with their adults and places, each opening written down', login: reader, document: LIST, operationName: 'List', variables: (n) => ({ after: encodeCursor([starts[n % VARIANTS] ?? '']) }), settled: asIs, itsVariables: (n) => ({ offset: n % VARIANTS }) },
    {
      name: 'act', what: 'an enquiry is recorded: enquiry, keys of its names, task, act, outbox, request key', login: reader, document: ACT, operationName: 'Act', settled: (body) => body.replace(/"id":"[0-9a-f-]{36}"/, '"id":"new"'),
      variables: (n) => ({ input: { requestKey: `bench-${seed}-${process.pid}-${performance.now()}-${n}`.replaceAll('.', '_'), byPhone: true, nameKm: null, nameLatin: `Sok ${n % VARIANTS}`, phone: `012 345 ${100 + (n % VARIANTS)}`, areaCode: VILLAGE, on: todayIn(new Date()) } }),
      itsVariables: (n) => ({ input: { rowId: randomUUID(), source: 'phone', nameLatin: `Sok ${n % VARIANTS}`, phone: `+85512345${100 + (n % VARIANTS)}`, areaCode: VILLAGE, officeId: office, receivedOn: todayIn(new Date()), workerId: ACCOUNT } }),
    },
  ];
}

/** What the one statement is told, since it asks nobody. */
export async function givens(stack: Stack, login: string): Promise<{ readonly ACCOUNT: string; readonly OFFICES: string }> {
  const { rows } = await stack.owner.query<{ id: string; offices: string[] }>(
    `select a.id, territory.offices_below(p.office_id) as offices from staff.accounts a join staff.postings p on p.account_id = a.id where a.login = $1`, [login],
  );
  return { ACCOUNT: rows[0]?.id ?? '', OFFICES: rows[0]?.offices.join(',') ?? '' };
}
