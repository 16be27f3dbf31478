import { describe, expect, it } from '@jest/globals';
import { civil } from '../kernel/civil-date.js';
import { ROLES } from '../platform/auth/roles.js';
import { dayProblem, endingOf, placeProblem } from './posting.domain.js';

const office = { officeId: 'o', institutionId: null };
const institution = { officeId: null, institutionId: 'i' };
const nowhere = { officeId: null, institutionId: null };

describe('a posting', () => {
  it('has exactly the place of its role', () => {
    for (const role of ROLES) {
      const fits = [office, institution, nowhere].filter((place) => placeProblem(role, place) === undefined);
      expect({ role, fits: fits.length }).toEqual({ role, fits: 1 });
      expect(placeProblem(role, { officeId: 'o', institutionId: 'i' })?.code).toBe('PLACE_NOT_FOR_ROLE');
    }
    expect(placeProblem('supervisor', nowhere)).toEqual({ ok: false, code: 'PLACE_MISSING', details: { place: 'office' } });
    expect(placeProblem('para_social_worker', office)).toEqual({ ok: false, code: 'PLACE_MISSING', details: { place: 'institution' } });
    expect(placeProblem('auditor', office)).toEqual({ ok: false, code: 'PLACE_NOT_FOR_ROLE', details: { place: 'none' } });
  });

  it('begins and ends today or later, within a year', () => {
    const today = civil('2026-06-15');
    expect(dayProblem(civil('2026-06-14'), today)).toBe('validation.notPast');
    expect(dayProblem(today, today)).toBeUndefined();
    expect(dayProblem(civil('2027-06-16'), today)).toBeUndefined();
    expect(dayProblem(civil('2027-06-17'), today)).toBe('validation.tooFar');
  });

  it('is withdrawn where it left no day behind, and ended once', () => {
    const posting = { from: civil('2026-06-10'), to: null, withdrawn: false };
    expect(endingOf(posting, civil('2026-06-15'))).toEqual({ withdraw: false });
    expect(endingOf(posting, civil('2026-06-10'))).toEqual({ withdraw: true });
    expect(endingOf({ ...posting, to: civil('2026-06-15') }, civil('2026-06-15'))).toMatchObject({ code: 'POSTING_OVER' });
    expect(endingOf({ ...posting, to: civil('2026-07-01') }, civil('2026-06-15'))).toEqual({ withdraw: false });
    expect(endingOf({ ...posting, withdrawn: true }, civil('2026-06-15'))).toMatchObject({ code: 'POSTING_OVER' });
  });
});
