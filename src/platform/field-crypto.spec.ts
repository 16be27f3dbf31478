import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openField, sealField } from './field-crypto.js';

const old = new Map([[1, randomBytes(32)]]);
const keys = new Map([...old, [7, randomBytes(32)]]);
const place = { table: 'support.payees', field: 'account', rowId: '01990000-0000-7000-8000-000000000001' };

describe('a sealed field', () => {
  it('opens to the text it was sealed from', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => expect(openField(keys, place, sealField(keys, place, text))).toBe(text)), { seed: 3 });
  });

  it('shows nothing of the text, and never looks the same twice', () => {
    const [one, two] = [sealField(keys, place, '000123456789'), sealField(keys, place, '000123456789')];
    expect(Buffer.from(one).includes('123456')).toBe(false);
    expect(Buffer.from(one).equals(two)).toBe(false);
  });

  it('opens in its own row and field only, and not where a byte was changed', () => {
    const sealed = sealField(keys, place, '000123456789');
    for (const other of [{ ...place, rowId: 'x' }, { ...place, field: 'x' }, { ...place, table: 'x' }]) expect(() => openField(keys, other, sealed)).toThrow();
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => openField(keys, place, changed)).toThrow();
    }
    expect(() => openField(keys, place, sealed.slice(0, 20))).toThrow('holds no sealed value');
  });

  it('is sealed with the newest key and opens with the key of its version', () => {
    const earlier = sealField(old, place, 'before');
    expect(openField(keys, place, earlier)).toBe('before');
    expect(() => openField(old, place, sealField(keys, place, 'after'))).toThrow('no key of version 7');
  });
});
