import { beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';
import type { CryptoKey, JSONWebKeySet, JWK } from 'jose';
import { Clock } from '../clock.js';
import { IssuerKeys, KEY_TIMES } from './issuer-keys.js';

const MINUTE = 60_000;
let first: JWK;
let second: JWK;

class Standing extends Clock {
  at = Date.parse('2026-06-15T03:00:00Z');
  now(): Date {
    return new Date(this.at);
  }
}

beforeAll(async () => {
  const make = async (kid: string): Promise<JWK> => ({ ...(await exportJWK((await generateKeyPair('ES256', { extractable: true })).publicKey)), kid, alg: 'ES256', use: 'sig' });
  [first, second] = [await make('first'), await make('second')];
});

/** An issuer that serves what it is told to, fails, or hangs, and counts who asks. */
function arrange(times: Partial<typeof KEY_TIMES> = {}) {
  const clock = new Standing();
  const issuer = { keys: [first], asked: 0, mood: 'well' as 'well' | 'down' | 'hangs', troubles: 0 };
  const read = async (signal: AbortSignal): Promise<JSONWebKeySet> => {
    issuer.asked += 1;
    if (issuer.mood === 'down') throw new Error('down');
    if (issuer.mood === 'hangs') await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('too late'))));
    return { keys: issuer.keys };
  };
  const keys = new IssuerKeys(read, clock, () => (issuer.troubles += 1), { ...KEY_TIMES, ...times });
  const get = (kid: string): Promise<CryptoKey | undefined> => keys.get({ alg: 'ES256', kid }, { payload: '', signature: '' }).catch(() => undefined);
  return { clock, issuer, get };
}

describe('the keys of an issuer', () => {
  it('are asked for once by all who need them at the same moment, and again after ten minutes', async () => {
    const { clock, issuer, get } = arrange();
    expect((await Promise.all(Array.from({ length: 50 }, () => get('first')))).every((key) => key?.type === 'public')).toBe(true);
    expect(issuer.asked).toBe(1);
    clock.at += KEY_TIMES.fresh - 1;
    await get('first');
    expect(issuer.asked).toBe(1);
    clock.at += 1;
    await get('first');
    expect(issuer.asked).toBe(2);
  });

  it('are asked for again for a key nobody knows, at most every 30 seconds', async () => {
    const { clock, issuer, get } = arrange();
    await get('first');
    for (let second = 0; second < 90; second++) {
      clock.at += 1000;
      expect(await Promise.all([get('unknown'), get(`unknown-${second}`)])).toEqual([undefined, undefined]);
    }
    expect(issuer.asked).toBe(1 + 3);
    issuer.keys = [first, second];
    clock.at += KEY_TIMES.coolDown;
    expect(await get('second')).toBeDefined();
  });

  it('SABOTAGED: without the cool-down every unknown key asks', async () => {
    const { clock, issuer, get } = arrange({ coolDown: 0 });
    await get('first');
    for (let second = 0; second < 90; second++) {
      clock.at += 1000;
      await get('unknown');
    }
    expect(issuer.asked).toBeGreaterThan(60);
  });

  it('that the issuer has withdrawn count no more after ten minutes', async () => {
    const { clock, issuer, get } = arrange();
    await get('first');
    issuer.keys = [second];
    clock.at += KEY_TIMES.fresh;
    expect(await get('first')).toBeUndefined();
  });

  it('count for an hour while the issuer is down, which is asked every 30 seconds; then no more, until it answers', async () => {
    const { clock, issuer, get } = arrange();
    await get('first');
    issuer.mood = 'down';
    let minute = 0;
    for (; minute < 59; minute++) {
      clock.at += MINUTE;
      expect(await get('first')).toBeDefined();
      expect(await get('first')).toBeDefined();
    }
    expect(issuer.asked).toBe(1 + 50);
    expect(issuer.troubles).toBe(50);
    clock.at += MINUTE;
    expect(await get('first')).toBeUndefined();
    issuer.mood = 'well';
    clock.at += KEY_TIMES.coolDown;
    expect(await get('first')).toBeDefined();
  });

  it('of an issuer that hangs are waited for as long as it may take, by all together, and then not again', async () => {
    const { issuer, get } = arrange({ timeout: 20 });
    issuer.mood = 'hangs';
    expect(await Promise.all([get('first'), get('first'), get('unknown')])).toEqual([undefined, undefined, undefined]);
    expect(await get('first')).toBeUndefined();
    expect(issuer.asked).toBe(1);
  });

  it('are not taken where they are no keys, and the old ones stay', async () => {
    const { clock, issuer, get } = arrange();
    await get('first');
    issuer.keys = 'nonsense' as never;
    clock.at += KEY_TIMES.fresh;
    expect(await get('first')).toBeDefined();
    expect(issuer.troubles).toBe(1);
  });
});
