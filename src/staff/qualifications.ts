import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';

/** What somebody is certified for, from a day on, until the day before `to`. */
export interface Qualification {
  readonly accountId: string;
  readonly kind: string;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  readonly certificateId: string;
}

/** The certificate that counts for somebody on a day, if there is one. */
export async function qualificationOn(op: Op, accountId: string, kind: string, day: CivilDate): Promise<Qualification | undefined> {
  return op.tx.row<Qualification>(
    `select account_id as "accountId", kind, lower(during) as "from", upper(during) as "to", certificate_id as "certificateId"
     from staff.qualifications where account_id = $1 and kind = $2 and during @> $3::date`,
    [accountId, kind, day],
  );
}

/** Writes a certificate in; on the days that an earlier one of the kind covers too, the newer one counts. */
export async function writeQualification(op: Op, row: Qualification): Promise<void> {
  await op.tx.run('select 1 from staff.accounts where id = $1 for no key update', [row.accountId]);
  await op.tx.run(
    `with cut as (delete from staff.qualifications where account_id = $1 and kind = $2 and during && daterange($3, $4) returning *)
     insert into staff.qualifications (account_id, kind, during, certificate_id)
     select account_id, kind, unnest(datemultirange(during) - datemultirange(daterange($3, $4))), certificate_id from cut`,
    [row.accountId, row.kind, row.from, row.to],
  );
  await op.tx.run('insert into staff.qualifications (account_id, kind, during, certificate_id) values ($1, $2, daterange($3, $4), $5)', [
    row.accountId, row.kind, row.from, row.to, row.certificateId,
  ]);
}
