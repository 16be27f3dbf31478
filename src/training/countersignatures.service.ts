import { Inject, Injectable } from '@nestjs/common';
import { ok } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import { mayForOffice } from '../platform/auth/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { forbidden, notFound } from '../platform/errors.js';
import { WorklistService } from '../worklist/worklist.service.js';
import type { CountersignInput } from './countersignature.graphql.js';
import { lockCountersignature, writeCountersigned } from './countersignatures.queries.js';
import { mayApproveByCertificate } from './staff-certificates.js';
import { mayCountersign } from './training.domain.js';
import { countersignDue } from './training.messages.js';
import { acts } from './training.policy.js';

type Refused = 'COUNTERSIGNED' | 'OWN_RECORD' | 'STAFF_CERTIFICATE';

/** A supervisor reads what was recorded without a certificate, and signs it with her. */
@Injectable()
export class CountersignaturesService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(WorklistService) private readonly worklist: WorklistService,
  ) {}

  /** Countersigns. Refuses COUNTERSIGNED, OWN_RECORD, STAFF_CERTIFICATE. */
  async countersign(actor: UserActor, input: CountersignInput, requestId: string): Promise<Result<string, Refused>> {
    return this.uow.command<Refused>(actor, acts['record.countersign'], input, requestId, async (op) => {
      const row = await lockCountersignature(op, input.countersignatureId);
      if (row === undefined) throw notFound();
      if (!mayForOffice(op.actor, op.act, row.office_id)) throw forbidden();
      const may = mayCountersign({ recordedBy: row.recorded_by, countersignedOn: row.countersigned_on }, actor.userId);
      if (!may.ok) return may;
      const certified = await mayApproveByCertificate(op);
      if (!certified.ok) return certified;
      await writeCountersigned(op, row.id, actor.userId);
      await this.worklist.done(op, { kind: countersignDue, subjectId: row.id });
      await recordAct(op, { subject: ['countersignature', row.id], about: row.about_id ?? row.subject_id, on: op.today, reason: row.subject_kind, changed: ['countersigned_by'] });
      return ok(row.id);
    });
  }
}
