import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';
import type { ApplicationState } from './application.domain.js';
import { ApplicationEntity } from './application.entity.js';

export interface LockedApplication {
  readonly id: string;
  readonly family_id: string;
  readonly office_id: string;
  readonly received_on: CivilDate;
  readonly state: ApplicationState;
}

/** Locks an application of the actor's offices and reads what a decision about it needs. Its family is locked before. */
export async function lockApplication(op: Op, id: string): Promise<LockedApplication | undefined> {
  return op.tx.row<LockedApplication>(`select id, family_id, office_id, received_on, state from recruitment.applications where id = $1 for no key update`, [id]);
}

export async function insertApplication(op: Op, application: Omit<ApplicationEntity, 'state' | 'endedOn' | 'version'>): Promise<void> {
  await refuseWhenBroken(op.tx.insert(ApplicationEntity, { ...application, state: 'received', version: 1 }), {
    applications_one_per_enquiry: 'ENQUIRY_ENDED',
  });
}

export async function moveApplication(op: Op, id: string, state: ApplicationState, endedOn: CivilDate | null): Promise<void> {
  await op.tx.run(`update recruitment.applications set state = $2, ended_on = $3, version = version + 1 where id = $1`, [id, state, endedOn]);
}
