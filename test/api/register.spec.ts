import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Harness } from '../support/harness.js';

let harness: Harness;
beforeAll(async () => {
  harness = await Harness.start();
});
afterAll(() => harness.stop());

/** Runs `register` as the operator does: a process of its own, with nothing but this environment. */
function register(args: readonly string[], env: Readonly<Record<string, string>> = {}): { code: number | null; out: string; err: string } {
  const done = spawnSync(process.execPath, [resolve('dist/src/register.js'), ...args], { env: { PATH: process.env['PATH'], ...env }, encoding: 'utf8', maxBuffer: 10_000_000 });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

describe('the operator\'s commands', () => {
  it('are listed when none or an unknown one is called, with exit 2', () => {
    const unknown = register(['fly', 'away']);
    expect(unknown).toMatchObject({ code: 2, out: '' });
    expect(unknown.err).toContain('There is no command "fly away".');
    expect(unknown.err).toContain('register admin create --login X --name "Y"');
    expect(register([]).code).toBe(2);
  });

  it('make the first administrator, who sets a password by the link and may invite; her sign-in name is taken then', async () => {
    const env = { DATABASE_URL: harness.database.apiUrl, PUBLIC_URL: 'https://register.example' };
    expect(register(['admin', 'create', '--login', 'Bad Login', '--name', 'X'], env)).toMatchObject({ code: 2, out: '' });
    expect(register(['admin', 'create', '--login', 'first.admin'], env).err).toContain('Usage: register admin create');
    const made = register(['admin', 'create', '--login', 'first.admin', '--name', 'First Admin'], env);
    expect(made).toMatchObject({ code: 0, err: '' });
    const token = /https:\/\/register\.example\/#invitation=([\w-]{43})$/m.exec(made.out)?.[1];
    const [{ now } = { now: '' }] = await harness.sql<{ now: string }>(`select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as now`);
    harness.clock.set(now);
    const password = 'three blue buffaloes';
    const set = await harness.send('mutation ($input: LinkPasswordInput!) { acceptInvitation(input: $input) { __typename } }', { input: { token, password } });
    expect(set.data.acceptInvitation.__typename).toBe('PasswordSet');
    const { data } = await harness.send('mutation ($input: SignInInput!) { signIn(input: $input) { ... on SignedIn { me { nameLatin can postings { role } } } } }', { input: { login: 'first.admin', password } });
    expect(data.signIn.me).toMatchObject({ nameLatin: 'First Admin', postings: [{ role: 'ADMINISTRATOR' }], can: expect.arrayContaining(['account.invite', 'posting.set']) });
    const again = register(['admin', 'create', '--login', 'first.admin', '--name', 'First Admin'], env);
    expect(again).toEqual({ code: 1, out: '', err: 'Somebody has this sign-in name already. Choose another one.\n' });
    expect(await harness.sql(`select system from platform.acts where act = 'system:register-admin-create'`)).toEqual([{ system: 'register-admin-create' }]);
  });

  it('print every text in both languages as CSV', () => {
    const { code, out } = register(['messages']);
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toBe('key,en,km,reviewed');
    expect(out).toMatch(/^staff\.PASSWORD_WRONG,The present password is not right\.,[\u1780-\u17ff].*,no$/m);
    expect(out).toMatch(/^problem\.FORBIDDEN,/m);
  });

  it('check a foreign list of stays: each rule that is broken with its lines, exit 1; nothing else is needed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'stays-'));
    const file = join(folder, 'stays.csv');
    try {
      writeFileSync(file, ['CHILD,DECOM,DEC,REC,UPN', ...Array.from({ length: 30 }, (_, at) => `${at},01/02/2020,01/01/2020,E11,x`)].join('\n'));
      const { code, out, err } = register(['check-episodes', file]);
      expect([code, err]).toEqual([1, '']);
      expect(out).toContain('30 of 30 rows\n356: The stay ends before it begins.');
      expect(out).toContain('lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21 and 10 more (--all names them)');
      expect(out.endsWith('No rule asks about: upn.\n')).toBe(true);
      expect(register(['check-episodes', file, '--all', '--language', 'km']).out).toMatch(/356: [\u1780-\u17ff].*\n.* 31\n/);
      writeFileSync(file, 'child,start\n1,2026-01-01\n');
      expect(register(['check-episodes', file])).toEqual({ code: 0, out: '1 of 1 rows\n1 rows of 1 children: no rule is broken.\n', err: '' });
      writeFileSync(file, 'start\n1');
      expect(register(['check-episodes', file])).toMatchObject({ code: 1, out: '', err: expect.stringContaining('The first line must name the columns') });
      expect(register(['check-episodes'])).toMatchObject({ code: 2, err: expect.stringContaining('Usage: register check-episodes FILE') });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('say what is missing', () => {
    expect(register(['migrate'])).toMatchObject({ code: 1, err: expect.stringContaining('MIGRATE_DATABASE_URL') });
    expect(register(['admin', 'create', '--login', 'x.y', '--name', 'X'], { DATA_DIR: resolve('dist') }).err).toContain('does not run: start it with npm start');
  });
});
