import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';

export type StandingCode = 'approval' | 'certificate' | 'check' | 'suspension' | 'declined' | 'concern';

/** A fact that decides whether a family is available, and from which row of which room it comes. */
export interface NewStanding {
  readonly familyId: string;
  /** The adult it is about; a certificate, a check and a concern always name one. */
  readonly adultId?: string | null;
  readonly code: StandingCode;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  readonly sourceId: string;
  /** A code for people who may read it. */
  readonly reason?: string | null;
  /** Rests on an allegation, a contact risk, a conviction or health: everybody else reads "ask the supervisor". */
  readonly confidential?: boolean;
}

/** Which standings end: all of a code, or only those of an adult or a source. */
export interface StandingsEnd {
  readonly familyId: string;
  readonly adultId?: string | null;
  readonly code: StandingCode;
  readonly sourceId?: string | null;
  /** The first day on which they no longer hold. */
  readonly from: CivilDate;
}

export async function insertStanding(op: Op, standing: NewStanding): Promise<string> {
  const id = newId();
  await op.tx.run(
    `insert into carers.standings (id, family_id, adult_id, code, during, source_id, reason, confidential) values ($1, $2, $3, $4, daterange($5, $6), $7, $8, $9)`,
    [
      id, standing.familyId, standing.adultId ?? null, standing.code, standing.from, standing.to, standing.sourceId, standing.reason ?? null,
      standing.confidential ?? false,
    ],
  );
  return id;
}

/** Ends standings on a day; one that had not begun by then is gone. Says how many it touched. */
export async function cutStandings(op: Op, end: StandingsEnd): Promise<number> {
  const which = [end.familyId, end.code, end.adultId ?? null, end.sourceId ?? null, end.from];
  const gone = await op.tx.run(
    `delete from carers.standings where family_id = $1 and code = $2 and ($3::uuid is null or adult_id = $3) and ($4::uuid is null or source_id = $4) and lower(during) >= $5::date`,
    which,
  );
  const cut = await op.tx.run(
    `update carers.standings set during = daterange(lower(during), $5) where family_id = $1 and code = $2 and ($3::uuid is null or adult_id = $3)
       and ($4::uuid is null or source_id = $4) and lower(during) < $5::date and (upper_inf(during) or upper(during) > $5::date)`,
    which,
  );
  return gone + cut;
}

/** What a family is approved for. */
export interface NewTerms {
  readonly familyId: string;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  /** The decision that set them. */
  readonly sourceId: string;
  readonly places: number;
  readonly youngest: number;
  readonly oldest: number;
  readonly sexes: readonly string[];
  readonly needs: readonly string[];
  readonly careKinds: readonly string[];
}

export async function insertTerms(op: Op, terms: NewTerms): Promise<string> {
  const id = newId();
  await op.tx.run(
    `insert into carers.approval_terms (id, family_id, during, source_id, places, youngest, oldest, sexes, needs, care_kinds)
     values ($1, $2, daterange($3, $4), $5, $6, $7, $8, $9, $10, $11)`,
    [id, terms.familyId, terms.from, terms.to, terms.sourceId, terms.places, terms.youngest, terms.oldest, terms.sexes, terms.needs, terms.careKinds],
  );
  return id;
}

/** Ends a family's terms on a day; terms that had not begun by then are gone. */
export async function cutTerms(op: Op, familyId: string, from: CivilDate): Promise<void> {
  await op.tx.run('delete from carers.approval_terms where family_id = $1 and lower(during) >= $2::date', [familyId, from]);
  await op.tx.run(
    `update carers.approval_terms set during = daterange(lower(during), $2) where family_id = $1 and lower(during) < $2::date and (upper_inf(during) or upper(during) > $2::date)`,
    [familyId, from],
  );
}
