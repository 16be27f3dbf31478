import { Inject, Injectable } from '@nestjs/common';
import { FamiliesService } from '../carers/families.service.js';
import { newId } from '../kernel/ids.js';
import { ok } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { enqueue } from '../platform/outbox/outbox.js';
import { defineJob } from '../platform/queue/jobs.js';
import { numberSetting } from '../platform/settings.js';
import { insertApplication } from './applications.repo.js';
import type { LoadFamiliesInput } from './family-load.graphql.js';
import { insertLoad, knownAlready, lockHousehold, lockLoadOf, officeWithin, rowOfJob, settleRow, waitingRow } from './family-loads.repo.js';
import type { FamilyLoadRowOf, RowResult, WaitingRow } from './family-loads.repo.js';
import { readRow, readTable, sameHousehold } from './family-table.domain.js';
import type { Cells, RowHousehold, TableRefusal } from './family-table.domain.js';
import { acts, needOffice } from './recruitment.policy.js';
import { StagesService } from './stages.service.js';

/** Writes one row of a table of families: each has a job and a transaction of its own, so that none stops another. */
export const familyLoadJob = defineJob({ name: 'recruitment.family_load', payload: ['rowId'] });

/** Families that an office already knows, as a table: sent once, written by a job, told row by row. */
@Injectable()
export class FamilyLoadsService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(FamiliesService) private readonly families: FamiliesService,
    @Inject(StagesService) private readonly stages: StagesService,
  ) {}

  /** Takes a table in. Refuses only where its rows cannot be told apart: TABLE_EMPTY, TABLE_HEADER, TABLE_QUOTE, TABLE_TOO_LONG. */
  async load(actor: UserActor, input: LoadFamiliesInput, requestId: string): Promise<Result<string, TableRefusal>> {
    return this.uow.command<TableRefusal>(actor, acts['family.load'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      needOffice(op, input.officeId);
      const table = readTable(input.table);
      if (!table.ok) return table;
      const id = newId();
      const rows = withDoubles(table.value, { on, minimumAge: await numberSetting(op, 'recruitment.minimum_age', on) });
      const asked = await Promise.all(rows.map(async (row) => {
        const rowId = newId();
        return { ...row, id: rowId, jobId: await enqueue(op, familyLoadJob, { rowId }) };
      }));
      await insertLoad(op, { id, officeId: input.officeId, dryRun: input.dryRun, acceptDuplicates: input.acceptDuplicates, on, by: actor.userId }, asked);
      await recordAct(op, { subject: ['family_load', id], on, reason: input.dryRun ? 'dry_run' : 'real' });
      return ok(id);
    });
  }

  /** Writes one row of a table. Again and again the same: a row that is done is not touched. */
  async proceed(op: Op, rowId: string): Promise<void> {
    const load = await lockLoadOf(op, rowId);
    const row = load && (await waitingRow(op, rowId));
    if (load === undefined || row === undefined) return;
    const minimumAge = await numberSetting(op, 'recruitment.minimum_age', load.on_day);
    await settleRow(op, load.id, row.id, await this.#one(op, load, row, minimumAge));
  }

  /** A row whose job failed for good is told as such: the table is not held up by it. */
  async giveUp(op: Op, jobId: string): Promise<void> {
    const rowId = await rowOfJob(op, jobId);
    const load = rowId === undefined ? undefined : await lockLoadOf(op, rowId);
    const row = load && rowId !== undefined ? await waitingRow(op, rowId) : undefined;
    if (load !== undefined && row !== undefined) await settleRow(op, load.id, row.id, { outcome: 'refused', code: 'ROW_FAILED' });
  }

  async #one(op: Op, load: FamilyLoadRowOf, row: WaitingRow, minimumAge: number): Promise<RowResult> {
    const read = readRow(row, { on: load.on_day, minimumAge });
    if (!read.ok) return { outcome: 'refused', code: read.code, details: read.details };
    const household = read.value;
    const office = await officeWithin(op, household.areaCode, load.office_id);
    if (office === undefined) return { outcome: 'refused', code: 'AREA_UNKNOWN', details: { area: household.areaCode } };
    if (!office.within) return { outcome: 'refused', code: 'AREA_OUTSIDE', details: { area: household.areaCode } };
    // Another table may bring the same household at this moment: the second finds what the first has written.
    await lockHousehold(op, household);
    const candidates = await knownAlready(op, household);
    const isDouble = candidates.length > 0 || row.same_as !== null;
    if (isDouble && !load.accept_duplicates) return { outcome: 'possible_duplicate', code: 'POSSIBLE_DUPLICATE', details: { row: row.same_as ?? 0 }, candidates };
    if (load.dry_run) return { outcome: 'would_create', candidates };
    return { outcome: 'created', familyId: await this.#create(op, load, household, office.id), candidates };
  }

  async #create(op: Op, load: FamilyLoadRowOf, household: RowHousehold, officeId: string): Promise<string> {
    const head = household.adults.find(({ carer }) => carer);
    const { kind, areaCode, phone, languages, religion, ownChildren, adults } = household;
    const familyId = await this.families.open(op, {
      kind, nameKm: head?.nameKm ?? null, nameLatin: head?.nameLatin ?? null, phone, areaCode, officeId, languages, religion, ownChildren, on: load.on_day, adults,
    });
    const id = newId();
    await insertApplication(op, { id, enquiryId: null, familyId, officeId, receivedOn: load.on_day });
    await this.stages.enter(op, { id, family_id: familyId, office_id: officeId }, 'received', load.on_day);
    await recordAct(op, { subject: ['application', id], about: familyId, on: load.on_day, reason: 'loaded', events: [['application.received', id]] });
    return familyId;
  }
}

/** The rows, each with the first earlier one that may be the same household. */
function withDoubles(rows: readonly Cells[], given: Parameters<typeof readRow>[1]): (Cells & { sameAs: number | null })[] {
  const seen: { readonly at: number; readonly household: RowHousehold }[] = [];
  return rows.map((cells, at) => {
    const read = readRow(cells, given);
    const same = read.ok ? seen.find(({ household }) => sameHousehold(household, read.value)) : undefined;
    if (read.ok) seen.push({ at: at + 1, household: read.value });
    return { ...cells, sameAs: same?.at ?? null };
  });
}
