import { lockFamily } from '../carers/places.repo.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';
import { notFound } from '../platform/errors.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';
import type { ApplicationState } from './application.domain.js';
import { ApplicationEntity } from './application.entity.js';

type FamilyKind = 'foster' | 'kinship' | 'family_house';

export interface LockedApplication {
  readonly id: string;
  readonly family_id: string;
  readonly office_id: string;
  readonly received_on: CivilDate;
  readonly state: ApplicationState;
}

/**
 * An application of the actor's offices, locked after its family: reads the family without a lock, locks it, then locks
 * the application and reads it again. NOT_FOUND when there is none.
 */
export async function openApplication(op: Op, id: string): Promise<LockedApplication & { readonly family_kind: FamilyKind; readonly family_closed_on: CivilDate | null }> {
  const known = await op.tx.row<{ family_id: string }>('select family_id from recruitment.applications where id = $1', [id]);
  if (known === undefined) throw notFound();
  const family = await lockFamily(op, known.family_id);
  if (family === undefined) throw notFound();
  const application = await op.tx.row<LockedApplication>('select id, family_id, office_id, received_on, state from recruitment.applications where id = $1 for no key update', [id]);
  if (application === undefined) throw notFound();
  return { ...application, family_kind: family.kind as FamilyKind, family_closed_on: family.closed_on };
}

export async function insertApplication(op: Op, application: Omit<ApplicationEntity, 'state' | 'endedOn' | 'version'>): Promise<void> {
  await refuseWhenBroken(op.tx.insert(ApplicationEntity, { ...application, state: 'received', version: 1 }), {
    applications_one_per_enquiry: 'ENQUIRY_ENDED',
  });
}

/** Writes that an application enters a stage; what is recorded late enters no stage before the last one. Gives the day. */
export async function enterStage(op: Op, application: { readonly id: string; readonly office_id: string }, state: ApplicationState, on: CivilDate): Promise<CivilDate> {
  const row = await op.tx.row<{ entered_on: CivilDate }>(
    `insert into recruitment.application_steps (id, application_id, office_id, state, entered_on)
     values ($1, $2, $3, $4, greatest($5::date, (select max(entered_on) from recruitment.application_steps where application_id = $2))) returning entered_on`,
    [newId(), application.id, application.office_id, state, on],
  );
  return row?.entered_on ?? on;
}

export async function moveApplication(op: Op, id: string, state: ApplicationState, endedOn: CivilDate | null): Promise<void> {
  await op.tx.run(`update recruitment.applications set state = $2, ended_on = $3, version = version + 1 where id = $1`, [id, state, endedOn]);
}
