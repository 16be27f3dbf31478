import type { StandingFacts } from '../carers/verify.queries.js';

/** What certificates make of a family's standings: those of a course that counted for such a family on the day it was given. */
export const trainingFacts: readonly StandingFacts[] = [
  {
    code: 'certificate',
    sql: `select c.family_id, c.adult_id, c.id as source_id, c.during
          from training.certificates c join training.courses o on o.id = c.course_id join carers.families f on f.id = c.family_id
          where platform.setting('training.counts_for.' || f.kind, lower(c.during)) ? o.audience`,
  },
];
