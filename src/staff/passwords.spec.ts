import { describe, expect, it } from '@jest/globals';
import { Passwords, TooBusy } from './passwords.js';

describe('kept passwords', () => {
  const passwords = new Passwords();

  it('know their own, in any spelling of the same text, and no other; two are never alike', async () => {
    const [one, two] = await Promise.all([passwords.hash('three blue buffaloes \u00e9'), passwords.hash('three blue buffaloes \u00e9')]);
    expect(one).toMatch(/^scrypt\$15\$8\$3\$/);
    expect(one).not.toBe(two);
    expect(await passwords.verify('three blue buffaloes e\u0301', one)).toBe(true);
    expect(await passwords.verify('three blue buffaloes', one)).toBe(false);
  });

  it.each([null, 'none', 'scrypt$40$8$3$AAAA$AAAA'])('a kept text %p is nobody\'s, after the same work', async (kept) => {
    const began = process.cpuUsage().user;
    expect(await passwords.verify('three blue buffaloes', kept)).toBe(false);
    expect(process.cpuUsage().user - began).toBeGreaterThan(10_000);
  });

  it('run two at once and send away whom they cannot serve', async () => {
    const crowd = await Promise.allSettled(Array.from({ length: 66 }, () => passwords.verify('x', 'scrypt$10$1$1$AAAA$AAAA')));
    const away = crowd.filter((each) => each.status === 'rejected');
    expect(away).toHaveLength(4);
    for (const each of away) expect((each as PromiseRejectedResult).reason).toBeInstanceOf(TooBusy);
    expect(await passwords.verify('x', 'scrypt$10$1$1$AAAA$AAAA')).toBe(false);
  });
});
