import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import '../../src/app.module.js';
import { allActs } from '../../src/platform/auth/acts.js';
import { allRefusals } from '../../src/platform/graphql/refused.js';

/** The text of every spec, from the sources. */
function specs(): string {
  const files = ['src', 'test'].flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)));
  return files.filter((path) => path.endsWith('.ts') && (path.endsWith('.spec.ts') || path.startsWith('test'))).map((path) => readFileSync(path, 'utf8')).join('\n');
}

describe('what a room may say is proven somewhere', () => {
  const text = specs();

  it('every refusal is provoked by a test that names it', () => {
    const silent = allRefusals().flatMap(({ room, codes }) => codes.filter((code) => !new RegExp(`\\b${code}\\b`).test(text)).map((code) => `${room}.${code}`));
    expect(silent).toEqual([]);
  });

  // What needs no posting is denied only to strangers; reading a part of a file is denied by the tests of the file.
  it('every act that changes something is denied by a test that names it', () => {
    const silent = allActs().filter(({ act, roles }) => roles.size > 0 && !/\.read/.test(act) && act !== 'password.change' && !text.includes(`'${act}'`)).map(({ act }) => act);
    expect(silent).toEqual([]);
  });
});
