import { describe, expect, it } from '@jest/globals';
import {
  emptyRooms, everyTestRuns, importsFlow, loadsLate, noBarrel, noForwardRef, oneStepUp, plainTypeOrm, scopeReadOnce, shortFile, shortFunction, smallConstructor, sqlStaysLeft,
} from './rules.js';
import type { Rule } from './rules.js';
import { source, sourcesOf } from './sources.js';

const program = sourcesOf('src');
const tests = sourcesOf('test');
const migrations = sourcesOf('migrations');

/** What may stand although it breaks a rule, each with its reason. */
const ALLOWED: readonly (readonly [sentence: RegExp, why: string])[] = [
  [/^test\/.* has \d+ lines: 400 is the most\.$/, 'a room\'s tests are a list; its length is the number of its refusals'],
  [/^migrations\/.* has \d+ lines: 400 is the most\.$/, 'the tables of one room are one change'],
  [/^src\/kernel\/age\.ts names a table of platform /, 'the one rule of age, printed as the function that a migration makes'],
];

const RULES: readonly (readonly [name: string, rule: Rule, files: readonly { path: string }[], bad: readonly (readonly [path: string, text: string])[]])[] = [
  ['rooms import from left to right', importsFlow, program, [
    ['src/carers/a.ts', `import { x } from '../children/child.domain.js';`],
    ['src/kernel/a.ts', `import { x } from 'typeorm';`],
    ['src/platform/auth/a.ts', `import { x } from '../../staff/actors.js';`],
    ['src/staff/a.ts', `export { x } from '../app.module.js';`],
    ['src/staff/a.ts', `import '../demo/people.js';`],
    ['src/helpers/a.ts', `const x = 1;`],
  ]],
  ['an import climbs one folder', oneStepUp, program, [['src/staff/a.ts', `import { x } from '../../test/x.js';`]]],
  ['no barrels', noBarrel, [...program, ...tests], [['src/staff/index.ts', 'const x = 1;'], ['src/staff/all.ts', `export * from './a.js';`]]],
  ['no forwardRef', noForwardRef, program, [['src/staff/a.ts', 'const x = forwardRef(() => Y);']]],
  ['a file has at most 400 lines', shortFile, [...program, ...tests, ...migrations], [['src/staff/a.ts', 'x;\n'.repeat(401)]]],
  ['a constructor has at most 7 parameters', smallConstructor, program, [['src/staff/a.ts', 'class A { constructor(a, b, c, d, e, f, g, h) {} }']]],
  ['a function has at most 60 lines', shortFunction, program, [['src/staff/a.ts', `function long() {\n${'  x();\n'.repeat(60)}}`]]],
  ['SQL names tables of its own and earlier rooms', sqlStaysLeft, program, [['src/carers/a.ts', 'const x = `select 1 from children.children c where c.id = ${id}`;']]],
  ['a statement reads the actor\'s offices once', scopeReadOnce, program, [['src/carers/a.ts', "`select from carers.families where office_id = any (platform.ids('app.family_offices'))`"]]],
  ['nothing for measuring is loaded unasked', loadsLate, program, [
    ['src/platform/metrics/metrics.module.ts', `import { PrometheusMetrics } from './prometheus.js';`],
    ['src/staff/a.ts', `import { trace } from '@opentelemetry/api';`],
  ]],
  ['TypeORM maps rows and nothing more', plainTypeOrm, program, [
    ['src/staff/a.ts', 'await this.repository.save(row);'],
    ['src/staff/a.ts', 'new DataSource({ synchronize: true })'],
    ['src/staff/a.ts', '@OneToMany(() => A, { cascade: true })'],
    ['src/staff/a.ts', '@BeforeInsert() x() {}'],
  ]],
  ['every test runs', everyTestRuns, [...program, ...tests].filter(({ path }) => path.endsWith('.spec.ts') && !path.endsWith('house.spec.ts')), [
    ['test/api/a.spec.ts', `it.only('x', () => {});`],
    ['test/api/a.spec.ts', `describe.skip('x', () => {});`],
  ]],
];

describe('the house', () => {
  it.each(RULES)('%s', (_name, rule, files) => {
    const broken = (files as typeof program).flatMap((file) => rule(file)).filter((sentence) => !ALLOWED.some(([allowed]) => allowed.test(sentence)));
    expect(broken).toEqual([]);
  });

  it.each(RULES)('can tell when this is broken: %s', (_name, rule, _files, bad) => {
    for (const [path, text] of bad) expect([path, text, rule(source(path, text))]).toEqual([path, text, [expect.stringMatching(/\.$/)]]);
  });

  it('has no empty room', () => {
    expect(emptyRooms(program.map(({ path }) => path))).toEqual([]);
    expect(emptyRooms(['src/exchange/exchange.module.ts'])).toEqual(['src/exchange is an empty room: it appears with its first act.']);
  });

  it('lets a test be skipped that says why', () => {
    expect(everyTestRuns(source('test/a.spec.ts', `// skipped: needs Redis\nit.skip('x', () => {});`))).toEqual([]);
  });

  it('excuses nothing that is not there', () => {
    const all = RULES.flatMap(([, rule, files]) => (files as typeof program).flatMap((file) => rule(file)));
    expect(ALLOWED.filter(([allowed]) => !all.some((sentence) => allowed.test(sentence))).map(([, why]) => why)).toEqual([]);
  });
});
