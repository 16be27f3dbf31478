/** Who has a place in a family as a stay, by the placements themselves, and by the nights of respite that another family gives. */
export const STAYS = `select family_id, id as occupant_id, daterange(starts_on, ended_on) as during from placements.placements where state in ('active', 'ended')
  union all select family_id, id, during from placements.episodes where kind = 'respite' and family_id is not null`;

/**
 * Who holds a place for a plan. `must`: at the moment $1 it cannot have lapsed yet, because a plan that is no emergency is
 * held for some days after its start, unless the family was closed or its approval removed; when any other hold lapses only the hold itself says.
 */
export const HOLDS = `select p.family_id, p.id as occupant_id, p.starts_on, not p.emergency and f.closed_on is null
    and not exists (select from recruitment.reviews r where r.family_id = p.family_id and r.outcome = 'removed' and r.id > p.id)
    and (p.starts_on + platform.setting('placements.hold_days', p.planned_on)::int)::timestamp at time zone 'Asia/Phnom_Penh' > $1::timestamptz as must
  from placements.placements p join carers.families f on f.id = p.family_id where p.state in ('planned', 'approved')`;
