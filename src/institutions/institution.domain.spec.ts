import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideChanges, decideEdit, decideRegistration, INSTITUTION_KINDS, INSTITUTION_STATES } from './institution.domain.js';
import type { InstitutionFacts } from './institution.domain.js';

const lotus = { id: 'a', nameKm: 'ផ្ទះផ្កាឈូក', nameLatin: 'House of the Lotus' };
const facts: InstitutionFacts = { kind: 'boarding', nameKm: 'ផ្ទះ ក', nameLatin: 'House K', capacity: 30 };

describe('registering', () => {
  it.each(['02', '0203'])('needs a commune or village, not %s', (area) => {
    expect(decideRegistration(area, facts, [])).toEqual({ ok: false, code: 'INSTITUTION_AREA_TOO_COARSE', details: { area } });
  });

  it.each([
    { nameKm: 'ផ្ទះ ផ្កាឈូក', nameLatin: 'Other' },
    { nameKm: 'ផ្សេង', nameLatin: 'house of the LOTUS' },
  ])('knows a name again in either script: %j', (names) => {
    expect(decideRegistration('020301', names, [lotus])).toMatchObject({ ok: false, code: 'INSTITUTION_ALREADY_REGISTERED', details: { institution: 'a' } });
  });

  it('takes another name', () => {
    expect(decideRegistration('020301', facts, [lotus]).ok).toBe(true);
  });
});

describe('editing', () => {
  it('names exactly the fields that differ', () => {
    const some = fc.record({ kind: fc.constantFrom(...INSTITUTION_KINDS), nameKm: fc.constantFrom('ក', 'ខ'), nameLatin: fc.constantFrom('K', 'L'), capacity: fc.integer({ min: 1, max: 3 }) });
    fc.assert(
      fc.property(some, some, (before, after) => {
        const result = decideChanges('open', before, after, []);
        const differing = [before.kind !== after.kind && 'kind', before.nameKm !== after.nameKm && 'name_km', before.nameLatin !== after.nameLatin && 'name_latin', before.capacity !== after.capacity && 'capacity'].filter(Boolean);
        expect(result).toEqual(differing.length === 0 ? { ok: false, code: 'INSTITUTION_UNCHANGED', details: {} } : { ok: true, value: differing });
      }),
      { seed: 20260601 },
    );
  });

  it('refuses a name of a neighbour, but not a capacity beside an old namesake', () => {
    expect(decideChanges('open', facts, { ...facts, nameLatin: 'House of the lotus' }, [lotus])).toMatchObject({ code: 'INSTITUTION_ALREADY_REGISTERED' });
    const old = { ...facts, nameKm: lotus.nameKm };
    expect(decideChanges('open', old, { ...old, capacity: 31 }, [lotus])).toEqual({ ok: true, value: ['capacity'] });
  });

  it('ends when the institution is closed', () => {
    expect(INSTITUTION_STATES.map((state) => decideEdit(state).ok)).toEqual([true, true, true, false]);
    expect(decideChanges('closed', facts, { ...facts, capacity: 31 }, [])).toMatchObject({ code: 'INSTITUTION_CLOSED' });
  });
});
