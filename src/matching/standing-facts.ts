import type { StandingFacts } from '../carers/verify.queries.js';

/** What answers make of a family's standings: from its first no to a child on, the family is not asked about her again. */
export const matchingFacts: readonly StandingFacts[] = [
  {
    code: 'declined',
    sql: `select p.family_id, null::uuid as adult_id, c.child_id as source_id, daterange(min(p.answered_on), null) as during
          from matching.proposals p join matching.proposal_children c on c.proposal_id = p.id where p.state = 'declined' group by p.family_id, c.child_id`,
  },
];
