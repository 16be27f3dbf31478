import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';
import { defineLoader } from '../platform/graphql/context.js';
import { numberSetting, setting } from '../platform/settings.js';
import type { Check, Dossier, Member } from './approval.domain.js';
import type { RecordHomeStudyInput } from './approval.graphql.js';
import type { LockedApplication } from './applications.repo.js';

/** The checks of one adult, all of them. */
export async function checksOf(op: Op, adultId: string): Promise<Check[]> {
  return op.tx.rows<Check>(`select kind, outcome, done_on as "doneOn", valid_until as "validUntil" from recruitment.checks where adult_id = $1 order by done_on, id`, [adultId]);
}

/** Does this adult live in this family on that day? */
export async function livesThere(op: Op, adultId: string, familyId: string, on: CivilDate): Promise<boolean> {
  return (await op.tx.row('select from carers.adults where id = $1 and family_id = $2 and during @> $3::date', [adultId, familyId, on])) !== undefined;
}

export async function insertCheck(op: Op, application: Pick<LockedApplication, 'family_id' | 'office_id'>, input: { readonly adultId: string; readonly kind: string; readonly outcome: string; readonly on: CivilDate; readonly validUntil: CivilDate }): Promise<string> {
  const id = newId();
  await op.tx.run(
    `insert into recruitment.checks (id, family_id, adult_id, office_id, kind, outcome, done_on, valid_until) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, application.family_id, input.adultId, application.office_id, input.kind, input.outcome, input.on, input.validUntil],
  );
  return id;
}

/** A check with whose it is, once its family is locked. */
export async function findCheck(op: Op, id: string): Promise<{ readonly id: string; readonly family_id: string; readonly office_id: string; readonly kind: string; readonly outcome: string } | undefined> {
  return op.tx.row('select id, family_id, office_id, kind, outcome from recruitment.checks where id = $1', [id]);
}

export async function insertSignature(op: Op, application: LockedApplication, party: string, how: string, on: CivilDate, note: string | null): Promise<string> {
  const id = newId();
  await refuseWhenBroken(
    op.tx.run(`insert into recruitment.signatures (id, application_id, office_id, party, how, signed_on, note) values ($1, $2, $3, $4, $5, $6, $7)`, [
      id, application.id, application.office_id, party, how, on, note,
    ]),
    { signatures_once: 'SIGNED_ALREADY' },
  );
  return id;
}

export async function insertHomeStudy(op: Op, application: LockedApplication, by: string, form: string, input: RecordHomeStudyInput): Promise<void> {
  const scores = JSON.stringify(Object.fromEntries(input.scores.map(({ section, score }) => [section, score])));
  const written = op.tx.run(
    `insert into recruitment.home_studies (id, application_id, office_id, form, done_on, done_by, scores, recommended, motive_talk_needed, motives, note)
     values ($1, $2, $3, $10, $4, $5, $6, $7, $8, $11, $9)`,
    [newId(), application.id, application.office_id, input.on, by, scores, input.recommended, input.motiveTalkNeeded || input.motives.length > 0, input.note ?? null, form, input.motives],
  );
  await refuseWhenBroken(written, { home_studies_apart: 'CONFLICT_OF_INTEREST' });
}

const APART = { panels_apart: 'CONFLICT_OF_INTEREST', panels_talked: 'MOTIVE_TALK_NEEDED', panels_one_open: 'APPLICATION_STATE' };

export async function insertPanel(op: Op, application: LockedApplication, on: CivilDate, members: readonly string[]): Promise<void> {
  const written = op.tx.run(`insert into recruitment.panels (id, application_id, office_id, met_on, members) values ($1, $2, $3, $4, $5)`, [
    newId(), application.id, application.office_id, on, members,
  ]);
  await refuseWhenBroken(written, APART);
}

export async function decidePanel(op: Op, applicationId: string, by: string, on: CivilDate, outcome: 'approved' | 'refused' | 'dissolved', reason: string): Promise<void> {
  const written = op.tx.run(`update recruitment.panels set decided_on = $3, decided_by = $2, outcome = $4, reason = $5 where application_id = $1 and outcome is null`, [applicationId, by, on, outcome, reason]);
  await refuseWhenBroken(written, APART);
}

/** The offices in which each of these accounts is posted on that day. */
export async function membersOn(op: Op, accounts: readonly string[], on: CivilDate): Promise<Member[]> {
  return op.tx.rows<Member>(
    `select a.id as account, coalesce(array_agg(p.office_id) filter (where p.office_id is not null), '{}') as offices
     from unnest($1::uuid[]) as a (id) left join staff.accounts who on who.id = a.id and who.state = 'active'
     left join staff.postings p on p.account_id = who.id and p.withdrawn_at is null and p.during @> $2::date group by a.id`,
    [accounts, on],
  );
}

interface DossierRow {
  readonly id: string;
  readonly unchecked: number;
  readonly untrained: number;
  readonly signed: string[];
  readonly neighbours: number;
  readonly recommended: boolean | null;
}

/** What the panels wait for on that day, of the applications that row security lets through. */
async function dossiersOn(op: Op, applicationIds: readonly string[], on: CivilDate): Promise<Map<string, Dossier>> {
  const parties = await setting<string[]>(op, 'recruitment.signatures', on);
  const neighbours = await numberSetting(op, 'recruitment.neighbours', on);
  const rows = await op.tx.rows<DossierRow>(
    `select p.id,
       (select count(*)::int from carers.adults a where a.family_id = p.family_id and a.during @> $2::date and not exists
          (select from carers.standings s where s.family_id = p.family_id and s.adult_id = a.id and s.code = 'check' and s.reason is distinct from 'new_adult' and s.during @> $2::date)) as unchecked,
       (select count(*)::int from carers.adults a where a.family_id = p.family_id and a.carer and a.during @> $2::date and not exists
          (select from carers.standings s where s.family_id = p.family_id and s.adult_id = a.id and s.code = 'certificate' and s.during @> $2::date)) as untrained,
       (select coalesce(array_agg(party), '{}') from recruitment.signatures where application_id = p.id) as signed,
       (select count(*)::int from recruitment.signatures where application_id = p.id and party = 'neighbour') as neighbours,
       (select recommended from recruitment.home_studies where application_id = p.id order by done_on desc, id desc limit 1) as recommended
     from recruitment.applications p where p.id = any ($1::uuid[])`,
    [applicationIds, on],
  );
  return new Map(rows.map(({ id, unchecked, untrained, signed, neighbours: spoke, recommended }) => [id, {
    adultsUnchecked: unchecked, carersUntrained: untrained, signaturesMissing: parties.filter((party) => !signed.includes(party)), recommended: recommended ?? undefined,
    neighboursMissing: Math.max(0, neighbours - spoke),
  }]));
}

/** What the panel waits for on that day. */
export async function dossierOn(op: Op, applicationId: string, on: CivilDate): Promise<Dossier> {
  const dossier = (await dossiersOn(op, [applicationId], on)).get(applicationId);
  if (dossier === undefined) throw new Error('A dossier without its application.');
  return dossier;
}

/** What each panel waits for today. */
export const dossierToday = defineLoader<Dossier>('dossier', async (op, ids) => {
  const dossiers = await dossiersOn(op, ids, op.today);
  return ids.map((id) => dossiers.get(id));
});
