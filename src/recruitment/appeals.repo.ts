import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';
import { defineLoader } from '../platform/graphql/context.js';
import { numberSetting } from '../platform/settings.js';
import type { Appeal, RefusedBy } from './appeal.domain.js';
import type { AppealOutcome } from './appeal.graphql.js';
import type { LockedApplication } from './applications.repo.js';

/** The last refusal of an application, with the appeal against it. */
export interface RefusalFacts extends RefusedBy {
  readonly panelId: string;
  readonly appeal: (Appeal & { readonly id: string }) | undefined;
}

interface RefusalRow {
  readonly id: string;
  readonly application_id: string;
  readonly decided_on: CivilDate;
  readonly hands: string[];
  readonly appeal_id: string | null;
  readonly filed_on: CivilDate;
  readonly outcome: string | null;
}

async function lastRefusals(op: Op, applicationIds: readonly string[]): Promise<Map<string, RefusalFacts>> {
  const rows = await op.tx.rows<RefusalRow>(
    `select distinct on (p.application_id) p.id, p.application_id, p.decided_on, a.id as appeal_id, a.filed_on, a.outcome,
       p.members || p.decided_by || array(select h.done_by from recruitment.home_studies h where h.application_id = p.application_id) as hands
     from recruitment.panels p left join recruitment.appeals a on a.panel_id = p.id
     where p.application_id = any ($1::uuid[]) and p.outcome = 'refused' order by p.application_id, p.decided_on desc, p.id desc`,
    [applicationIds],
  );
  return new Map(rows.map((row) => {
    const appeal = row.appeal_id === null ? undefined : { id: row.appeal_id, filedOn: row.filed_on, decided: row.outcome !== null };
    return [row.application_id, { panelId: row.id, decidedOn: row.decided_on, hands: row.hands, appeal }];
  }));
}

/** What appeals are decided by, once the application is locked. */
export async function lastRefusal(op: Op, applicationId: string): Promise<RefusalFacts | undefined> {
  return (await lastRefusals(op, [applicationId])).get(applicationId);
}

/** The last refusal of each application, with the days for which it could be appealed against. */
export const refusalOf = defineLoader<RefusalFacts & { readonly appealDays: number }>('lastRefusal', async (op, ids) => {
  const refusals = await lastRefusals(op, ids);
  const days = new Map<string, number>();
  for (const { decidedOn } of refusals.values()) if (!days.has(decidedOn)) days.set(decidedOn, await numberSetting(op, 'recruitment.appeal_days', decidedOn));
  return ids.map((id) => {
    const refusal = refusals.get(id);
    return refusal && { ...refusal, appealDays: days.get(refusal.decidedOn) ?? 0 };
  });
});

export async function insertAppeal(op: Op, application: LockedApplication, panelId: string, by: { readonly adultId: string | null; readonly on: CivilDate; readonly reason: string }): Promise<void> {
  const written = op.tx.run('insert into recruitment.appeals (id, application_id, panel_id, office_id, adult_id, filed_on, reason) values ($1, $2, $3, $4, $5, $6, $7)', [
    newId(), application.id, panelId, application.office_id, by.adultId, by.on, by.reason,
  ]);
  await refuseWhenBroken(written, { appeals_once: 'APPEAL_KNOWN' });
}

export async function decideAppeal(op: Op, id: string, by: { readonly account: string; readonly on: CivilDate; readonly outcome: string; readonly reason: string }): Promise<void> {
  const written = op.tx.run('update recruitment.appeals set decided_on = $2, decided_by = $3, outcome = $4, decision = $5 where id = $1', [id, by.on, by.account, by.outcome, by.reason]);
  await refuseWhenBroken(written, { appeals_another: 'OWN_DECISION' });
}

export async function insertTalk(op: Op, application: LockedApplication, by: string, on: CivilDate, note: string | null): Promise<void> {
  await op.tx.run('insert into recruitment.motive_talks (id, application_id, office_id, held_on, held_by, note) values ($1, $2, $3, $4, $5, $6)', [newId(), application.id, application.office_id, on, by, note]);
}

export interface AppealRow {
  readonly id: string;
  readonly application_id: string;
  readonly adult_id: string | null;
  readonly filed_on: CivilDate;
  readonly reason: string;
  readonly outcome: AppealOutcome | null;
  readonly decided_on: CivilDate | null;
  readonly decision: string | null;
}

/** At most so many appeals of one application are told. */
export const MOST_APPEALS = 10;

/** The appeals of applications, the latest first. */
export const appealsOf = defineLoader<AppealRow[]>('appeals', async (op, ids) => {
  const rows = await op.tx.rows<AppealRow>(
    `select id, application_id, adult_id, filed_on, reason, outcome, decided_on, decision from recruitment.appeals
     where application_id = any ($1::uuid[]) order by filed_on desc, id desc`,
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.application_id === id).slice(0, MOST_APPEALS));
});
